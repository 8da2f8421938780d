"""Weather as given: snowfall actual and forecast, on the scenario's clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeatherSpell:
    """Constant weather from `start_ms` to the next spell; µm w.e. an hour are g/m²/h."""

    start_ms: int
    um_per_h: int
    air_c: float
    wind_m_s: float = 0.0
    pavement_c: float | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """One issue of the observatory's forecast; nobody sees it before `issued_ms`."""

    issued_ms: int
    spells: tuple[WeatherSpell, ...]


@dataclass(frozen=True, slots=True)
class Snowfall:
    """What fell, what was forecast (empty: the forecast was right), and where it comes from."""

    actual: tuple[WeatherSpell, ...]
    forecasts: tuple[Forecast, ...] = ()
    initial_um: int = 0  # loose snow lying at the start, µm w.e.
    source: str = ""
    missing_hours: int = 0
