"""What a readiness report rests on, read from its files alone: runs, tables, map, plan, rules.

Nothing of the program that makes reports is used here.
"""

from __future__ import annotations

import csv
import json
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
HOUR_MS = 3_600_000
MINUTE_MS = 60_000
CRITICAL = {"bridge", "ramp", "slope", "station", "hospital"}
STRIP_M = 3.0
CLASSES = ("expressway", "main", "secondary", "branch", "lane")


def rank(values: Iterable[float], share: float) -> float:
    """The nearest rank: of n sorted values the one at ⌈share · n⌉, counted from 1."""
    some = sorted(values)
    place = math.ceil(share * len(some) - 1e-9)
    return some[max(place, 1) - 1]


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean."""
    return math.fsum(values) / len(values)


def finite(value: float, digits: int) -> float | None:
    """Rounded; None where it is infinite."""
    return None if math.isinf(value) else round(value, digits)


@dataclass(frozen=True)
class Files:
    """The folder of a report, the root of the shipped files, and where a user's own lie."""

    folder: Path
    root: Path
    beside: Path | None = None

    @cached_property
    def manifest(self) -> Row:
        """`manifest.json` of the report."""
        return dict(json.loads((self.folder / "manifest.json").read_text(encoding="utf-8")))

    @property
    def names(self) -> list[str]:
        """The scenarios of the report, in its order."""
        return list(self.manifest["scenarios"])

    @cached_property
    def runs(self) -> dict[tuple[str, str, int], Row]:
        """Every run used, by variant, storm and run seed."""
        lines = (self.folder / "replications.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line]
        return {(row["job"][0], row["job"][1], row["job"][2]): row for row in rows}

    def own(self, name: str) -> list[Row]:
        """The runs of a scenario as it is, by run seed."""
        keys = sorted(key for key in self.runs if key[:2] == ("today", name))
        return [self.runs[key] for key in keys]

    def reference(self, name: str) -> Path:
        """The folder of a scenario's reference run."""
        asked = self.manifest["references"][name]
        store = self.folder.parent / "readiness.replications"
        return next(path for path in store.glob(f"*/runs/{asked}"))

    def toml(self, name: str) -> Row:
        """The resolved scenario of a reference run."""
        return tomllib.loads((self.reference(name) / "scenario.toml").read_text(encoding="utf-8"))

    @cached_property
    def first(self) -> Row:
        """The first scenario: all have one map and one set of tables."""
        return self.toml(self.names[0])

    def frame(self, name: str, table: str, query: str = "select * from t") -> list[Row]:
        """Rows of a table of a reference run; `t` is the table in the query."""
        with duckdb.connect() as link:
            source = str(self.reference(name) / table).replace("'", "''")
            link.execute(f"create view t as select * from read_parquet('{source}')")
            found = link.execute(query)
            heads = [column[0] for column in found.description or ()]
            return [dict(zip(heads, row, strict=True)) for row in found.fetchall()]

    def json(self, name: str, file: str) -> Row:
        """A JSON file of a reference run."""
        return dict(json.loads((self.reference(name) / file).read_text(encoding="utf-8")))

    def input(self, name: str) -> Path:
        """An input by its name."""
        own = self.root / name
        return own if own.exists() or self.beside is None else self.beside / Path(name).name

    def path(self, file: str) -> Path | None:
        """An input of the runs by the end of its name, as `/machines.csv`."""
        found = [name for name in self.manifest["inputs"] if name.endswith(file)]
        return self.input(found[0]) if found else None

    def table(self, file: str) -> list[Row]:
        """Rows of a CSV table that the runs read; none where they read no such table."""
        path = self.path(f"/{file}")
        if path is None:
            return []
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def rules_of(self, file: str) -> Row:
        """A TOML table in `seeds/`."""
        return tomllib.loads((self.root / "seeds" / file).read_text(encoding="utf-8"))

    @cached_property
    def rules(self) -> Row:
        """`seeds/readiness.toml`."""
        return self.rules_of("readiness.toml")

    @property
    def probability(self) -> float:
        """With which a limit must hold."""
        return float(self.rules["asked"]["probability"])

    @property
    def confidence(self) -> float:
        """Of every interval."""
        return float(self.rules["asked"]["confidence"])

    @cached_property
    def plan(self) -> Row:
        """The contingency plan."""
        return self.rules_of("contingency_plan.toml")

    @cached_property
    def sections(self) -> list[Row]:
        """All sections of the map, by id, with the plain defaults of their properties."""
        file = self.root / self.first["map"] / "sections.geojson"
        found = json.loads(file.read_text(encoding="utf-8"))["features"]
        plain = {"operator": "centre", "flags": [], "closed": False}
        rows = [plain | one["properties"] for one in found]
        return sorted(rows, key=lambda row: str(row["id"]))

    @cached_property
    def cleared(self) -> list[Row]:
        """The sections that the centre clears, by id."""
        return [one for one in self.sections if one["operator"] == "centre" and not one["closed"]]

    @cached_property
    def zones(self) -> list[str]:
        """Zones of the map."""
        return sorted({str(one["zone"]) for one in self.sections})

    @cached_property
    def factors(self) -> list[float]:
        """The geometric grid of snowfall factors, lowest to highest."""
        told = self.rules["search"]
        steps = round(math.log(told["highest"] / told["lowest"]) / math.log(told["ratio"]))
        span = math.log(told["highest"] / told["lowest"]) / steps
        return [float(f"{told['lowest'] * math.exp(span * k):.4g}") for k in range(steps + 1)]

    def grade(self, name: str, factor: float = 1.0) -> str:
        """The grade of a scenario's one even fall of snow, times a factor (GB/T 28592)."""
        snow: Mapping[str, Any] = self.toml(name)["snow"]
        total, hours = snow["total_mm"] * factor, snow["duration_h"]
        heaviest = [total * min(1.0, window / hours) for window in (12, 24)]
        found = "none"
        for row in self.table("snow_grades.csv"):
            bounds = float(row["from_12h_mm"]), float(row["from_24h_mm"])
            if any(fall >= bound - 1e-9 for fall, bound in zip(heaviest, bounds, strict=True)):
                found = row["grade"]
        return found

    def plan_grade(self, name: str) -> str:
        """The plan's grade of a scenario: what lies beyond a blizzard is treated as one."""
        found = self.grade(name)
        return "blizzard" if found.endswith("blizzard") else found

    @cached_property
    def stretches(self) -> list[Row]:
        """Directions of the cleared sections with their strips: `m2` to a whole dm² a strip."""
        found = []
        for one in self.cleared:
            shared = not one["oneway"] and one["width_m"] < 2 * STRIP_M
            ways = 1 if one["oneway"] or shared else 2
            width = one["width_m"] / ways
            strips = 1 if shared else math.ceil(round(width / STRIP_M, 6))
            m2 = round(100 * one["length_m"] * width / strips) * strips / 100
            found += [one | {"strip_m": width / strips, "m2": m2}] * ways
        return found
