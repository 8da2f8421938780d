"""Snow that must be hauled in one even fall, found anew from the tables and the map."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import datetime, timedelta

from tests.oracles.readiness_ask import Ask
from tests.oracles.readiness_files import CLASSES, Files, Row

DAY_MIN = 1440


def must_haul(files: Files, name: str) -> float | None:
    """m³ as they would lie in the dumps; None where hauling is not called."""
    ask = Ask(files, name)
    if "hauling" not in ask.plan["groups"]:
        return None
    physics = files.rules_of("physics.toml")["piled_snow"]
    tonnes = 0.0
    for road_class in CLASSES:
        end = ask.limit_h(road_class, "haul")
        if end is None:
            continue
        shares = {zone: _shares(ask, zone, end) for zone in files.zones}
        for one in files.stretches:
            if one["road_class"] == road_class:
                tonnes += max(0.0, _tonnes(ask, one, shares[one["zone"]], physics))
    return round(1000 * tonnes / physics["dump"]["dumped_kg_m3"], 1)


def _tonnes(ask: Ask, one: Row, shares: dict[str, float], physics: Row) -> float:
    """One direction: the carriageway's snow and half of the sides', less what may stay."""
    rules = ask.files.plan["hauling"]
    above = max(0.0, ask.total - ask.files.plan["thresholds"]["clean_depth_mm"] * ask.density)
    treated = ask.treated(one) and _spreads(ask, one)
    carriageway = max(0.0, above - (ask.melted(ask.onset_h) if ask.treated(one) else 0.0))
    sides = sum(shares[owner] * m2 for owner, m2 in _sides(ask, one).items())
    fallen = carriageway * one["m2"] + above * sides / (1 if one["oneway"] else 2)
    verge = 0.0 if one.get("haul_required") else rules["verge_m3_m"][one["road_class"]]
    if treated and rules["treated"]["off_green"]:
        verge = 0.0
    stays = verge * physics["hauled_kg_m3"] + rules["windrow"]["left_kg_m"]
    return fallen / 1e6 - stays * one["length_m"] / 1000


def _spreads(ask: Ask, one: Row) -> bool:
    """A machine spreads, a dose melts, and it is no road of the rural squads."""
    spreads = any(ask.kinds[kind]["work"] == "spread" for _, kind in ask.fleet)
    rural = one not in ask.due
    return spreads and ask.melt > 0 and not rural


def _rural(ask: Ask, zone: str) -> bool:
    rows = ask.files.table("squads.csv")
    manned = any((r["zone"], r["group"]) == (zone, "rural") and int(r["squads"]) for r in rows)
    return manned and "rural" in ask.plan["groups"]


def _sides(ask: Ask, one: Row) -> dict[str, float]:
    """m² beside a section by who clears them."""
    wide = float(one.get("pavement_width_m") or 0.0)
    cycle = one.get("cycle_width_m")
    if cycle is None:
        cycle = ask.files.plan["hand"]["cycle_share"][one["road_class"]] * wide
    covered = 0.0
    if "frontage" in ask.plan["groups"]:
        rows = [row for row in ask.files.table("frontage.csv") if row["zone"] == one["zone"]]
        covered = float(rows[0]["coverage"]) if rows else 0.0
    own = "rural" if "fringe" in one["flags"] and _rural(ask, one["zone"]) else "clearing"
    owners = covered * (wide - cycle) * one["length_m"]
    return {"frontage": owners, own: wide * one["length_m"] - owners}


def _shares(ask: Ask, zone: str, end_h: float) -> dict[str, float]:
    """Of the sides of each owner, the share that is at the kerb by then."""
    m2: dict[str, float] = defaultdict(float)
    seen: set[str] = set()
    for one in ask.files.stretches:
        if one["zone"] == zone and one["id"] not in seen:
            seen.add(one["id"])
            for owner, area in _sides(ask, one).items():
                m2[owner] += area
    found = {
        group: min(1.0, _cleared_m2(ask, zone, group, end_h) / m2[group]) if m2[group] else 0.0
        for group in ("clearing", "rural")
    }
    rows = [row for row in ask.files.table("frontage.csv") if row["zone"] == zone]
    found["frontage"] = sum(
        float(row["compliance"]) * (1 - float(row["thrown_back"]))
        for row in rows
        if ask.stops_h + float(row["delay_h"]) <= end_h
    )
    return found


def _cleared_m2(ask: Ask, zone: str, group: str, end_h: float) -> float:
    """m² that the squads of a zone clear by then at full rate."""
    hand = ask.files.plan["hand"]
    rows = [
        row for row in ask.files.table("squads.csv") if (row["zone"], row["group"]) == (zone, group)
    ]
    if not rows or (group != "clearing" and group not in ask.plan["groups"]):
        return 0.0
    sizes = [int(row["workers"]) for row in rows]
    clean = ask.files.plan["thresholds"]["clean_depth_mm"] * ask.density
    begin = ask.begin_h
    if ask.total > clean:
        rest = clean - hand["residual_mm"] * ask.density
        first = ask.stops_h - (ask.stops_h - ask.onset_h) * min(1.0, rest / ask.total)
        largest = max(
            max(float(one.get("pavement_width_m") or 0.0) * one["length_m"], one["m2"])
            for one in ask.files.stretches
            if one["zone"] == zone
        )
        begin = max(begin, first - largest / (min(sizes) * hand["m2_h"]))
    squads = sum(int(row["squads"]) for row in rows)
    hours = _duty_h(ask, zone, group, squads, begin, end_h)
    return hours * max(sizes) * float(hand["m2_h"])


def _duty_h(ask: Ask, zone: str, group: str, squads: int, begin_h: float, end_h: float) -> float:
    """Hours of squads on duty, minute by minute of the clock."""
    groups = [
        (int(row["crews"]), row["start"], round(60 * float(row["length_h"])))
        for row in ask.files.table("crews.csv")
        if (row["zone"], row["kind"]) == (zone, group)
    ]
    start: datetime = ask.told["start"]
    total = 0
    for minute in range(math.floor(60 * begin_h + 1e-6), math.ceil(60 * end_h - 1e-6)):
        now = start + timedelta(minutes=minute)
        of_day = 60 * now.hour + now.minute
        here = 0
        for crews, begins, length in groups:
            hours, minutes = begins.split(":")
            since = (of_day - 60 * int(hours) - int(minutes)) % DAY_MIN
            here += crews * len(range(since, length, DAY_MIN))
        total += min(squads, here)
    return total / 60
