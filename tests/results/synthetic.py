"""A made-up night on a made-up grid: frames in the shape that the engine gives."""

from __future__ import annotations

import random
from datetime import datetime

import pandas as pd

from snowplan.clock import Clock
from snowplan.results.tables import DEPOTS, EVENTS, MACHINES
from snowplan.units import MS_PER_H, MS_PER_MIN

CLOCK = Clock(datetime(2026, 1, 16, 17, 0))  # noqa: DTZ001 - a scenario's start is a local time
HORIZON_MS = 36 * MS_PER_H
ZONES = ("centre", "east", "north", "south", "west")
KINDS = ("plough", "roller_brush", "spreader", "grader", "loader")


def grid_roads(side: int) -> pd.DataFrame:
    """A grid of `side` × `side` junctions; every fourth street is main, every other branch."""
    rows = []
    for i in range(side):
        for j in range(side):
            for di, dj in ((0, 1), (1, 0)):
                if i + di < side and j + dj < side:
                    rows.append(_section(i, j, di, dj, side))
    return pd.DataFrame(rows)


def _section(i: int, j: int, di: int, dj: int, side: int) -> dict[str, object]:
    street = i if dj else j
    road_class = ("main", "branch", "secondary", "branch")[street % 4]
    here, there = (
        (113.25 + j * 0.005, 40.05 + i * 0.004),
        (
            113.25 + (j + dj) * 0.005,
            40.05 + (i + di) * 0.004,
        ),
    )
    zone = ZONES[min(4, 5 * i // side)]
    return {
        "section": f"s-{i:03d}-{j:03d}-{'e' if dj else 'n'}",
        "road": f"{'东西' if dj else '南北'}{street}街",
        "road_class": "expressway" if street == side - 1 else road_class,
        "zone": zone,
        "length_m": 430.5,
        "area_m2": 430.5 * (24.0 if road_class == "main" else 9.0),
        "operator": "province" if street == side - 1 else "centre",
        "start_junction": f"j-{i}-{j}",
        "end_junction": f"j-{i + di}-{j + dj}",
        "line": (here, there),
    }


def random_states(roads: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Crossings at random instants; main roads come back first, some never."""
    draw = random.Random(seed)
    rows: list[tuple[str, int, str]] = []
    pace = {"expressway": 9.0, "main": 12.0, "secondary": 17.0, "branch": 24.0}
    for section, road_class in sorted(zip(roads["section"], roads["road_class"], strict=True)):
        if draw.random() < 0.03:
            rows.append((section, 0, "clean"))
            continue
        at = draw.randrange(1, 5 * MS_PER_H)
        opened = at + int(pace[road_class] * MS_PER_H * draw.uniform(0.3, 1.1))
        story = [(0, "clean"), (at, "open"), (at + 40 * MS_PER_MIN, "blocked"), (opened, "open")]
        if draw.random() < 0.4:
            story += [(opened + 55 * MS_PER_MIN, "blocked"), (opened + 90 * MS_PER_MIN, "open")]
        story.append((story[-1][0] + int(MS_PER_H * draw.uniform(0.2, 6)), "clean"))
        rows += [(section, t, state) for t, state in story if t < HORIZON_MS]
    return pd.DataFrame(rows, columns=["section", "t_ms", "state"])


def machine_frame(count: int = 140) -> pd.DataFrame:
    """Machines of all kinds, none of which has done anything."""
    rows = []
    for number in range(count):
        kind = KINDS[number * len(KINDS) // count]
        zone = ZONES[number % 5]
        rows.append(
            {"machine": f"{kind}-{number:03d}", "kind": kind, "depot": f"{zone}-1", "zone": zone}
        )
    frame = pd.DataFrame(rows)
    for column in MACHINES.columns[4:]:
        frame[column.name] = 0.0 if column.dtype == "float64" else 0
    frame["off_ms"] = HORIZON_MS
    return frame


def event_frame(machines: pd.DataFrame, seed: int) -> pd.DataFrame:
    """A night of trips, passes, loads, waits and a few failures."""
    draw = random.Random(seed)
    works = {
        "plough": "plough",
        "roller_brush": "sweep",
        "spreader": "spread",
        "grader": "grade_packed",
    }
    rows: list[dict[str, object]] = []
    for machine, kind, depot in zip(
        machines["machine"], machines["kind"], machines["depot"], strict=True
    ):
        at = draw.randrange(2 * MS_PER_H, 4 * MS_PER_H)
        while kind in works and at < HORIZON_MS - 3 * MS_PER_H:
            for name, minutes in (("travel", 9), (works[kind], 45), ("wait", 12), ("load", 10)):
                if name == "load" and kind != "spreader":
                    continue
                length = int(minutes * MS_PER_MIN * draw.uniform(0.5, 2.5))
                if draw.random() < 0.01:
                    name, length = "repair", 2 * length
                rows.append(
                    {
                        "kind": name,
                        "decided_ms": None if name == "repair" else at,
                        "start_ms": at,
                        "end_ms": at + length,
                        "machine": machine,
                        "depot": depot if name == "load" else None,
                        "reason": "crew" if name == "wait" else None,
                        "distance_m": 850.25,
                        "unfinished": False,
                    }
                )
                at += length
    rows.sort(key=lambda row: (row["start_ms"], row["kind"], row["machine"]))
    frame = pd.DataFrame(rows)
    frame.insert(0, "event_id", range(len(frame)))
    return EVENTS.shaped(frame.reindex(columns=EVENTS.names))


def depot_frame(seed: int) -> pd.DataFrame:
    """Five depots whose stock runs down; the last one runs out."""
    draw = random.Random(seed)
    rows = []
    for number, zone in enumerate(ZONES):
        at, stock = 0, (60 - 10 * number) * 1_000_000
        name = f"{zone}-1"
        rows.append((name, zone, "nacl", at, stock, None, 0, 0, False))
        while at < 30 * MS_PER_H:
            at += draw.randrange(10 * MS_PER_MIN, 90 * MS_PER_MIN)
            load = min(stock, 1_000_000)
            stock -= load
            rows.append((name, zone, "nacl", at, stock, "spreader-060", load, 0, load == 0))
            if load == 0:
                break
    return DEPOTS.shaped(pd.DataFrame(rows, columns=DEPOTS.names))
