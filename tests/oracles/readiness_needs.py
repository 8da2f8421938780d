"""Machines that one round of a zone's work takes at least, for one even fall of cold snow."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.oracles.readiness_ask import Ask
from tests.oracles.readiness_files import CLASSES, Files, Row

Needs = dict[str, int | None]


class Task(NamedTuple):
    """Work to be done by an hour of the scenario; by kind, its amount an hour and from when."""

    amount: float
    end_h: float
    rates: dict[str, float]
    begins_h: dict[str, float]


def kph(kind: Mapping[str, str], road_class: str) -> float:
    """Full working speed."""
    return float(kind["local_kph" if road_class in CLASSES[3:] else "main_kph"])


def runs(kind: Mapping[str, str], strip_m: float) -> int:
    """Runs over a strip."""
    return max(1, math.ceil(round(strip_m / float(kind["width_m"]), 6)))


def clearing(ask: Ask, zone: str, word: str) -> list[tuple[set[str], list[Task]]]:
    """Rounds of opening (whoever does it) or of clearing (each work by itself)."""
    opening, marks = word == "open", ask.files.plan["thresholds"]
    most = marks["passable_depth_mm" if opening else "clean_depth_mm"]
    rounds = []
    for work in ["both"] if opening else sorted(ask.works):
        kinds = [k for k in ask.kinds.values() if work in ("both", k["work"])]
        tasks = []
        for road_class in CLASSES:
            task = _task(ask, zone, road_class, word, float(most), kinds)
            tasks += [task] if task else []
        asked = set() if opening else {kind["kind"] for kind in kinds}
        rounds.append((asked, tasks))
    return rounds


def able(ask: Ask, road_class: str, most_mm: float) -> list[Row]:
    """Kinds of the city that with one pass leave no more than that."""
    left = "rough_residual_mm" if road_class in CLASSES[3:] else "residual_mm"
    present = {kind for _, kind in ask.fleet}
    return [
        kind for kind in ask.kinds.values()
        if kind["kind"] in present and kind["work"] in ask.works
        and road_class in kind["classes"].split() and float(kind[left]) <= most_mm
    ]  # fmt: skip


def _task(
    ask: Ask, zone: str, road_class: str, word: str, most_mm: float, kinds: Iterable[Row]
) -> Task | None:
    """One class of a zone."""
    can = able(ask, road_class, most_mm)
    opening = word == "open"
    own = [one for one in ask.due if (one["zone"], one["road_class"]) == (zone, road_class)]
    looks = (
        {
            treated: _first_look(ask, road_class, most_mm, can, treated, opening)
            for treated in (True, False)
        }
        if can
        else {}
    )
    own = [one for one in own if looks.get(ask.treated(one)) is not None]
    end = ask.limit_h(road_class, word)
    fit = [
        k for k in kinds
        if (k in can if opening else road_class in k["classes"].split())
    ]  # fmt: skip
    if not own or end is None or not fit:
        return None
    strips = [one["strip_m"] for one in ask.files.stretches if one["road_class"] == road_class]
    first = min(look for one in own if (look := looks[ask.treated(one)]) is not None)
    longest = max(one["length_m"] for one in own)
    rates, begins = {}, {}
    for kind in fit:
        metres = 1000 * kph(kind, road_class)
        width = 1 / runs(kind, min(strips)) if opening else float(kind["width_m"])
        rates[kind["kind"]] = metres * width
        passing = longest / metres * runs(kind, max(strips))
        begins[kind["kind"]] = max(ask.begin_h, first - passing)
    amount = sum(one["length_m"] if opening else one["m2"] for one in own)
    return Task(amount, end, rates, begins)


def _first_look(
    ask: Ask, road_class: str, most_mm: float, can: list[Row], treated: bool, opening: bool
) -> float | None:
    """The first minute from which one pass is enough; None where none is needed."""
    left = "rough_residual_mm" if road_class in CLASSES[3:] else "residual_mm"
    most = most_mm * ask.density
    if opening:  # what traffic packs may lie as high as a ridge
        packed = ask.files.rules_of("physics.toml")["packed_snow"]["density_kg_m3"]
        most += ask.files.plan["thresholds"]["packed_ridge_mm"] * packed
    rest = min(float(kind[left]) for kind in can) * ask.density
    if ask.total - (ask.melted(ask.onset_h) if treated else 0.0) <= most:
        return None
    for minute in range(round(60 * (ask.stops_h - ask.onset_h))):
        now = ask.onset_h + minute / 60
        since = ask.total * (ask.stops_h - now) / (ask.stops_h - ask.onset_h)
        if since - (ask.melted(now) if treated else 0.0) <= most - rest:
            return now
    return ask.stops_h


def spreading(ask: Ask, zone: str) -> tuple[set[str], list[Task]]:
    """One treatment within the plan's interval."""
    if not ask.melt:
        return set(), []
    kinds = [kind for kind in ask.kinds.values() if kind["work"] == "spread"]
    tasks = []
    for road_class in CLASSES:
        own = [
            one["m2"]
            for one in ask.due
            if (one["zone"], one["road_class"]) == (zone, road_class) and ask.treated(one)
        ]
        rates = {
            k["kind"]: 1000 * kph(k, road_class) * float(k["width_m"])
            for k in kinds if road_class in k["classes"].split()
        }  # fmt: skip
        if own:
            every = ask.files.plan["doses"]["repeat_after_h"]
            tasks.append(Task(sum(own), every, rates, dict.fromkeys(rates, 0.0)))
    return {kind["kind"] for kind in kinds}, tasks


def hauling(ask: Ask, zone: str) -> tuple[set[str], list[Task]]:
    """Loading what must be hauled, a truck always in line."""
    trucks = ask.files.table("trucks.csv")
    if "hauling" not in ask.plan["groups"] or not trucks:
        return set(), []
    rules = ask.files.plan["hauling"]
    hauled = ask.files.rules_of("physics.toml")["piled_snow"]["hauled_kg_m3"]
    volume = max(float(truck["volume_m3"]) for truck in trucks)
    kinds = [k for k in ask.kinds.values() if k["work"] == "load_snow" and float(k["load_m3_h"])]
    rates = {
        k["kind"]: volume / (volume / float(k["load_m3_h"]) + rules["spot"]["spot_min"] / 60)
        for k in kinds
    }
    begin = ask.begin_h if ask.files.plan["phrases"]["haul_while_clearing"]["on"] else ask.stops_h
    above = max(0.0, ask.total - ask.files.plan["thresholds"]["clean_depth_mm"] * ask.density)
    m3: dict[str, float] = defaultdict(float)
    for one in ask.files.stretches:
        melted = ask.melted(ask.onset_h) if ask.treated(one) else 0.0
        verge = 0.0 if one.get("haul_required") else rules["verge_m3_m"][one["road_class"]]
        stays = verge + rules["windrow"]["left_kg_m"] / hauled
        own = max(0.0, above - melted) * one["m2"] / hauled / 1000 - stays * one["length_m"]
        if one["zone"] == zone and own > 0:
            m3[one["road_class"]] += own
    tasks = []
    for road_class, amount in m3.items():
        end = ask.limit_h(road_class, "haul")
        if end is not None:
            tasks.append(Task(amount, end, rates, dict.fromkeys(rates, begin)))
    return set(rates), tasks


def needed(files: Files, name: str) -> dict[str, Needs]:
    """By zone and kind: of all rounds and deadlines the one that asks for most."""
    ask = Ask(files, name)
    found: dict[str, Needs] = {}
    for zone in files.zones:
        own: Needs = dict.fromkeys(ask.kinds)
        rounds = [*clearing(ask, zone, "open"), *clearing(ask, zone, "clear")]
        for asked, tasks in [*rounds, spreading(ask, zone), hauling(ask, zone)]:
            for kind, count in _counts(ask, zone, asked, tasks).items():
                own[kind] = max(own[kind] or 0, count)
        found[zone] = own
    return found


def _counts(ask: Ask, zone: str, asked: Iterable[str], tasks: list[Task]) -> dict[str, int]:
    """Machines by kind: work until each deadline, shared by what the zone's can do in an hour."""
    counts = dict.fromkeys(asked, 0) | {kind: 0 for task in tasks for kind in task.rates}
    for end in {task.end_h for task in tasks}:
        hours: dict[str, float] = defaultdict(float)
        begins: dict[str, float] = {}
        for task in (task for task in tasks if task.end_h <= end):
            there = {kind: ask.fleet.get((zone, kind), 0) for kind in task.rates}
            if not any(there.values()):
                here = {kind for _, kind in ask.fleet}
                there[min(there, key=lambda kind: kind not in here)] = 1
            pace = sum(count * task.rates[kind] for kind, count in there.items())
            for kind, count in there.items():
                if count:
                    hours[kind] += task.amount * count / pace
                    begins[kind] = min(begins.get(kind, end), task.begins_h[kind])
        for kind, work in hours.items():
            counts[kind] = max(counts[kind], math.ceil(work / (end - begins[kind]) - 1e-7))
    return counts
