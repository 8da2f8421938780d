"""States of cycle lanes and pavements by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from snowplan.model.hands import Part
from snowplan.results.facts import AreaFacts, RunFacts
from snowplan.results.group_log import NOBODY, GroupLog
from snowplan.results.group_rows import group_rows
from snowplan.results.log import KIND, REASON
from snowplan.results.side_states import side_clean_frame, side_states_frame
from snowplan.results.tables import SIDE_STATES
from snowplan.simulation.handing_over import HandedOver
from snowplan.units import MS_PER_H, MS_PER_MIN

HERE = 2
DM2 = 10_000


def facts_with(toy_run: HandedOver, *parts: Part) -> RunFacts:
    """The toy town's facts with areas of 100 m² of these parts on one segment."""
    areas = AreaFacts((HERE,) * len(parts), tuple(map(int, parts)), (DM2,) * len(parts))
    return replace(toy_run.facts, areas=areas)


def story(facts: RunFacts, log: GroupLog) -> list[tuple[object, ...]]:
    """Rows without the section, which is always the same."""
    frame = side_states_frame(group_rows(log, facts.horizon_ms), facts)
    assert SIDE_STATES.faults(frame) == []
    section = facts.network.sections[facts.network.seg.section[HERE]].id
    assert set(frame["section"]) == {section}
    return [(row.part, row.t_ms, row.state) for row in frame.itertuples()]


def over_ms(facts: RunFacts, depth_mm: float, since_ms: int, from_mm: float = 0.0) -> int:
    """First whole ms at which snow that lay `from_mm` deep at `since_ms` is deeper than that.

    Nothing melts on contact in the toy town: the fall is that of the weather, spell by spell.
    """
    missing = (depth_mm - from_mm) * facts.sky.density * MS_PER_H  # µm/h · ms
    for spell, later in pairwise(facts.sky.spells):
        begin = max(spell.start_ms, since_ms)
        fall = spell.um_per_h * max(0, later.start_ms - begin)
        if fall > missing:
            return begin + math.floor(missing / spell.um_per_h) + 1
        missing -= fall
    raise AssertionError("it never lies so deep")


def test_snow_falls_on_a_cycle_lane_that_nobody_clears(toy_run: HandedOver) -> None:
    """Clean until 5 mm, open until 30 mm: the weather's own fall, spell by spell."""
    facts = facts_with(toy_run, Part.CYCLE_LANE)
    first = over_ms(facts, 5.0, 2 * MS_PER_H)
    second = over_ms(facts, 30.0, 2 * MS_PER_H)
    assert story(facts, GroupLog()) == [
        ("cycle_lane", 0, "clean"),
        ("cycle_lane", first, "open"),
        ("cycle_lane", second, "blocked"),
    ]


def test_a_pavement_is_clean_when_its_frontage_is_too(toy_run: HandedOver) -> None:
    """Both are soiled together; a squad does one at 3 h 30, owners the other ten minutes later.

    Then the pavement has the residual and ten minutes' fall on it, the frontage the residual: the
    pavement is over 5 mm first. Work that was cut short later changes nothing. 30 mm close it.
    """
    facts = facts_with(toy_run, Part.PAVEMENT, Part.FRONTAGE)
    rules = facts.scenario.plan.hand
    assert rules is not None
    early, late = 210 * MS_PER_MIN, 220 * MS_PER_MIN
    log = GroupLog()
    log.add(KIND["hand_clear"], 0, 0, 0, early, HERE, part=Part.PAVEMENT, amount_g=1)
    log.add(KIND["frontage_clear"], NOBODY, late, late, late, HERE, part=Part.FRONTAGE, amount_g=1)
    cut = late + MS_PER_H // 2
    end = REASON["shift_end"]
    log.add(KIND["hand_clear"], 0, late, late, cut, HERE, part=Part.PAVEMENT, reason=end)
    soiled = over_ms(facts, 5.0, 2 * MS_PER_H)
    assert soiled < early
    again = over_ms(facts, 5.0, early, rules.residual_mm)
    assert late < again
    blocked = over_ms(facts, 30.0, early, rules.residual_mm)
    assert story(facts, log) == [
        ("pavement", 0, "clean"),
        ("pavement", soiled, "open"),
        ("pavement", late, "clean"),
        ("pavement", again, "open"),
        ("pavement", blocked, "blocked"),
    ]


def test_less_than_the_residual_stays(toy_run: HandedOver) -> None:
    """Cleared when 1 mm lies there: that stays, and 4 mm more soil it, as if nobody had come."""
    facts = facts_with(toy_run, Part.CYCLE_LANE)
    soon = over_ms(facts, 1.0, 2 * MS_PER_H)
    log = GroupLog()
    log.add(KIND["hand_clear"], 0, 0, 0, soon, HERE, part=Part.CYCLE_LANE)
    rows = story(facts, log)
    untouched = over_ms(facts, 5.0, 2 * MS_PER_H)
    assert abs(int(str(rows[1][1])) - untouched) <= round(MS_PER_H / (DM2 / 100))  # whole grams


def test_without_areas_there_are_no_rows(toy_run: HandedOver) -> None:
    """A run of machines alone has an empty table with all its columns."""
    frame = side_states_frame(group_rows(GroupLog(), 1), facts_with(toy_run))
    assert len(frame) == 0
    assert SIDE_STATES.faults(frame) == []


def test_clean_area_counts_area_by_area(toy_run: HandedOver) -> None:
    """Two sides of a section, 100 m² of pavement and 100 m² of frontage each; one frontage cleared.

    All 400 m² are soiled at once; its owners give 100 m² back at 3 h 40, until 5 mm lie there anew.
    The section as a whole is not clean then.
    """
    facts = facts_with(toy_run, Part.PAVEMENT, Part.FRONTAGE)
    seg = facts.network.seg
    twin = next(k for k, s in enumerate(seg.section) if s == seg.section[HERE] and k != HERE)
    here, there = facts.areas, replace(facts.areas, segment=(twin, twin))
    both = AreaFacts(here.segment + there.segment, here.part * 2, here.dm2 * 2)
    facts = replace(facts, areas=both)
    rules = facts.scenario.plan.hand
    assert rules is not None
    at = 220 * MS_PER_MIN
    log = GroupLog()
    log.add(KIND["frontage_clear"], NOBODY, at, at, at, HERE, part=Part.FRONTAGE, amount_g=1)
    frame = side_clean_frame(group_rows(log, facts.horizon_ms), facts)
    assert set(frame["part"]) == {"pavement"}
    found = frame.groupby("t_ms")["change_dm2"].sum().cumsum()
    soiled, again = over_ms(facts, 5.0, 2 * MS_PER_H), over_ms(facts, 5.0, at, rules.residual_mm)
    assert found.to_dict() == {0: 4 * DM2, soiled: 0, at: DM2, again: 0}
    states = story(facts, log)
    assert [row[1:] for row in states[:2]] == [(0, "clean"), (soiled, "open")]
    assert "clean" not in {row[2] for row in states[1:]}


def test_clean_areas_and_clean_sections_agree(toy_run: HandedOver) -> None:
    """With one area on a section both tables tell the same spells."""
    facts = facts_with(toy_run, Part.CYCLE_LANE)
    log = GroupLog()
    at = 210 * MS_PER_MIN
    log.add(KIND["hand_clear"], 0, 0, 0, at, HERE, part=Part.CYCLE_LANE, amount_g=1)
    turns = [row[1] for row in story(facts, log) if row[2] == "clean" or row[2] == "open"]
    frame = side_clean_frame(group_rows(log, facts.horizon_ms), facts)
    assert frame["t_ms"].tolist() == turns
    assert frame["change_dm2"].tolist() == [DM2, -DM2, DM2, -DM2]
