"""From when the strips of a pass were due, as events tell it, against the replayed snow."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest

from snowplan.experiments.one_run import Concluded
from tests.oracles.court import Court
from tests.oracles.dues import MECHANICAL, Claim, StripDues
from tests.oracles.evidence import evidence_of
from tests.oracles.runs import run_of, run_scenario_whole
from tests.simulation.random_groups import random_groups

TOWNS = int(os.environ.get("SNOWPLAN_TOWNS", "10"))  # `make campaign` asks for more
KINDS = ("plough", "sweep", "spread")


def since(spells: Iterable[tuple[int, int]], t: int, last: int) -> int | None:
    """From when, without a break, something was due at `t`: not before the last such pass.

    What falls due at the instant of the decision counts, rounding to the next ms forgiven.
    """
    begin: int | None = None
    for a, b in sorted(spells, reverse=True):
        if begin is None:
            begin = a if a - 1 <= t <= b else None
        elif b >= begin:
            begin = min(begin, a)
    return None if begin is None else max(begin, last)


def due_since(kind: str, strip: StripDues, claims: Iterable[Claim], s: int, t: int) -> list[int]:
    """From when a strip was due for a pass of this kind, by whichever rule."""
    alike = ("spread",) if kind == "spread" else MECHANICAL
    ends = (c.end for c in claims if c.finished and s in c.strips and c.kind in alike)
    last = max((end for end in ends if end <= t), default=0)
    rules = {"plough": [strip.lead], "sweep": [strip.lead, strip.follow], "spread": [strip.spread]}
    found = (since(spells, t, last) for spells in rules[kind])
    return [t_ms for t_ms in found if t_ms is not None]


def faults(run: Concluded) -> list[str]:
    """Passes whose due instant is not that of the first of their strips, to a millisecond.

    Doses after a second fall of snow are left out: the board holds the first onset for them.
    """
    judge = Court(evidence_of(run.handed)).judge
    stopped = min((r.begin for r in judge.regimes if r.stopped), default=run.facts.horizon_ms)
    events = run.record.events
    rows = events[events["due_ms"].notna() & events["kind"].isin(KINDS)]
    found = []
    for row in rows.astype({"due_ms": "int64", "decided_ms": "int64"}).to_dict("records"):
        where, t = (row["section"], row["direction"]), row["decided_ms"]
        if row["kind"] == "spread" and t >= stopped:
            continue
        strips, claims = judge.all_dues(where), judge.claims.get(where, [])
        dues = [
            due
            for s in range(row["strip_from"], row["strip_to"] + 1)
            for due in due_since(row["kind"], strips[s], claims, s, t)
        ]
        if not dues or abs(min(dues) - row["due_ms"]) > 1:
            found.append(f"{row['kind']} {where} at {t}: {row['due_ms']}, expected {dues}")
    return found


def test_the_toy_town_tells_when_its_passes_fell_due() -> None:
    """By the replayed snow each strip was due from the instant that the event tells."""
    run = run_of("toy_town")
    assert run.record.events["due_ms"].notna().sum() > 20
    assert faults(run) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(TOWNS))
def test_random_towns_tell_when_their_passes_fell_due(seed: int) -> None:
    """The same in towns with teams, squads, failures and changing grades."""
    assert faults(run_scenario_whole(random_groups(seed))) == []


def test_what_is_left_due_at_the_end_is_told() -> None:
    """The toy town's east has no machines: its sections are due from some instant to the end.

    Due instants are those of the replayed snow; directions with nothing due have no row.
    """
    run = run_of("toy_town")
    judge = Court(evidence_of(run.handed)).judge
    events, horizon = run.record.events, run.facts.horizon_ms
    rows = events[events["kind"] == "unserved"]
    assert (rows["end_ms"] == horizon).all()
    assert (rows["start_ms"] == rows["due_ms"]).all()
    told = dict(
        zip(zip(rows["section"], rows["direction"], strict=True), rows["due_ms"], strict=True)
    )
    wanted = {}
    for where in judge.replay.grids:
        claims = judge.claims.get(where, [])
        strips = enumerate(judge.all_dues(where))
        dues = [due for s, strip in strips for due in due_since("sweep", strip, claims, s, horizon)]
        if dues:
            wanted[where] = min(dues)
    assert told.keys() == wanted.keys()
    assert all(abs(told[where] - wanted[where]) <= 1 for where in wanted)
