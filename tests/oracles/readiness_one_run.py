"""What is kept of a run, found anew from the log of its folder: states, events, tables."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from tests.oracles.readiness_files import HOUR_MS, MINUTE_MS, Files, Row
from tests.oracles.readiness_means import horizon_ms
from tests.oracles.readiness_roads import NOT_BY_HORIZON, access_of_run, since_ms

BUSY = {"travel", "load", "spread", "plough", "sweep", "scrape", "break_ice", "grade"}
MOVING = {"load_snow", "haul", "unload", "travel"}
BARE = {"open": {"open", "clean", "hauled"}, "clean": {"clean", "hauled"}}
Story = Sequence[tuple[int, str]]


def for_good(story: Story, good: set[str], end: int) -> tuple[int, bool, bool]:
    """(instant from which it was so for good, left by the horizon, ever otherwise)."""
    if story[-1][1] not in good:
        return end, True, True
    since, ever = 0, False
    for (_, before), (t, now) in pairwise(story):
        ever = ever or before not in good
        if before not in good and now in good:
            since = t
    return since, False, ever


def stories(files: Files, name: str) -> dict[str, Story]:
    """States of each section by time."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in files.frame(name, "states.parquet", "select * from t order by section, t_ms"):
        found[row["section"]].append((row["t_ms"], row["state"]))
    return dict(found)


def faults(files: Files, name: str) -> list[str]:
    """Where what is kept of the reference run differs from its log."""
    run = files.own(name)[0]
    end, told = horizon_ms(files, name), stories(files, name)
    reached = {
        aspect: [for_good(told[one["id"]], good, end) for one in files.cleared]
        for aspect, good in BARE.items()
    }
    return [
        *_minutes(run, reached),
        *_items(files, name, run, reached),
        *_means(files, name, run, reached),
        *_curves(files, run, told),
        *_places(files, name, run),
        *_stores(files, name, run),
        *_peaks(files, name, run),
    ]


def _differ(what: str, told: float | None, found: float | None, near: float) -> list[str]:
    if told is None or found is None:
        return [] if told is found else [f"{what}: told {told}, found {found}"]
    return [] if abs(told - found) <= near else [f"{what}: told {told}, found {found}"]


def _minutes(run: Row, reached: Mapping[str, list[tuple[int, bool, bool]]]) -> list[str]:
    """Minutes of every section; -1: never otherwise, -2: not by the horizon."""
    kept = {"open": run["opened_min"], "clean": run["kept"]["cleared_min"]}
    wrong = []
    for aspect, minutes in kept.items():
        for minute, (t, late, ever) in zip(minutes, reached[aspect], strict=True):
            found = NOT_BY_HORIZON if late else t / MINUTE_MS if ever else -1
            wrong += _differ(f"{aspect} minute", minute, found, 1.0 if found >= 0 else 0.0)
    return wrong


def _items(
    files: Files, name: str, run: Row, reached: Mapping[str, list[tuple[int, bool, bool]]]
) -> list[str]:
    """The last section of each class, its number, those left; so by class and zone."""
    wrong, since = [], since_ms(files, name, run)
    for item, time in run["kept"]["limits"].items():
        aspect, _, subject = item.partition("/")
        if aspect in BARE:
            own = [
                one for one, section in zip(reached[aspect], files.cleared, strict=True)
                if section["road_class"] == subject
            ]  # fmt: skip
            last, late, n = max(t for t, _, _ in own), sum(left for _, left, _ in own), len(own)
        elif aspect == "haul":
            last, late, n = _hauled(files, name, subject)
        else:
            last, late, n = _side(files, name, subject)
        wrong += _differ(f"{item} last", time["last_h"], (last - since) / HOUR_MS, 1e-6)
        wrong += _differ(f"{item} late", time["late"], late, 0)
        wrong += _differ(f"{item} n", time["n"], n, 0)
    for road_class, zone in {(one["road_class"], one["zone"]) for one in files.cleared}:
        for aspect, rows in reached.items():
            own = [
                one for one, section in zip(rows, files.cleared, strict=True)
                if (section["road_class"], section["zone"]) == (road_class, zone)
            ]  # fmt: skip
            key = f"{aspect}_last/{road_class}@{zone}"
            last = (max(t for t, _, _ in own) - since) / HOUR_MS
            wrong += _differ(key, run["values"][key], last, 6e-4)
            wrong += _differ(f"late {key}", run["late"].get(key, 0), sum(one[1] for one in own), 0)
    return wrong


def _hauled(files: Files, name: str, road_class: str) -> tuple[int, int, int]:
    """By the folder's own table of sections: on which a windrow stood."""
    rows = [
        row for row in files.frame(name, "sections.parquet")
        if row["road_class"] == road_class and row["haul_state"] not in (None, "not_needed")
    ]  # fmt: skip
    late = sum(row["hauled_ms"] is None for row in rows)
    last = max((row["hauled_ms"] or 0 for row in rows), default=0)
    return horizon_ms(files, name) if late else last, late, len(rows)


def _side(files: Files, name: str, part: str) -> tuple[int, int, int]:
    """Pavements or cycle lanes, from when they were clean for good."""
    own: dict[str, list[tuple[int, str]]] = defaultdict(list)
    query = "select * from t order by section, t_ms"
    for row in files.frame(name, "side_states.parquet", query):
        if row["part"] == part:
            own[row["section"]].append((row["t_ms"], row["state"]))
    found = [for_good(story, BARE["clean"], horizon_ms(files, name)) for story in own.values()]
    return max(t for t, _, _ in found), sum(left for _, left, _ in found), len(found)


def _means(
    files: Files, name: str, run: Row, reached: Mapping[str, list[tuple[int, bool, bool]]]
) -> list[str]:
    """Hours after snow until for good, the mean over m²; before the end of snow counts as 0."""
    since, wrong = since_ms(files, name, run), []
    areas = [one["length_m"] * one["width_m"] for one in files.cleared]
    for aspect, rows in reached.items():
        after = [max(0, t - since) * m2 for (t, _, _), m2 in zip(rows, areas, strict=True)]
        hours = math.fsum(after) / math.fsum(areas) / HOUR_MS
        wrong += _differ(
            f"mean {aspect}", run["kept"]["mean_h"][aspect], hours, 1e-5 * max(1, hours)
        )
    return wrong


def _curves(files: Files, run: Row, told: Mapping[str, Story]) -> list[str]:
    """Per mille of the carriageway that is open, and clean, at every half hour."""
    wrong, areas = [], [one["length_m"] * one["width_m"] for one in files.cleared]
    for curve, good in (("opened/all", BARE["open"]), ("clean/all", BARE["clean"])):
        for step, share in enumerate(run["curves"][curve]):
            t = step * 30 * MINUTE_MS
            now = [_at(told[one["id"]], t) in good for one in files.cleared]
            found = 1000 * sum(m2 for m2, so in zip(areas, now, strict=True) if so) / sum(areas)
            wrong += _differ(f"{curve} {step}", share, found, 1.0)
    return wrong


def _at(story: Story, t: int) -> str:
    return [state for since, state in story if since <= t][-1]


def _places(files: Files, name: str, run: Row) -> list[str]:
    """Hospitals and stations and the opened main network."""
    wrong = []
    for key, (joined, apart) in access_of_run(files, name).items():
        kept = run["kept"]["access"][key]
        wrong += _differ(f"{key} joined", kept["joined_min"], joined, 6e-4)
        wrong += _differ(f"{key} apart", kept["apart_min"], apart, 6e-4)
    return wrong


def _stores(files: Files, name: str, run: Row) -> list[str]:
    """De-icer left in depots and spread from them; snow brought to dump points."""
    wrong, left, out = [], {}, Counter[str]()
    for row in files.frame(name, "depots.parquet", "select * from t order by t_ms"):
        left[row["depot"]] = row["stock_g"]
        out[row["depot"]] += bool(row["stock_out"])
    for depot, kept in run["depots"].items():
        wrong += _differ(f"{depot} left", kept["left_t"], left[depot] / 1e6, 6e-4)
        wrong += _differ(f"{depot} stockouts", kept["stockouts"], out[depot], 0)
    spread = files.json(name, "ledger.json")["deicer"]["on_roads"] / 1e6
    wrong += _differ("spread", sum(one["spread_t"] for one in run["depots"].values()), spread, 0.01)
    dumped = files.rules_of("physics.toml")["piled_snow"]["dump"]["dumped_kg_m3"]
    for row in files.frame(name, "dumps.parquet"):
        m3 = row["received_g"] / dumped / 1000
        wrong += _differ(row["dump_point"], run["kept"]["dumps_m3"][row["dump_point"]], m3, 6e-4)
    loads = sum(row["loads"] for row in files.frame(name, "dumps.parquet"))
    return wrong + _differ("loads", run["kept"]["loads"], loads, 0)


def _peaks(files: Files, name: str, run: Row) -> list[str]:
    """The most machines of a kind in a zone that were busy at one time."""
    who = {
        row["machine"]: f"{row['kind']}@{row['zone']}"
        for row in files.frame(name, "machines.parquet")
    }
    for row in files.frame(name, "groups.parquet"):
        who[row["party"]] = f"{row['kind']}@{row['zone']}"
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in files.frame(name, "events.parquet"):
        kind = who.get(row["machine"] or "")
        if kind is None or row["kind"] not in BUSY | MOVING:
            continue
        party = kind.partition("@")[0] in ("loader", "blower", "truck")
        early = not party and row["kind"] != "load" and row["decided_ms"] is not None
        spans[row["machine"]].append(
            (row["decided_ms"] if early else row["start_ms"], row["end_ms"])
        )
    moves: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for machine, own in spans.items():
        for begin, end in together(own):
            moves[who[machine]] += [(begin, 1), (end, -1)]
    wrong = []
    for kind, most in run["kept"]["peak"].items():
        wrong += _differ(f"peak {kind}", most, _most(moves.get(kind, [])), 0)
    return wrong


def together(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of time of one machine, those that touch as one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(span for span in spans if span[1] > span[0]):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((begin, end))
    return found


def _most(moves: Iterable[tuple[int, int]]) -> int:
    now = most = 0
    for _, step in sorted(moves):
        now += step
        most = max(most, now)
    return most
