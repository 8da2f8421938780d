"""Timeline, streets, access and shares of a readiness report, from its runs and the map."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from tests.oracles.held import HeldJudge
from tests.oracles.readiness_files import CLASSES, MINUTE_MS, Files, Row, finite, mean, rank
from tests.oracles.readiness_means import horizon_ms

NEVER, NOT_BY_HORIZON = -1, -2  # in place of minutes: never other than so; not any more


def since_ms(files: Files, name: str, run: Row) -> int:
    """From when hours are told: the end of snow, else the start."""
    stops = run["snow_stops_ms"] or 0
    return int(stops) if stops < horizon_ms(files, name) else 0


def hours(files: Files, name: str, run: Row, minutes: Iterable[int]) -> list[float]:
    """Hours after the end of snow; never other than so counts from the start."""
    since = since_ms(files, name, run)
    return [
        math.inf if m == NOT_BY_HORIZON else (max(0, m) * MINUTE_MS - since) / 3.6e6
        for m in minutes
    ]


def timeline(files: Files) -> Row:
    """`timeline`."""
    rows, curves, maps = [], {}, {}
    there = {(one["road_class"], one["zone"]) for one in files.cleared}
    for name in files.names:
        runs = files.own(name)
        for road_class, zone in sorted(there):
            row: Row = {"scenario": name, "road_class": road_class, "zone": zone}
            for aspect in ("open", "clean"):
                key = f"{aspect}_last/{road_class}@{zone}"
                late = [run["late"].get(key, 0) for run in runs]
                last = [
                    math.inf if n else run["values"][key] for n, run in zip(late, runs, strict=True)
                ]
                row[f"{aspect}_last_h"] = finite(rank(last, 0.5), 2)
                row[f"{aspect}_late"] = round(mean(late), 2)
                row[f"{aspect}_never"] = _mostly_never(files, name, aspect, road_class, zone)
            rows.append(row)
        curves[name] = {
            "step_min": 30,
            "stops_min": round(rank([since_ms(files, name, run) for run in runs], 0.5) / MINUTE_MS),
            **{
                curve: [
                    int(rank(step, 0.5))
                    for step in zip(*(r["curves"][curve] for r in runs), strict=True)
                ]
                for curve in runs[0]["curves"]
            },
        }
        opened = [hours(files, name, run, run["opened_min"]) for run in runs]
        maps[name] = {
            "ids": [one["id"] for one in files.cleared],
            "opened_h": [finite(rank(column, 0.5), 2) for column in zip(*opened, strict=True)],
        }
    return {"rows": rows, "curves": curves, "map": maps}


def _mostly_never(files: Files, name: str, aspect: str, road_class: str, zone: str) -> bool:
    """No section of a class and zone was ever blocked (or other than clean) in the median run."""
    runs = files.own(name)
    kept = [run["opened_min"] if aspect == "open" else run["kept"]["cleared_min"] for run in runs]
    own = [k for k, one in enumerate(files.cleared)
           if (one["road_class"], one["zone"]) == (road_class, zone)]  # fmt: skip
    return rank([_last([of[k] for k in own]) for of in kept], 0.5) == NEVER


def _last(minutes: list[int]) -> float:
    """The last minute; none where it never came."""
    return math.inf if NOT_BY_HORIZON in minutes else float(max(minutes))


def streets(files: Files) -> list[Row]:
    """`streets`."""
    roads: dict[str, list[int]] = {}
    for place, one in enumerate(files.cleared):
        roads.setdefault(one["name"], []).append(place)
    return [{"scenario": name, "rows": _streets(files, name, roads)} for name in files.names]


def _streets(files: Files, name: str, roads: Mapping[str, list[int]]) -> list[Row]:
    runs, rows = files.own(name), []
    opened = [hours(files, name, run, run["opened_min"]) for run in runs]
    clean = [hours(files, name, run, run["kept"]["cleared_min"]) for run in runs]
    for road, places in roads.items():
        metres: Counter[str] = Counter()
        for place in places:
            metres[files.cleared[place]["road_class"]] += files.cleared[place]["length_m"]
        last = [
            rank([max(run[k] for k in places) for run in some], 0.5) for some in (opened, clean)
        ]
        rows.append((last, {
            "road": road, "sections": len(places),
            "length_km": round(sum(metres.values()) / 1000, 2),
            "road_class": max(metres, key=lambda key: (metres[key], key)),
            "opened_never": rank(
                [_last([run["opened_min"][k] for k in places]) for run in runs], 0.5) == NEVER,
            "opened_h": finite(last[0], 2), "cleared_h": finite(last[1], 2),
            "late": round(mean([sum(math.isinf(run[k]) for k in places) for run in clean]), 2),
        }))  # fmt: skip
    rows.sort(key=lambda pair: (-pair[0][0], -pair[0][1], pair[1]["road"]))
    most = files.rules["more"]["worst_streets"]
    return [{"rank": place, **row} for place, (_, row) in enumerate(rows[:most], 1)]


# ---- access ----------------------------------------------------------------------------------


class Union:
    """Sets of junctions that hang together."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def root(self, one: str) -> str:
        """The junction that stands for a set."""
        while (above := self.parent.setdefault(one, one)) != one:
            self.parent[one] = one = self.parent[above]
        return one

    def join(self, a: str, b: str) -> None:
        """Two junctions hang together."""
        self.parent[self.root(a)] = self.root(b)


def places(files: Files) -> dict[str, list[Row]]:
    """Sections of each place, by flag and first section, as `hospital:some-road-01`."""
    found = {}
    for flag in ("hospital", "station"):
        own = [one for one in files.sections if flag in one["flags"] and not one["closed"]]
        union = Union()
        for one in own:
            union.join(one["start"], one["end"])
        groups: dict[str, list[Row]] = defaultdict(list)
        for one in own:
            groups[union.root(one["start"])].append(one)
        for some in sorted(groups.values(), key=lambda some: str(some[0]["id"])):
            found[f"{flag}:{some[0]['id']}"] = some
    return found


def access(files: Files) -> list[Row]:
    """`access`: nearest ranks over what the runs keep."""
    tables = []
    for name in files.names:
        rows = []
        for key, some in places(files).items():
            kept = [run["kept"]["access"][key] for run in files.own(name)]
            joined = [math.inf if one["joined_min"] is None else one["joined_min"] for one in kept]
            zones = Counter(one["zone"] for one in some)
            rows.append({
                "place_zh": "、".join(dict.fromkeys(one["name"] for one in some)),
                "flag": key.partition(":")[0],
                "zone": min(zones, key=lambda zone: (-zones[zone], zone)),
                "joined_min": finite(rank(joined, 0.5), 1),
                "joined_p90_min": finite(rank(joined, files.probability), 1),
                "apart_min": round(rank([one["apart_min"] for one in kept], 0.5), 1),
                "late": sum(map(math.isinf, joined)),
            })  # fmt: skip
        tables.append({"scenario": name, "rows": rows})
    return tables


def access_of_run(files: Files, name: str) -> dict[str, tuple[float | None, float]]:
    """Of the reference run, (joined_min, apart_min) by place: every instant of a turn by itself."""
    drivable = [one for one in files.sections if not one["closed"]]
    main, found = _main_network(drivable), places(files)
    closed_of: dict[int, dict[str, bool]] = defaultdict(dict)
    for row in files.frame(name, "states.parquet"):
        closed_of[row["t_ms"]][row["section"]] = row["state"] == "blocked"
    onset = files.own(name)[0]["kept"]["onset_min"] * MINUTE_MS
    end = horizon_ms(files, name)
    closed: set[str] = set()
    apart, joined = Counter[str](), Counter[str]()
    instants = sorted({0, *(t for t in closed_of if t < end)})
    cut: set[str] = set()
    for t, until in zip(instants, [*instants[1:], end], strict=True):
        turned = closed_of.get(t, {})
        before = set(closed)
        closed |= {one for one, shut in turned.items() if shut}
        closed -= {one for one, shut in turned.items() if not shut}
        if t == 0 or closed != before:
            cut = _cut(found, drivable, main, closed)
        for key in cut:
            apart[key] += until - t
            joined[key] = until
    return {
        key: (
            None if joined[key] == end else max(0.0, joined[key] - onset) / MINUTE_MS,
            apart[key] / MINUTE_MS,
        )
        for key in found
    }


def _main_network(drivable: Iterable[Row]) -> dict[str, float]:
    """Lengths of the longest connected part of expressways and main roads, by section."""
    union, own = Union(), [one for one in drivable if one["road_class"] in CLASSES[:2]]
    for one in own:
        union.join(one["start"], one["end"])
    metres: Counter[str] = Counter()
    for one in own:
        metres[union.root(one["start"])] += one["length_m"]
    longest = max(metres, key=lambda root: metres[root])
    return {one["id"]: one["length_m"] for one in own if union.root(one["start"]) == longest}


def _cut(
    found: Mapping[str, list[Row]],
    drivable: Iterable[Row],
    main: Mapping[str, float],
    closed: set[str],
) -> set[str]:
    """Places that hang together with no more than half of the main network."""
    union, own = Union(), [one for one in drivable if one["id"] not in closed]
    for one in own:
        union.join(one["start"], one["end"])
    metres: Counter[str] = Counter()
    for one in own:
        metres[union.root(one["start"])] += main.get(one["id"], 0.0)
    half = sum(main.values()) / 2
    most = {root for root, length in metres.items() if length > half}
    return {
        key
        for key, some in found.items()
        if not any(one["id"] not in closed and union.root(one["start"]) in most for one in some)
    }


# ---- what held the city back -----------------------------------------------------------------


def held_back(files: Files) -> list[Row]:
    """`held_back`: the judge's parts of every section, weighted by its carriageway."""
    rows = []
    for name in files.names:
        states, events = (
            pd.DataFrame(files.frame(name, f"{table}.parquet")) for table in ("states", "events")
        )
        judge = HeldJudge(
            states, events.astype(object).where(events.notna(), None), horizon_ms(files, name)
        )
        weights: dict[str, Counter[str]] = {}
        areas: Counter[str] = Counter()
        for one in files.cleared:
            own = weights.setdefault(one["road_class"], Counter())
            parts = judge.parts(one["id"])
            m2 = one["length_m"] * one["width_m"]
            areas[one["road_class"]] += m2 if parts else 0.0
            for a, b, part in parts:
                own[part] += (b - a) * m2
        for road_class, own in weights.items():
            total = sum(own.values())
            shares = {part: weight / total for part, weight in own.items() if weight}
            rows.append(
                {
                    "scenario": name,
                    "road_class": road_class,
                    "area_m2": areas[road_class],
                    "shares": shares,
                }
            )
    return rows
