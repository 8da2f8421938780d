"""Random towns with every group at work: no rule of docs/model.md is broken in any of them."""

from __future__ import annotations

import math
import os
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from snowplan.model.hands import Part
from snowplan.model.network import build_network
from snowplan.simulation.handing_over import run_scenario
from tests.oracles.court import Court
from tests.oracles.evidence import LOADING, evidence_of
from tests.oracles.frames import states_faults
from tests.oracles.hands import HandJudge
from tests.oracles.owners import stops_of
from tests.simulation.random_groups import random_groups

TOWNS = int(os.environ.get("SNOWPLAN_TOWNS", "200"))  # `make campaign` asks for more
BLOCK = 25


@cache
def judged(block: int) -> tuple[list[str], Counter[str], list[tuple[int, float, float]]]:
    """Of one block of towns: faults, what happened, and frontage areas that were done.

    The last is (areas, expected number done, variance) with one entry a town and the number done
    counted as `complied`.
    """
    faults: list[str] = []
    happened: Counter[str] = Counter()
    owed: list[tuple[int, float, float]] = []
    for seed in range(block, min(block + BLOCK, TOWNS)):
        scenario = random_groups(seed)
        handed = run_scenario(scenario, build_network(scenario.road_map))
        court = Court(evidence_of(handed))
        found = [*court.faults(), *states_faults(handed, court)]
        faults += [f"town {seed}: {fault}" for fault in found]
        happened += happenings(court)
        owed += frontage_owed(court)
    return faults, happened, owed


def happenings(court: Court) -> Counter[str]:
    """What the logs of a run hold, by kind, reason, part of a road and group."""
    e = court.evidence
    found = Counter(f"{row.kind} {row.reason}".strip() for row in e.rows)
    for row in e.rows:
        if row.kind == "hand_clear" and not row.undone:
            found[f"{e.party(row.party).group} {Part(row.part).key}"] += 1
    for load in court.carried.loads:
        treated = court.kerbs.kerbs[load.row.place].treated_from < load.row.start
        found["treated load" if treated else "other load"] += 1
    regimes = court.judge.regimes
    found["groups change"] += any(a.groups != b.groups for a, b in pairwise(regimes))
    found["second stop"] += len(stops_of(regimes)) > 1
    hands = HandJudge(e, court.judge, court.sides)
    found["owners act again"] += any(len(acts) > 1 for acts in hands.acts.values())
    zone = [e.facts.network.sections[s].duty.zone for s in e.facts.network.seg.section]
    found["loader helps"] += any(
        zone[v.place] != e.party(k).zone for k in e.parties(*LOADING) for v in e.visits[k]
    )
    steps = court.kerbs.steps()
    found["hauled"] += sum(w == "hauled" for w in court.replay.states(steps)["state"])
    return found


def frontage_owed(court: Court) -> list[tuple[int, float, float]]:
    """(done, expected, variance) of frontage areas with something to clear, zone by zone."""
    e = court.evidence
    hands = HandJudge(e, court.judge, court.sides)
    found = []
    done_at = {(r.place, r.part, r.end) for r in e.rows if r.kind == "frontage_clear"}
    for f in e.scenario.resources.frontage:
        at = next(iter(hands.acts[f.zone]), e.horizon)
        owed = [
            area
            for area in e.areas
            if area[1] == Part.FRONTAGE
            and hands.section(area[0]).duty.zone == f.zone
            and at < e.horizon
            and court.sides.to_take(area, at)
            and not hands.at_work(area, at)
        ]
        done = sum((*area, at) in done_at for area in owed)
        n, p = len(owed), f.compliance
        found.append((done, n * p, n * p * (1 - p)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("block", range(0, TOWNS, BLOCK))
def test_no_rule_is_broken(block: int) -> None:
    """Places, shifts, capacities, treated snow, order, hand work, balance, states: no violation."""
    assert judged(block)[0] == []


@pytest.mark.slow
def test_everything_happens_somewhere() -> None:
    """Rules about what never happens prove nothing: each thing that is judged is seen often."""
    happened: Counter[str] = sum((judged(b)[1] for b in range(0, TOWNS, BLOCK)), Counter())
    wanted = (
        "travel", "load_snow", "haul", "unload", "wait truck", "wait loader", "wait gate",
        "wait dump", "wait clearing", "wait called_off", "wait crew", "wait night", "wait work",
        "refuse dump", "breakdown", "repair", "frontage_clear", "frontage_clear thrown_back",
        "hand_clear shift_end", "clearing cycle_lane", "clearing pavement", "clearing frontage",
        "rural carriageway", "rural pavement", "office pavement", "office frontage",
        "treated load", "other load", "hauled", "groups change", "second stop", "owners act again",
        "loader helps",
    )  # fmt: skip
    assert {what: happened[what] for what in wanted if happened[what] < 10} == {}


@pytest.mark.slow
def test_owners_comply_as_often_as_their_zone_does() -> None:
    """Draws of compliance are independent: the number done lies within 4 sigma of its mean."""
    owed = [zone for b in range(0, TOWNS // 2, BLOCK) for zone in judged(b)[2]]
    done, mean, variance = (sum(column) for column in zip(*owed, strict=True))
    assert variance > 50
    assert abs(done - mean) < 4 * math.sqrt(variance)
