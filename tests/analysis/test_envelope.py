"""Rows of the envelope and what binds, from runs whose figures are made up and worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from snowplan.analysis.envelope import envelope_rows
from snowplan.analysis.envelope_relief import Ask, relief_asks, relief_jobs
from snowplan.analysis.envelope_search import Margin
from snowplan.analysis.readiness_verdicts import verdict
from snowplan.inputs.readiness_files import load_rules
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.grades import Grade
from snowplan.model.physics import Spread
from snowplan.model.readiness import TODAY
from snowplan.model.reinforcing import same_unscaled, snowed
from snowplan.model.weather import Forecast
from snowplan.results.ready_run import ItemTime
from tests.analysis.envelope_cases import GRID, job, run, searched
from tests.analysis.ready_runs import kept_run

RULES = replace(load_rules(), search=GRID)
TOWN = load_scenario("toy_town")  # 4 mm in 6 h
SEED = TOWN.study.run_seed


def fails_from(*positions: int) -> dict[tuple[int, int], dict[str, Margin]]:
    """A whole grid on which `open/main` fails from a position on, one for each replication."""
    return {
        (p, r): {"open/main": Margin(first - 0.5 - p)}
        for r, first in enumerate(positions)
        for p in range(len(GRID.factors))
    }


def test_means_are_eased_at_the_first_factor_that_most_fail() -> None:
    """Of three that fail from 5, 7 and 9 on, most fail from 7 on, where the third is the median.

    The two others are as far from it; an outlier is never asked before the usual ones.
    """
    found = fails_from(9, 5, 7)
    assert relief_asks(found, GRID, 2) == [Ask(7, (2, 0), ("open/main",))]
    assert relief_asks(found, GRID, 0) == []
    assert relief_asks(fails_from(9, 99, 99), GRID, 2) == []
    assert relief_asks(fails_from(1, 7, 8, 8), GRID, 2) == [Ask(8, (1, 2), ("open/main",))]


def test_items_that_fail_close_by_share_runs() -> None:
    """Up to three times as much snow is one ask, at the higher; more than that is another."""

    def law(p: int, _: int) -> dict[str, Margin]:
        firsts = {"a/main": 6, "b/main": 12, "c/main": 13}
        return {item: Margin(first - 0.5 - p) for item, first in firsts.items()}

    found, _ = searched(law, 1)
    assert relief_asks(found, GRID, 1) == [
        Ask(12, (0,), ("a/main", "b/main")),
        Ask(13, (0,), ("c/main",)),
    ]


def test_the_next_pair_is_asked_of_what_gained() -> None:
    """First one replication of all; then the second of those means that gained a quarter hour."""
    asks = [Ask(8, (1, 0), ("open/main", "clean/main"))]
    today = {(8, r): {"open/main": Margin(-1.0), "clean/main": Margin(-1.0, 100)} for r in (0, 1)}
    names = ("crews", "stock", "trucks", "hands", "bays")
    assert relief_jobs(asks, today, {}, names, RULES) == [(name, 8, 1) for name in names]
    eased = {
        "crews": {(8, 1): {"open/main": Margin(-0.75), "clean/main": Margin(-1.0, 100)}},
        "stock": {(8, 1): {"open/main": Margin(-0.8), "clean/main": Margin(-1.0, 96)}},
        "trucks": {(8, 1): {"open/main": Margin(-1.1), "clean/main": Margin(-1.0, 95)}},
        "hands": {(8, 1): {"open/main": Margin(-2.0), "clean/main": Margin(-1.0, 101)}},
    }
    assert relief_jobs(asks, today, eased, names, RULES) == [
        ("crews", 8, 0), ("trucks", 8, 0), ("bays", 8, 1),
    ]  # fmt: skip


def test_only_what_gains_in_every_pair_and_enough_is_listed() -> None:
    """Crews gain 1 h and 2 h, stock 3 h and then loses, bays 0.1 h: crews alone are listed."""
    runs = one(TODAY, 0, 0.0) | one(TODAY, 8, 3.0)
    for number, lasts in enumerate(((6.0, 5.0, 3.0, 5.9), (7.0, 5.0, 7.5, 6.9))):
        for variant, last in zip(("today", "crews", "stock", "bays"), lasts, strict=True):
            name = TODAY if variant == "today" else f"relief:{variant}"
            runs |= one(name, 9, last, number=number)
        runs |= one(TODAY, 8, 3.0, number=number)
    (row,) = envelope_rows(TOWN, runs, RULES)
    (bind,) = row["binds"]
    assert (bind["relief"], bind["gain_h"], bind["n"], bind["loses"]) == ("crews", 1.5, 2, [])


def test_a_relief_says_on_what_it_loses() -> None:
    """What opens an hour sooner and clears half an hour later says that it loses on clearing."""
    lasts = {8: (3.0, 3.0), 9: (5.0, 5.0)}
    runs = {}
    for position, (opened, cleared) in lasts.items():
        of = job(TODAY, "toy_town", position, SEED)
        runs[of] = run(of, {"open/main": (4.0, opened, 0), "clean/main": (4.0, cleared, 0)})
    of = job("relief:crews", "toy_town", 9, SEED)
    runs[of] = run(of, {"open/main": (4.0, 4.0, 0), "clean/main": (4.0, 5.5, 0)})
    cleared, opened = envelope_rows(TOWN, runs, RULES)
    assert cleared["binds"] == []
    assert [bind["loses"] for bind in opened["binds"]] == [["clean/main"]]


def test_a_row_says_what_holds_what_it_took_and_what_binds() -> None:
    """By hand: held by 1 h at 4 mm, failed by 1 h a step higher, where crews gain 3 h, stock 1 h.

    Between the two the threshold is half a step: 4 mm times 2 to the eighth. Trucks lose.
    """
    runs = {}
    for position, last in ((8, 3.0), (9, 5.0), (0, 0.0)):
        runs |= one(TODAY, position, last)
    for relief, last in (("crews", 2.0), ("stock", 4.0), ("trucks", 5.5)):
        runs |= one(f"relief:{relief}", 9, last)
    (row,) = envelope_rows(TOWN, runs, RULES)
    assert (row["scenario"], row["item"]) == ("toy_town", "open/main")
    assert (row["grade_mm"], row["snow_h"], row["bound"]) == (4.0, 6.0, "")
    assert abs(row["mm"] - 4 * 2 ** (1 / 8)) < 1e-8
    assert abs(row["binds_at_mm"] - 4 * 2 ** (1 / 4)) < 1e-8
    assert (row["low_mm"], row["high_mm"]) == (None, None)
    assert (row["replications"], row["runs"], row["not_monotone"]) == (1, 3, 0)
    assert [(bind["relief"], bind["gain_h"]) for bind in row["binds"]] == [
        ("crews", 3.0),
        ("stock", 1.0),
    ]


def test_the_answer_cannot_contradict_the_verdict() -> None:
    """Whatever is searched: its answer lies on that side of the grade that all own runs tell.

    By the rule: held in fewer than nine of ten, at or below; else at or above. The interval ends
    there where the verdict is sure of it.
    """
    draw = np.random.default_rng(8)
    for chance in (0.3, 0.7, 0.85, 0.95, 1.0):
        for _ in range(12):
            runs = mixed_runs(draw, chance)
            (row,) = envelope_rows(TOWN, runs, RULES)
            own = [r for o, r in runs.items() if o.storm == "toy_town"]
            times = [ItemTime(**r.kept["limits"]["open/main"]) for r in own]
            told = verdict(times, RULES)
            assert row["replications"] == 6
            assert told["n"] == 36
            above = told["met"] >= 0.9 * told["n"]
            assert (row["mm"] >= row["grade_mm"]) if above else (row["mm"] <= row["grade_mm"])
            assert row["bound"] != ("<" if above else ">=") or row["mm"] != row["grade_mm"]
            if told["mark"] == "sure" and row["low_mm"] is not None:
                assert row["low_mm"] >= row["grade_mm"]
            if told["mark"] == "missed" and row["high_mm"] is not None:
                assert row["high_mm"] <= row["grade_mm"]
            if row["mm"] == row["grade_mm"]:
                assert (row["held"], row["held_of"]) == (told["met"], 36)
                assert (round(row["held_low"], 3), round(row["held_high"], 3)) == (
                    told["low"], told["high"],
                )  # fmt: skip


def mixed_runs(draw: np.random.Generator, chance: float) -> dict:
    """36 own runs that hold with a chance, and a search of six of them over the whole grid.

    A mixture: what holds its own storm fails at 2 to 4 times the snow, the rest at 0.4 to 0.9.
    """
    runs = {}
    for number in range(36):
        holds = draw.uniform() < chance
        fails = draw.uniform(2, 4) if holds else draw.uniform(0.4, 0.9)
        for position, factor in enumerate(GRID.factors):
            own = factor == 1.0
            if own or number < 6:
                of = job(TODAY, "toy_town", None if own else position, SEED + number)
                runs[of] = run(of, {"open/main": (4.0, 4.0 + math.log(factor / fails), 0)})
    return runs


def test_a_scenario_is_its_own_run_at_factor_1_where_nothing_can_differ() -> None:
    """A town of known snow runs event for event alike with its grade named; else it is not said."""
    assert same_unscaled(TOWN)
    once = kept_run(TOWN, "toy_town", SEED)
    assert once.events_sha256
    assert once.events_sha256 == kept_run(snowed(TOWN, 1.0), "toy_town*1", SEED).events_sha256
    fall = TOWN.around.snowfall
    told = replace(fall, forecasts=(Forecast(0, fall.actual),))
    assert not same_unscaled(replace(TOWN, around=replace(TOWN.around, snowfall=told)))
    varied = (Spread("snowfall_total", "lognormal", 1.0, 0.3, on=True),)
    other = replace(TOWN, around=replace(TOWN.around, uncertainty=varied))
    assert not same_unscaled(other)
    assert same_unscaled(replace(other, grade=Grade.HEAVY))


def test_one_run_claims_no_probability() -> None:
    """A single replication is said to be one."""
    (row,) = envelope_rows(TOWN, one(TODAY, 8, 3.0) | one(TODAY, 9, 5.0), RULES)
    assert (row["single"], row["held"], row["held_of"]) == (True, 1, 1)
    runs = one(TODAY, 9, 5.0, number=1) | one(TODAY, 9, 5.0)
    (row,) = envelope_rows(TOWN, runs | one(TODAY, 7, 3.0, number=1) | one(TODAY, 7, 3.0), RULES)
    assert (row["single"], row["held"]) == (False, None)


def test_what_lies_beyond_the_grid_is_a_bound_and_says_its_grade() -> None:
    """Held at eight times 4 mm in 6 h: 32 mm is an extreme blizzard (15 mm in 12 h)."""
    runs = {}
    for position in (16, 20):
        runs |= one(TODAY, position, 1.0)
    (row,) = envelope_rows(TOWN, runs, RULES)
    assert (row["bound"], round(row["mm"], 6), row["reaches"]) == (">=", 32.0, "extreme_blizzard")
    assert (row["held_all"], row["failed_all"], row["binds_at_mm"]) == (1, 0, None)


def test_sections_left_over_that_a_relief_reaches_count_as_gained() -> None:
    """Hours up to the horizon are the least that was gained, and fewer left are told, too."""
    runs = one(TODAY, 8, 3.0) | one(TODAY, 9, 20.0, late=5)
    runs |= one("relief:stock", 9, 20.0, late=2) | one("relief:crews", 9, 18.0)
    (row,) = envelope_rows(TOWN, runs, RULES)
    crews, stock = row["binds"]
    assert (crews["relief"], crews["gain_h"], crews["at_least"]) == ("crews", 2.0, True)
    assert (stock["relief"], stock["gain_h"], stock["fewer_late"]) == ("stock", 0.0, 3.0)


def one(variant: str, position: int, last_h: float, late: int = 0, number: int = 0) -> dict:
    """One run of a replication with a limit of 4 h on `open/main`."""
    of = job(variant, "toy_town", position, SEED + number)
    return {of: run(of, {"open/main": (4.0, last_h, late)})}
