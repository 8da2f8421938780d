"""A storm in figures as spells of weather: whole µm an hour, the total kept exactly."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from snowplan.clock import Clock, minute_of_day
from snowplan.errors import Faults
from snowplan.inputs.scenario_schema import ForecastTable, SnowTable, StormTable
from snowplan.model.weather import Forecast, Snowfall, WeatherSpell
from snowplan.units import MS_PER_H, MS_PER_MIN, UM_PER_MM, hours_ms

MIN_PER_H = MS_PER_H // MS_PER_MIN
Step = tuple[int, int, int]  # start_ms, end_ms, µm an hour


def read_snowfall(
    table: SnowTable, path: Path | None, clock: Clock, horizon_ms: int, faults: Faults
) -> tuple[Snowfall, list[str]]:
    """The snowfall of a scenario's `[snow]`, and remarks of the weather reader."""
    notes: list[str] = []
    if path is not None and table.mapping and table.from_ and table.until:
        from snowplan.inputs.weather_files import read_weather

        found = read_weather(path, table.mapping, clock, table.from_, table.until, faults, notes)
        actual, source, missing = found.actual, found.source, found.missing_hours
    elif path is None and table.file is None:
        actual, source, missing = storm_spells(table, clock, horizon_ms), "", 0
    else:
        actual, source, missing = (), "", 0
    initial_um = round(table.initial_mm_we * UM_PER_MM)
    return Snowfall(actual, (), initial_um, source, missing), notes


def read_forecasts(
    tables: list[ForecastTable], clock: Clock, horizon_ms: int
) -> tuple[Forecast, ...]:
    """The forecast issues of a scenario, in the order they were issued."""
    issues = [
        Forecast(instant_ms(table.issued, clock), storm_spells(table, clock, horizon_ms))
        for table in tables
    ]
    return tuple(sorted(issues, key=lambda issue: issue.issued_ms))


def instant_ms(when: float | str | datetime, clock: Clock) -> int:
    """Hours after the start, the next such time of day, or a local instant, as milliseconds."""
    if isinstance(when, datetime):
        return clock.ms_of(when)
    if isinstance(when, str):
        return clock.next_minute_of_day_ms(minute_of_day(when), 0)
    return hours_ms(when)


def storm_spells(table: StormTable, clock: Clock, horizon_ms: int) -> tuple[WeatherSpell, ...]:
    """Spells over the whole horizon: dry, the storm hour by hour, dry again.

    A storm that begins before the start or ends after the horizon keeps only what lies inside.
    """
    onset_ms = instant_ms(0.0 if table.onset is None else table.onset, clock)
    steps = _given_steps(table, onset_ms) if table.mm_per_h else _shaped_steps(table, onset_ms)
    cuts = {0, *range(0, horizon_ms, MS_PER_H)} if len(table.air_c or ()) > 1 else {0}
    for begin, end, _ in steps:
        cuts |= {begin, end}
    marks = sorted(cut for cut in cuts if 0 <= cut < horizon_ms)
    spells: list[WeatherSpell] = []
    for mark in marks:
        rate = next((um for begin, end, um in steps if begin <= mark < end), 0)
        air_c = air_at(table.air_c or [0.0], mark, horizon_ms)
        spell = WeatherSpell(mark, rate, air_c, table.wind_m_s)
        last = spells[-1] if spells else None
        if last is None or (last.um_per_h, last.air_c) != (rate, air_c):
            spells.append(spell)
    return tuple(spells)


def air_at(points: list[float], t_ms: int, horizon_ms: int) -> float:
    """Air temperature: evenly spaced points over the horizon, straight lines between, 0.01 °C."""
    if len(points) == 1:
        return points[0]
    place = min(max(t_ms / horizon_ms, 0.0), 1.0) * (len(points) - 1)
    left = min(int(place), len(points) - 2)
    return round(points[left] + (place - left) * (points[left + 1] - points[left]), 2)


def _given_steps(table: StormTable, onset_ms: int) -> list[Step]:
    """One step an hour, as given."""
    return [
        (onset_ms + n * MS_PER_H, onset_ms + (n + 1) * MS_PER_H, round(mm * UM_PER_MM))
        for n, mm in enumerate(table.mm_per_h or ())
    ]


def _shaped_steps(table: StormTable, onset_ms: int) -> list[Step]:
    """Hours of the storm, and the minutes that are left over, so that the total is exact."""
    minutes = max(round((table.duration_h or 0) * MIN_PER_H), 1)
    total_um = round((table.total_mm or 0) * UM_PER_MM)
    steps: list[Step] = []
    fallen = 0
    for begin in range(0, minutes, MIN_PER_H):
        end = min(begin + MIN_PER_H, minutes)
        until = round(total_um * shape_share(table.shape, end / minutes))
        steps += _exact(onset_ms + begin * MS_PER_MIN, end - begin, until - fallen)
        fallen = until
    return steps


def _exact(begin_ms: int, minutes: int, fall_um: int) -> list[Step]:
    """Whole µm an hour over these minutes: one step for an hour, two for a part of one."""
    if minutes == MIN_PER_H:
        return [(begin_ms, begin_ms + MS_PER_H, fall_um)]
    each, more = divmod(fall_um, minutes)
    middle_ms = begin_ms + more * MS_PER_MIN
    steps = [
        (begin_ms, middle_ms, (each + 1) * MIN_PER_H),
        (middle_ms, begin_ms + minutes * MS_PER_MIN, each * MIN_PER_H),
    ]
    return [step for step in steps if step[1] > step[0]]


def shape_share(shape: str, x: float) -> float:
    """Share of the total fallen after the share `x` of the duration."""
    if shape == "early":
        return 1 - (1 - x) ** 2
    return x**2 if shape == "late" else x
