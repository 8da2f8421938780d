"""What the centre may know: snow already fallen, and the forecast issued so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from snowplan.model.draws import Draws
from snowplan.model.grades import WINDOWS_MS, Grade, GradeRow, grade_of
from snowplan.model.snow import NEVER
from snowplan.model.storm_grades import Span, heaviest_um, snow_spans
from snowplan.model.weather import Forecast, Snowfall, WeatherSpell
from snowplan.units import hours_ms


def drawn_weather(snowfall: Snowfall, draws: Draws) -> tuple[WeatherSpell, ...]:
    """The weather of this run: total, duration, onset and temperature as drawn.

    Duration stretches the storm about its onset (the rate falls so that the total stays).
    """
    total = draws.value("weather", "snowfall_total", 1.0)
    stretch = draws.value("weather", "storm_duration", 1.0)
    shift = hours_ms(draws.value("weather", "onset", 0.0))
    warmer = draws.value("weather", "temperature", 0.0)
    if (total, stretch, shift, warmer) == (1.0, 1.0, 0, 0.0):
        return snowfall.actual
    first = next((s.start_ms for s in snowfall.actual if s.um_per_h > 0), 0)
    out = []
    for spell in snowfall.actual:
        start = round(first + (spell.start_ms - first) * stretch) + shift
        rate = round(spell.um_per_h * total / stretch)
        paved = None if spell.pavement_c is None else spell.pavement_c + warmer
        out.append(
            replace(
                spell, start_ms=start, um_per_h=rate, air_c=spell.air_c + warmer, pavement_c=paved
            )
        )
    return tuple(out)


class Outlook:
    """Fallen so far plus the latest forecast; nothing of the future that was not issued."""

    def __init__(
        self,
        actual: Sequence[WeatherSpell],
        forecasts: Sequence[Forecast],
        horizon_ms: int,
        error: float,
        fell: Sequence[Span] = (),
    ) -> None:
        self.actual = [*fell, *snow_spans(actual, horizon_ms)]
        issues = forecasts or (Forecast(0, tuple(actual)),)
        self.issues = [(f.issued_ms, snow_spans(f.spells, horizon_ms, error)) for f in issues]
        self.horizon_ms = horizon_ms

    def seen_at(self, now: int) -> list[Span]:
        """Snow spans as known at `now`: measured before, forecast after."""
        issued = [spans for at, spans in self.issues if at <= now]
        ahead = issued[-1] if issued else []
        seen = [(a, min(b, now), r) for a, b, r in self.actual if a < now]
        return seen + [(max(a, now), b, r) for a, b, r in ahead if b > now]

    def onset(self, now: int) -> int:
        """First snow, fallen or forecast, or NEVER."""
        return min((a for a, _, _ in self.seen_at(now)), default=NEVER)

    def grade(self, now: int, rows: Sequence[GradeRow]) -> Grade:
        """The grade of the heaviest 12 h and 24 h seen or forecast."""
        seen = self.seen_at(now)
        return grade_of(rows, *(heaviest_um(seen, window) for window in WINDOWS_MS))

    def over(self, now: int, dry_ms: int) -> bool:
        """True when it has snowed, it does not snow now, and no more is forecast for `dry_ms`."""
        seen = self.seen_at(now)
        begun = any(a < now for a, _, _ in seen)
        return begun and not any(a < now + dry_ms and b > now for a, b, _ in seen)


def snow_stops_ms(actual: Sequence[WeatherSpell], horizon_ms: int) -> int | None:
    """雪停: the end of the last snow before the horizon; None when it never snows.

    Any earlier end is followed by snow again, so it is the last intensity above 0 that counts,
    whether dry hours or the horizon come after it.
    """
    ends = [b for _, b, _ in snow_spans(actual, horizon_ms)]
    return ends[-1] if ends else None
