"""Rows of the envelope and what binds, from runs whose figures are made up and worked by hand."""

from __future__ import annotations

from dataclasses import replace

from snowplan.analysis.envelope import envelope_rows
from snowplan.analysis.envelope_relief import Ask, relief_asks, relief_jobs
from snowplan.analysis.envelope_search import Margin
from snowplan.inputs.readiness_files import load_rules
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.readiness import TODAY
from tests.analysis.envelope_cases import GRID, job, run, searched

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
    """Of three that fail from 5, 7 and 9 on, most fail from 7 on; the first two fail there."""
    found = fails_from(9, 5, 7)
    assert relief_asks(found, GRID, 3, 2) == [Ask(7, (1, 2), ("open/main",))]
    assert relief_asks(found, GRID, 3, 0) == []
    assert relief_asks(fails_from(9, 99, 99), GRID, 3, 2) == []


def test_items_that_fail_close_by_share_runs() -> None:
    """Half as much snow again is one ask, at the higher; more than that is another."""

    def law(p: int, _: int) -> dict[str, Margin]:
        firsts = {"a/main": 6, "b/main": 8, "c/main": 9}
        return {item: Margin(first - 0.5 - p) for item, first in firsts.items()}

    found, _ = searched(law, 1)
    assert relief_asks(found, GRID, 1, 1) == [
        Ask(8, (0,), ("a/main", "b/main")),
        Ask(9, (0,), ("c/main",)),
    ]


def test_only_runs_that_are_not_done_are_asked_for() -> None:
    """The run with the means of today is asked for where the search passed it by."""
    asks = [Ask(8, (1,), ("open/main",))]
    today, crews = job(TODAY, "toy", 8, SEED + 1), job("relief:crews", "toy", 8, SEED + 1)
    assert relief_jobs(asks, "toy", GRID, SEED, ("crews",), ()) == [crews, today]
    assert relief_jobs(asks, "toy", GRID, SEED, ("crews",), {today}) == [crews]


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


def one(variant: str, position: int, last_h: float, late: int = 0) -> dict:
    """One run of replication 0 with a limit of 4 h on `open/main`."""
    of = job(variant, "toy_town", position, SEED)
    return {of: run(of, {"open/main": (4.0, last_h, late)})}
