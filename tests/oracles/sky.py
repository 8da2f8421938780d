"""Weather and packing curves by the words of docs/model.md, for the oracles alone.

Nothing here is shared with `snowplan.model.snow`: fall is exact integers, the two curves of a road
class are built step by step, and every amount is worked out from them when asked for.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario

HOUR = 3_600_000
TEN_MINUTES = 600_000


@dataclass(frozen=True)
class Stamp:
    """Weather that holds from `begin` to `end`."""

    begin: int
    end: int
    rate: int  # µm/h
    air: float
    pavement: float | None


@dataclass(frozen=True)
class Curve:
    """One road class: net fall (µm/h·ms), Y and W at the breakpoints, linear between."""

    at: list[int]
    net: list[int]
    rate: list[int]
    y: list[float]
    w: list[float]
    traffic: bool

    def fall(self, t: int) -> int:
        """Net fall until `t`, µm/h · ms."""
        j = bisect_right(self.at, t) - 1
        return self.net[j] + self.rate[j] * (t - self.at[j])

    def yw(self, t: int) -> tuple[float, float]:
        """Y and W at `t`."""
        j = min(bisect_right(self.at, t) - 1, len(self.at) - 2)
        share = (t - self.at[j]) / (self.at[j + 1] - self.at[j])
        y = self.y[j] + (self.y[j + 1] - self.y[j]) * share
        return y, self.w[j] + (self.w[j + 1] - self.w[j]) * share


class SkyOracle:
    """All that follows from weather, physics and traffic of a scenario (weather as stated)."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.horizon = scenario.study.horizon_ms
        self.physics = scenario.around.physics
        given = scenario.around.snowfall.actual
        ends = [spell.start_ms for spell in given[1:]] + [self.horizon]
        self.all = [
            Stamp(s.start_ms, end, s.um_per_h, s.air_c, s.pavement_c)
            for s, end in zip(given, ends, strict=True)
        ]
        self.stamps = [
            Stamp(max(s.begin, 0), min(s.end, self.horizon), s.rate, s.air, s.pavement)
            for s in self.all
            if min(s.end, self.horizon) > max(s.begin, 0)
        ]
        clock = scenario.study.clock
        zone = ZoneInfo(clock.zone_name)
        self.zone = zone
        self.start = clock.start.replace(tzinfo=zone).astimezone(UTC)
        self.breaks = self._breaks()
        self._pavement: dict[int, float] = {}
        self.density = self._density()
        self.curves = {c: self._curve(c) for c in RoadClass}

    def local(self, t: int) -> datetime:
        """Local wall time."""
        return (self.start + timedelta(milliseconds=t)).astimezone(self.zone)

    def _breaks(self) -> list[int]:
        marks = set(range(0, self.horizon, TEN_MINUTES)) | {0, self.horizon}
        marks |= {s.begin for s in self.stamps}
        here = self.local(0)
        into = (here.minute * 60 + here.second) * 1000 + here.microsecond // 1000
        marks |= {t for t in range(-into, self.horizon, HOUR) if t > 0}
        return sorted(marks)

    def _density(self) -> float:
        mass = volume = 0.0
        for stamp in self.stamps:
            fallen = stamp.rate * (stamp.end - stamp.begin) / HOUR
            mass += fallen
            volume += fallen / self.new_snow(stamp.air)
        if not mass:
            return round(self.new_snow(self.all[-1].air), 2)
        return round(mass / volume, 2)

    def new_snow(self, air: float) -> float:
        """Hedstrom & Pomeroy 1998 up to -2 °C, a straight line to the wet density at 0 °C."""
        cold = min(120.0, 67.92 + 51.25 * math.exp(min(air, -2.0) / 2.59))
        if air <= -2:
            return cold
        wet = self.physics.new_snow.wet_density_kg_m3
        return cold + min(1.0, (air + 2.0) / 2.0) * (wet - cold)

    def pavement(self, t: int) -> float:
        """Pavement temperature at the last full hour of the run."""
        hour = max(t // HOUR * HOUR, 0)
        if hour not in self._pavement:
            self._pavement[hour] = self._pavement_at(hour)
        return self._pavement[hour]

    def _pavement_at(self, t: int) -> float:
        now = [s for s in self.all if s.begin <= t] or self.all[:1]
        if now[-1].pavement is not None:
            return now[-1].pavement
        begin = t - round(self.physics.pavement_mean_h * HOUR)
        total = 0.0
        for k, stamp in enumerate(self.all):
            lo = begin if k == 0 else stamp.begin
            hi = stamp.end if k + 1 < len(self.all) else t
            total += stamp.air * max(0, min(hi, t) - max(lo, begin))
        mean = total / (t - begin) if t > begin else now[-1].air
        return round(mean + self.physics.pavement_offset_c, 3)

    def rate(self, t: int) -> int:
        """Gross intensity at `t`, µm/h."""
        return next((s.rate for s in self.stamps if s.begin <= t < s.end), 0)

    def _curve(self, road_class: Any) -> Curve:
        vehicles = {
            row.hour: row.vehicles_per_lane
            for row in self.scenario.around.traffic
            if row.road_class == road_class
        }
        at = self.breaks
        net, rates, y, w = [0], [], [1.0], [0.0]
        for a, b in pairwise(at):
            rate = self.rate(a)
            warm = self.pavement(a)
            if rate and warm > 0:
                rate -= min(rate, round(warm * self.physics.contact_melt_mm_h_c * 1000))
            hours = (b - a) / HOUR
            packing = self.physics.packing_per_vehicle * vehicles.get(self.local(a).hour, 0.0)
            y.append(y[-1] * (1 + packing * hours))
            w.append(w[-1] + rate * hours * (y[-2] + y[-1]) / 2)
            net.append(net[-1] + rate * (b - a))
            rates.append(rate)
        return Curve(at, net, [*rates, 0], y, w, y[-1] > 1.0)
