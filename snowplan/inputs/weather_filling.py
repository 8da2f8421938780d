"""Missing hours of weather: named one by one, and filled only by a rule that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from snowplan.errors import Faults
from snowplan.inputs.weather_mapping import WeatherMapping
from snowplan.inputs.weather_rows import Hour

ASKED = "a value, or fill = 'previous', 'zero' or 'linear' in the mapping"
NEEDED = ("precipitation", "air_c")


def fill_hours(
    hours: Sequence[Hour], mapping: WeatherMapping, file: str, faults: Faults, notes: list[str]
) -> list[Hour]:
    """The hours with precipitation and air temperature in each, as far as the rule can fill them.

    Without a rule, and where there is nothing to fill from, a missing value is a fault. A missing
    wind is the last one known (at first 0); a missing pavement temperature stays None, for the
    model to find. All are named or counted in `notes`.
    """
    filled = list(hours)
    for name in NEEDED:
        values = [getattr(hour, name) for hour in hours]
        for at, value in enumerate(values):
            if value is not None:
                continue
            when = f"{hours[at].begin:%Y-%m-%d %H:%M}"
            column = mapping.value_columns[name]
            found = _fill(values, at, name, mapping.fill)
            if mapping.fill is None:
                faults.add(file, f"hour {when}", column, "missing", ASKED)
            elif found is None:
                expected = f"a value near enough to fill it by '{mapping.fill}'"
                faults.add(file, f"hour {when}", column, "missing", expected)
            else:
                change: dict[str, Any] = {name: found}
                filled[at] = replace(filled[at], **change)
                notes.append(f"缺测 missing: {when} {column} filled by '{mapping.fill}': {found:g}")
    return _carry_wind(filled, mapping, notes)


def _fill(values: Sequence[float | None], at: int, name: str, rule: str | None) -> float | None:
    """What the rule puts at a gap; None where it has nothing to go by."""
    if rule == "zero" and name == "precipitation":
        return 0.0
    before = next((i for i in range(at - 1, -1, -1) if values[i] is not None), None)
    if before is None:
        return None
    first = values[before]
    if rule != "linear" or first is None:
        return first
    after = next((i for i in range(at + 1, len(values)) if values[i] is not None), None)
    last = None if after is None else values[after]
    if after is None or last is None:
        return None
    return first + (last - first) * (at - before) / (after - before)


def _carry_wind(hours: Sequence[Hour], mapping: WeatherMapping, notes: list[str]) -> list[Hour]:
    """Hours with a wind in each; gaps of wind and pavement temperature are counted."""
    for name, what in (("wind_m_s", "the last one known"), ("pavement_c", "the model's rule")):
        gaps = sum(getattr(hour, name) is None for hour in hours)
        if gaps and name in mapping.value_columns:
            column = mapping.value_columns[name]
            notes.append(f"缺测 missing: {gaps} h of {column} taken by {what}")
    wind = 0.0
    carried = []
    for hour in hours:
        wind = wind if hour.wind_m_s is None else hour.wind_m_s
        carried.append(replace(hour, wind_m_s=wind))
    return carried
