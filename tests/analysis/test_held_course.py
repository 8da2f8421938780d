"""The parts of one section's time, worked by hand."""

from __future__ import annotations

import pandas as pd

from snowplan.analysis.held_course import NEVER, Course, Visit, partition
from snowplan.analysis.held_doing import Doings, Piece

NOBODY = Doings(pd.DataFrame(columns=["machine", "start_ms", "end_ms", "kind", "reason", "depot"]))


def doing(*rows: tuple[str, int, int, str, str | None, str | None]) -> Doings:
    """What machines did: (machine, from, to, kind, reason, depot)."""
    columns = ["machine", "start_ms", "end_ms", "kind", "reason", "depot"]
    return Doings(pd.DataFrame(rows, columns=columns))


def course(**changes: object) -> Course:
    """A section that was clean from 0 to 10 and at 100 for good; nobody came."""
    plain: dict[str, object] = {
        "until_ms": 100, "cleared": True, "visits": (), "passes": (), "drives": (), "claims": (),
        "clean": ((0, 10), (100, 200)), "left_due_ms": NEVER,
    }  # fmt: skip
    return Course(**{**plain, **changes})  # type: ignore[arg-type]


P1 = {
    "visits": (Visit(60, 30, "p1"),), "drives": ((60, 80),), "passes": ((80, 100),),
    "claims": ((60, 80), (60, 100)),
}  # fmt: skip


def test_one_visit_with_everything_before_it() -> None:
    """Due from 30; p1 had no crew to 40, loaded to 45, worked elsewhere to 60, drove to 80."""
    p1 = doing(
        ("p1", 0, 40, "wait", "crew", None), ("p1", 40, 42, "travel", None, "depot"),
        ("p1", 42, 45, "load", None, "depot"), ("p1", 45, 50, "travel", None, None),
        ("p1", 50, 60, "plough", None, None), ("p1", 60, 80, "travel", None, None),
    )  # fmt: skip
    assert partition(course(**P1), p1) == [
        Piece(0, 30, "not_due"),
        Piece(30, 40, "waiting:crew"),
        Piece(40, 45, "waiting:load"),
        Piece(45, 60, "waiting:other_work"),
        Piece(60, 80, "driving"),
        Piece(80, 100, "worked"),
    ]


def test_at_every_instant_it_is_the_next_of_those_whose_work_was_due() -> None:
    """p2 comes at 90 for what was due from 20, p1 at 60 for what was due from 30.

    From 20 to 30 p2 was waited for, from 30 to 60 p1, from 70 on p2 again.
    """
    both = doing(("p1", 0, 60, "repair", None, None), ("p2", 0, 90, "wait", "night", None))
    found = partition(
        course(
            visits=(Visit(60, 30, "p1"), Visit(90, 20, "p2")), passes=((60, 70), (90, 100)),
            claims=((60, 70), (90, 100)),
        ),
        both,
    )  # fmt: skip
    assert found == [
        Piece(0, 20, "not_due"),
        Piece(20, 30, "waiting:night"),
        Piece(30, 60, "waiting:repair"),
        Piece(60, 70, "worked"),
        Piece(70, 90, "waiting:night"),
        Piece(90, 100, "worked"),
    ]


def test_between_passes_and_snowed_over_are_told_apart_by_the_state() -> None:
    """Passes end at 20, 40, 60; it is clean from 44 on: between 20 and 30, 40 and 44, then over."""
    visits = (Visit(10, 10, "p"), Visit(30, 30, "p"), Visit(50, 50, "p"))
    spans = ((10, 20), (30, 40), (50, 60))
    found = partition(
        course(
            until_ms=60, visits=visits, passes=spans, claims=spans,
            clean=((0, 10), (44, 48), (60, 200)),
        ),
        NOBODY,
    )  # fmt: skip
    assert found == [
        Piece(0, 10, "not_due"),
        Piece(10, 20, "worked"),
        Piece(20, 30, "between_passes"),
        Piece(30, 40, "worked"),
        Piece(40, 44, "between_passes"),
        Piece(44, 50, "snowed_over"),
        Piece(50, 60, "worked"),
    ]


def test_what_melts_after_the_last_pass_is_melting_from_its_last_snow_on() -> None:
    """Clean from 20 to 70 after the pass, then snow that is never due and gone at 100."""
    found = partition(
        course(
            visits=(Visit(10, 10, "p"),), passes=((10, 20),), claims=((10, 20),),
            clean=((0, 5), (20, 70), (100, 200)),
        ),
        NOBODY,
    )  # fmt: skip
    assert found[2:] == [Piece(20, 70, "snowed_over"), Piece(70, 100, "melting")]


def test_a_later_visit_is_no_melting() -> None:
    """Due from 50, and served at 120 only when it was clean already: it had been waited for."""
    visits = (Visit(10, 10, "p"), Visit(120, 50, "p"))
    found = partition(
        course(
            visits=visits, passes=((10, 20), (120, 130)), claims=((10, 20), (120, 130)),
            clean=((0, 5), (100, 200)),
        ),
        doing(("p", 20, 120, "wait", "stock", None)),
    )  # fmt: skip
    assert found[2:] == [Piece(20, 50, "between_passes"), Piece(50, 100, "waiting:stock")]


def test_what_is_left_due_at_the_end_is_unserved() -> None:
    """Never clean again; due from 40 and nobody came: not due, then unserved to the horizon."""
    found = partition(course(cleared=False, clean=((0, 10),), left_due_ms=40), NOBODY)
    assert found == [Piece(0, 40, "not_due"), Piece(40, 100, "waiting:unserved")]


def test_a_claim_with_nobody_on_the_way_waits_for_the_team() -> None:
    """p1 arrives at 70 and stands until 80, when the team begins: neither driving nor work."""
    team = {**P1, "drives": ((60, 70),)}
    found = partition(course(**team), doing(("p1", 0, 60, "wait", "bay", None)))
    assert found[1:] == [
        Piece(30, 60, "waiting:bay"),
        Piece(60, 70, "driving"),
        Piece(70, 80, "waiting:team"),
        Piece(80, 100, "worked"),
    ]
