"""What held every section of a run back, against a judge that shares no code with it."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache

import pandas as pd
import pytest

from snowplan.analysis.held_parts import PARTS, held_parts, section_parts, tells_due
from snowplan.experiments.one_run import Concluded
from tests.oracles.held import HeldJudge, Parts
from tests.oracles.runs import run_of, run_scenario_whole
from tests.simulation.random_groups import random_groups

TOWNS = int(os.environ.get("SNOWPLAN_TOWNS", "12"))  # `make campaign` asks for more
COLUMNS = ("section", "clear_state", "cleared_ms")


def parts_of(run: Concluded) -> dict[str, Parts]:
    """(start, end, part) by section, as the program tells them."""
    record = run.record
    found: dict[str, Parts] = {}
    rows = held_parts(record.states, record.events, run.facts.horizon_ms)
    for section, *piece in rows.itertuples(index=False):
        found.setdefault(section, []).append(tuple(piece))
    return found


def judged(run: Concluded, step: int = 1) -> dict[str, Parts]:
    """The same of every `step`-th section by the judge; always clean ones have nothing."""
    judge = HeldJudge(run.record.states, run.record.events, run.facts.horizon_ms)
    found = {section: judge.parts(section) for section in list(judge.states)[::step]}
    return {section: parts for section, parts in found.items() if parts}


def faults_of_sums(run: Concluded, found: dict[str, Parts]) -> list[str]:
    """Sections whose parts do not follow each other from 0 to the instant when they were clean."""
    faults: list[str] = []
    columns = (run.outcome.sections[name].tolist() for name in COLUMNS)
    for section, state, cleared_ms in zip(*columns, strict=True):
        if state is None:
            continue
        until = run.facts.horizon_ms if pd.isna(cleared_ms) else int(cleared_ms)
        pieces = found.get(section, [])
        ends = [0, *(end for _, end, _ in pieces)]
        if [begin for begin, _, _ in pieces] != ends[:-1] or ends[-1] != until:
            faults.append(section)
    return faults


@cache
def town(seed: int) -> Concluded:
    """A random town's run."""
    return run_scenario_whole(random_groups(seed))


@pytest.mark.parametrize("sets", [(), ("snow.initial_mm_we=2",)])
def test_the_toy_town_is_told_as_judged(sets: tuple[str, ...]) -> None:
    """Every part of every section of the toy town, to the millisecond, is that of the judge."""
    run = run_of("toy_town", *sets)
    found = parts_of(run)
    assert found == judged(run)
    assert faults_of_sums(run, found) == []


@pytest.mark.slow
def test_random_towns_are_told_as_judged() -> None:
    """Towns with every group at work, squads on carriageways and failures: parts as judged."""
    for seed in range(TOWNS):
        found = parts_of(town(seed))
        assert (seed, found) == (seed, judged(town(seed)))
        assert (seed, faults_of_sums(town(seed), found)) == (seed, [])


@pytest.mark.slow
def test_most_parts_occur_in_random_towns() -> None:
    """A comparison of parts that never occur proves nothing: nearly all are seen."""
    seen: Counter[str] = Counter()
    for seed in range(TOWNS):
        for parts in parts_of(town(seed)).values():
            seen.update(part for _, _, part in parts)
    assert set(seen) <= set(PARTS)
    rare = {"waiting:stock", "waiting:bay", "waiting:shift", "waiting:team", "melting"}
    assert set(PARTS) - set(seen) <= rare


@pytest.mark.slow
def test_heavy_snow_on_pingcheng_is_told_as_judged() -> None:
    """Every section's parts add up to its clearing time; parts are as judged.

    The judge is slow: the gate asks it for every sixth section, `make campaign` for all.
    """
    run, step = run_of("heavy"), 1 if "SNOWPLAN_TOWNS" in os.environ else 6
    found = parts_of(run)
    assert faults_of_sums(run, found) == []
    wanted = judged(run, step)
    assert len(wanted) >= 300
    assert {section: found[section] for section in wanted} == wanted


def test_one_section_is_told_as_among_all() -> None:
    """The parts of one section asked for alone are those of the whole table."""
    run = run_of("toy_town")
    record, horizon = run.record, run.facts.horizon_ms
    for section, parts in parts_of(run).items():
        alone = section_parts(section, record.states, record.events, horizon)
        assert [tuple(piece) for piece in alone] == parts


def test_a_section_without_states_has_no_parts() -> None:
    """Another operator's section has no states: nothing is told of it."""
    run = run_of("toy_town")
    states, events = run.record.states, run.record.events
    assert section_parts("the-expressway-01", states, events, run.facts.horizon_ms) == []


def test_events_without_due_instants_are_refused() -> None:
    """Runs of earlier versions have no due instants: that is said, not guessed."""
    run = run_of("toy_town")
    events = run.record.events
    old = events[events["kind"] != "unserved"].copy()
    old["due_ms"] = pd.array([pd.NA] * len(old), dtype="Int64")
    assert tells_due(events)
    assert not tells_due(old)
    with pytest.raises(ValueError, match="no due_ms"):
        held_parts(run.record.states, old, run.facts.horizon_ms)
