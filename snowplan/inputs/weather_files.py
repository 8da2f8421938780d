"""An hourly weather file read as snowfall on the scenario's clock; nothing missing becomes zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from snowplan.clock import Clock
from snowplan.errors import Faults
from snowplan.inputs.weather_filling import fill_hours
from snowplan.inputs.weather_mapping import WeatherMapping
from snowplan.inputs.weather_rows import HOUR, Hour, read_hours
from snowplan.model.weather import Snowfall, WeatherSpell
from snowplan.units import MS_PER_H, UM_PER_MM

__all__ = ["WeatherMapping", "read_weather"]


def read_weather(
    path: Path,
    mapping: WeatherMapping,
    clock: Clock,
    from_: datetime,
    until: datetime,
    faults: Faults,
    notes: list[str] | None = None,
) -> Snowfall:
    """The hours that begin in `[from_, until)`, naive local times on the whole hour, as snowfall.

    `from_` may not lie after the clock's start. Hours before the start keep their temperature
    (negative `start_ms`, for the mean that the pavement follows) and lose their snow; after `until`
    it is dry and the last temperature holds. Missing hours are faults unless the mapping says how
    to fill them; `missing_hours` counts them. `notes` receives a line for each value filled, for
    rain, and for snow before the start. Once a fault is noted the snowfall is empty.
    """
    file, before = str(path), len(faults.items)
    notes = [] if notes is None else notes
    _check_cut(file, clock, from_, until, faults)
    if len(faults.items) > before:
        return Snowfall(())
    found = read_hours(path, mapping, from_, until, faults)
    if not found and len(faults.items) == before:
        faults.add(file, "", "time", "no hour", f"hours from {from_} to {until}")
    if not found:
        return Snowfall(())
    times = [from_ + n * HOUR for n in range((until - from_) // HOUR)]
    given = [found.get(time) or Hour(time) for time in times]
    hours = fill_hours(given, mapping, file, faults, notes)
    if len(faults.items) > before:
        return Snowfall(())
    return Snowfall(
        actual=tuple(_spells(_snow_only(hours, mapping, notes), clock, notes)),
        source=mapping.source or path.name,
        missing_hours=sum(None in (hour.precipitation, hour.air_c) for hour in given),
    )


def _check_cut(file: str, clock: Clock, from_: datetime, until: datetime, faults: Faults) -> None:
    for name, time in (("from", from_), ("until", until)):
        if time.tzinfo is not None or time.replace(minute=0, second=0, microsecond=0) != time:
            faults.add(file, "", name, time.isoformat(" "), "a naive local time on the whole hour")
            return
    if from_ > clock.start:
        expected = f"the scenario's start {clock.start} or before: earlier hours would be unknown"
        faults.add(file, "", "from", from_.isoformat(" "), expected)
    if until <= clock.start:
        expected = f"a time after the scenario's start {clock.start}"
        faults.add(file, "", "until", until.isoformat(" "), expected)


def _snow_only(hours: Sequence[Hour], mapping: WeatherMapping, notes: list[str]) -> list[Hour]:
    """Hours without the rain, which is precipitation in air above `rain_above_c`."""

    def is_rain(hour: Hour) -> bool:
        return bool(hour.precipitation) and (hour.air_c or 0.0) > mapping.rain_above_c

    rain = [hour for hour in hours if is_rain(hour)]
    if rain:
        total = sum(hour.precipitation or 0.0 for hour in rain)
        above = f"air above {mapping.rain_above_c:g} °C (A)"
        notes.append(
            f"降雨 rain: {total:.1f} mm in {len(rain)} h with {above} is not taken as snow"
        )
    return [replace(hour, precipitation=0.0) if is_rain(hour) else hour for hour in hours]


def _spells(hours: Sequence[Hour], clock: Clock, notes: list[str]) -> list[WeatherSpell]:
    """A spell for each hour, the one that holds the start cut in two, and a dry one to end with."""
    spells: list[WeatherSpell] = []
    early_um_ms = 0
    for hour in hours:
        begin_ms, end_ms = clock.ms_of(hour.begin), clock.ms_of(hour.begin + HOUR)
        um_per_h = round((hour.precipitation or 0.0) * UM_PER_MM)
        air_c, wind_m_s = hour.air_c or 0.0, hour.wind_m_s or 0.0
        spell = WeatherSpell(begin_ms, um_per_h, air_c, wind_m_s, hour.pavement_c)
        if begin_ms < 0:
            early_um_ms += um_per_h * (min(end_ms, 0) - begin_ms)
            spells.append(replace(spell, um_per_h=0))
            spell = replace(spell, start_ms=0)
        if end_ms > 0:
            spells.append(spell)
    if early_um_ms:
        mm = early_um_ms / (UM_PER_MM * MS_PER_H)
        notes.append(f"始前 before the start: {mm:g} mm of snow is not in this run")
    end_ms = clock.ms_of(hours[-1].begin + HOUR)
    return [*spells, replace(spells[-1], start_ms=end_ms, um_per_h=0)]
