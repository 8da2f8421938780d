"""One even fall of cold snow: its instants, its depth, what the plan asks for and may use."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import pairwise

from tests.oracles.readiness_deicer import dose_g_m2
from tests.oracles.readiness_files import CRITICAL, Files, Row
from tests.oracles.readiness_means import zone_of

RUNS = "plough", "sweep"


@dataclass(frozen=True)
class Ask:
    """One scenario's even fall at one temperature below freezing, and the plan's grade."""

    files: Files
    name: str

    @cached_property
    def told(self) -> Row:
        """The scenario."""
        return self.files.toml(self.name)

    @cached_property
    def onset_h(self) -> float:
        """Hours from the start until snow."""
        start: datetime = self.told["start"]
        first = datetime.combine(start.date(), time.fromisoformat(self.told["snow"]["onset"]))
        return ((first - start) % timedelta(days=1)) / timedelta(hours=1)

    @property
    def stops_h(self) -> float:
        """Hours from the start until the end of snow."""
        return float(self.onset_h + self.told["snow"]["duration_h"])

    @property
    def begin_h(self) -> float:
        """When crews are called."""
        return max(0.0, self.onset_h - float(self.files.plan["call_out"]["lead_h"]))

    @property
    def total(self) -> float:
        """g/m² that fall."""
        return 1000.0 * float(self.told["snow"]["total_mm"])

    @cached_property
    def density(self) -> float:
        """New snow, kg/m³, which is g/m² a mm."""
        told = self.files.rules_of("physics.toml")["new_snow"]["cold"]
        rise = told["rise_kg_m3"] * math.exp(self.told["snow"]["air_c"] / told["scale_c"])
        return round(min(told["base_kg_m3"] + rise, told["most_kg_m3"]), 2)

    @cached_property
    def plan(self) -> Row:
        """What is done at the grade."""
        return dict(self.files.plan["treatments"][self.files.plan_grade(self.name)])

    @cached_property
    def pavement_c(self) -> float:
        """The pavement while it snows."""
        offset = self.files.rules_of("physics.toml")["pavement"]["offset_c"]
        return float(self.told["snow"]["air_c"] + offset)

    @cached_property
    def melt(self) -> float:
        """g/m² that one dose melts at most, whatever the product."""
        best = 0.0
        for product in {row["product"] for row in self.files.table("deicers.csv")}:
            rows = sorted(
                (float(row["temp_c"]), float(row["melt_g_per_g"]))
                for row in self.files.table("deicers.csv")
                if row["product"] == product
            )
            for (cold, less), (warm, more) in pairwise(rows):
                if cold <= self.pavement_c <= warm:
                    share = (self.pavement_c - cold) / (warm - cold)
                    best = max(best, less + share * (more - less))
        return best * dose_g_m2(self.files, self.pavement_c)

    def melted(self, from_h: float) -> float:
        """g/m² that doses from then until the end of snow melt at most."""
        every = self.files.plan["doses"]["repeat_after_h"]
        return self.melt * (1 + math.floor((self.stops_h - from_h) / every + 1e-9))

    @cached_property
    def kinds(self) -> dict[str, Row]:
        """Kinds of machines by name, in the order of their table."""
        return {row["kind"]: row for row in self.files.table("machine_types.csv")}

    @cached_property
    def fleet(self) -> dict[tuple[str, str], int]:
        """Serviceable machines by zone and kind."""
        found: dict[tuple[str, str], int] = defaultdict(int)
        for machine in self.files.table("machines.csv"):
            if machine["serviceable"] == "true":
                found[zone_of(self.files, machine), machine["kind"]] += 1
        return found

    @cached_property
    def works(self) -> set[str]:
        """Ploughs, brushes or both."""
        present = {self.kinds[kind]["work"] for _, kind in self.fleet} & set(RUNS)
        asked = present & set(self.plan["sequence"])
        ceilings = [float(k["ceiling_mm"]) for k in self.kinds.values() if k["work"] == "sweep"]
        deep = any(0 < ceiling < self.total / self.density for ceiling in ceilings)
        return present if deep or not asked else asked

    @cached_property
    def due(self) -> list[Row]:
        """Directions that are the machines': rural squads have the fringe."""
        rural = {row["zone"] for row in self.files.table("squads.csv") if row["group"] == "rural"}
        rural = rural if "rural" in self.plan["groups"] else set()
        return [
            one
            for one in self.files.stretches
            if "fringe" not in one["flags"] or one["zone"] not in rural
        ]

    def treated(self, one: Row) -> bool:
        """Whether a section gets de-icer by its rank."""
        own = "critical" if CRITICAL & set(one["flags"]) else one["road_class"]
        return own in self.plan["spread_classes"]

    def limit_h(self, road_class: str, word: str) -> float | None:
        """The hour of a limit; a time of day binds where it comes sooner after snow."""
        told = self.files.plan["limits"].get(road_class, {}).get(self.files.plan_grade(self.name))
        if told is None:
            return None
        after = self.stops_h + told[f"{word}_h"]
        if f"{word}_by" not in told:
            return float(after)
        stops = self.told["start"] + timedelta(hours=self.stops_h)
        day = datetime.combine(stops.date(), time.fromisoformat(told[f"{word}_by"]))
        wait = ((day - stops) % timedelta(days=1)) / timedelta(hours=1)
        return float(min(after, self.stops_h + wait))
