"""Windrows by hand: what is pushed, less what the verge takes, less what is loaded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.hands import Part
from snowplan.results.facts import FIRST_MACHINE, PartyFacts, RunFacts
from snowplan.results.group_log import NOBODY, GroupLog
from snowplan.results.group_rows import group_rows
from snowplan.results.log import KIND, REASON, EventLog
from snowplan.results.rows import log_rows
from snowplan.results.states import states_frame
from snowplan.results.windrows import Windrows, standing_turns, windrow_frame, windrows_of
from snowplan.simulation.handing_over import HandedOver

KERB, OTHER = 2, 3
TRUCK = PartyFacts("truck-1", "truck", "hauling", "centre", 1, ())


def facts_with(
    toy_run: HandedOver, verge_g: int, left_kg_m: float, off_green: bool = True
) -> RunFacts:
    """The toy town's facts with one truck, and a verge of so many grams everywhere."""
    facts = toy_run.facts
    rules = facts.scenario.plan.haul
    assert rules is not None
    haul = replace(rules, left_kg_m=left_kg_m, treated_off_green=off_green)
    scenario = replace(facts.scenario, plan=replace(facts.scenario.plan, haul=haul))
    verges = (verge_g,) * len(facts.network.seg.section)
    return replace(facts, scenario=scenario, parties=(TRUCK,), verge_g=verges)


def night() -> tuple[EventLog, GroupLog]:
    """100 kg ploughed at 1 s, de-icer at 2 s, 50 kg at 3 s, 30 kg by owners less 4 kg thrown back.

    80 kg are loaded at 5 s; a pass that broke off and a load cut by the shift change nothing.
    """
    log, groups = EventLog(), GroupLog()
    plough = FIRST_MACHINE
    log.add(KIND["plough"], plough, 0, 0, 1_000, KERB, 0, 1, amount_g=100_000)
    log.add(KIND["spread"], plough, 1_000, 1_000, 2_000, KERB, 0, 1, amount_g=9)
    log.add(KIND["sweep"], plough, 2_000, 2_000, 3_000, KERB, 0, 1, amount_g=50_000)
    broken = REASON["breakdown"]
    log.add(KIND["sweep"], plough, 3_000, 3_000, 3_500, KERB, 0, 1, amount_g=7, reason=broken)
    front = (NOBODY, 4_000, 4_000, 4_000)
    groups.add(KIND["frontage_clear"], *front, KERB, part=Part.FRONTAGE, amount_g=30_000)
    groups.add(
        KIND["frontage_clear"], *front, OTHER, part=Part.CARRIAGEWAY, amount_g=4_000,
        reason=REASON["thrown_back"],
    )  # fmt: skip
    groups.add(KIND["load_snow"], 0, 4_000, 4_000, 5_000, KERB, amount_g=80_000)
    groups.add(KIND["load_snow"], 0, 5_000, 5_000, 6_000, KERB, reason=REASON["shift_end"])
    return log, groups


def found(facts: RunFacts) -> Windrows:
    """The windrows of that night."""
    log, groups = night()
    return windrows_of(log_rows(log), group_rows(groups, facts.horizon_ms), facts)


@pytest.mark.parametrize(
    ("verge_kg", "off_green", "standing_kg"),
    [
        (0, True, [100, 100, 150, 176, 96]),
        (120, False, [0, 0, 30, 56, -24]),
        (120, True, [0, 0, 50, 76, -4]),  # from 2 s on the verge holds its 100 kg and no more
        (60, True, [40, 40, 90, 116, 36]),
    ],
)
def test_a_kerb_by_hand(
    toy_run: HandedOver, verge_kg: int, off_green: bool, standing_kg: list[int]
) -> None:
    """pushed 100, 100, 150, 176, 176; loaded 80 at the end; less what the verge takes by then."""
    windrows = found(facts_with(toy_run, verge_kg * 1_000, 0.0, off_green))
    assert windrows.t_ms.tolist() == [1_000, 2_000, 3_000, 4_000, 5_000]
    assert set(windrows.segment.tolist()) == {KERB}
    assert windrows.standing_g.tolist() == [kg * 1_000 for kg in standing_kg]


def test_when_it_stands_and_when_it_is_gone(toy_run: HandedOver) -> None:
    """With 96 kg that may stay on the segment it stands from 1 s to 5 s, for the first time at 1 s.

    The changes of the frame add up to what stands in the end.
    """
    length_m = toy_run.facts.network.seg.length_mm[KERB] / 1_000
    facts = facts_with(toy_run, 0, 96 / length_m)
    windrows = found(facts)
    section = facts.network.seg.section[KERB]
    turns, ever = standing_turns(windrows, facts)
    assert [column.tolist() for column in turns] == [[section] * 2, [1_000, 5_000], [1, -1]]
    assert [column.tolist() for column in ever] == [[section], [1_000], [1]]
    frame = windrow_frame(windrows, facts)
    assert frame["change_g"].sum() == 96_000
    assert frame["stands"].tolist() == [True, True, True, True, False]


def test_nobody_hauls_without_trucks(toy_run: HandedOver) -> None:
    """No truck: nothing is said of windrows, and no section is hauled."""
    facts = replace(facts_with(toy_run, 0, 0.0), parties=())
    assert len(found(facts).segment) == 0
    states = states_frame(EventLog(), facts, windrows=found(facts))
    assert "hauled" not in set(states["state"])
