"""Changes, intervals and verdicts against hand calculations."""

from __future__ import annotations

import pytest

from snowplan.analysis.phrase_effects import ALL_ON, effect, judged, phrase_effects
from snowplan.analysis.phrases import BY_KEY, Figures, Place, Value


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ([0.4], "as_meant"),
        ([-0.4], "contrary"),
        ([0.04], "no_difference"),
        ([0.0, 0.0], "no_difference"),
        ([1.0, 2.0, 3.0, 4.0], "as_meant"),
        ([-1.0, -2.0, -3.0, -4.0], "contrary"),
        ([-1.0, 2.0], "unclear"),
    ],
)
def test_verdicts(changes: list[float], verdict: str) -> None:
    """Above 0 helps, below hurts, at one decimal; several pairs need the whole interval there."""
    assert judged(changes, 1) == verdict


def test_pairs_are_compared_one_by_one() -> None:
    """On 1, 5, 9 and off 2, 6, 10: each pair differs by 1, so the interval is 1 to 1."""
    found = effect("main_open_last", [(Value(x), Value(x + 1.0)) for x in (1.0, 5.0, 9.0)])
    assert (found.n, found.on, found.off, found.change) == (3, 5.0, 6.0, 1.0)
    assert (found.low, found.high, found.verdict) == (1.0, 1.0, "as_meant")
    assert found.percent is None


@pytest.mark.parametrize(
    ("on", "off", "bound", "verdict"),
    [
        (Value(3.0), Value(24.0, True, 2), "≥", "as_meant"),
        (Value(24.0, True, 2), Value(3.0), "≤", "contrary"),
        (Value(24.0, True, 2), Value(24.0, True, 5), "?", "as_meant"),
        (Value(24.0, True, 5), Value(24.0, True, 5), "?", "no_difference"),
        (Value(None), Value(24.0), "", "unknown"),
    ],
)
def test_what_was_not_done_by_the_horizon_is_a_bound(
    on: Value, off: Value, bound: str, verdict: str
) -> None:
    """Its figure is the horizon and is marked; both at the horizon: fewer sections late is better.

    A figure that a run does not know gives no verdict.
    """
    found = effect("all_clean_last", [(on, off)])
    assert (found.bound, found.verdict) == (bound, verdict)
    assert (found.late_on, found.late_off) == (on.late, off.late)


BOTH_LATE = (Value(36.0, True, 3), Value(36.0, True, 3))


@pytest.mark.parametrize(
    ("pairs", "verdict"),
    [
        # 5.0 to 5.2 h later in four pairs, as many sections late in the fifth
        ([BOTH_LATE, *((Value(10.0), Value(off)) for off in (15.0, 15.2, 15.1, 15.0))], "as_meant"),
        ([BOTH_LATE, *((Value(20.0), Value(10.0 + d)) for d in (0.0, 0.1))], "contrary"),
        ([BOTH_LATE, *((Value(20.0), Value(20.0)),) * 2], "no_difference"),
        # the pair at the horizon has a section more late without the phrase: it speaks against
        (
            [(Value(36.0, True, 1), Value(36.0, True, 2)), *((Value(20.0), Value(10.0)),) * 4],
            "unclear",
        ),
        (
            [(Value(36.0, True, 1), Value(36.0, True, 2)), *((Value(20.0), Value(20.0)),) * 2],
            "unclear",
        ),
        # one pair alone is known
        ([(Value(24.0, True, 3), Value(24.0, True, 9)), (Value(23.0), Value(22.0))], "unclear"),
        # both runs of every pair at the horizon: 3, 3 and 4 sections more are late
        ([(Value(36.0, True, 1), Value(36.0, True, late)) for late in (4, 4, 5)], "as_meant"),
    ],
)
def test_pairs_at_the_horizon_leave_it_to_the_others(
    pairs: list[tuple[Value, Value]], verdict: str
) -> None:
    """Pairs that are known decide, two at least, unless sections late in the others gainsay it."""
    found = effect("all_clean_last", pairs)
    assert (found.bound, found.verdict) == ("?", verdict)


def test_figures_are_those_of_the_pairs_that_decide() -> None:
    """Beside a pair at the horizon 10 to 15 and 10 to 17 h: 6 h later, half 12.706 · 1.414 ÷ √2."""
    found = effect("all_clean_last", [BOTH_LATE, *((Value(10.0), Value(x)) for x in (15.0, 17.0))])
    assert (found.n, found.ended, found.by_counts) == (2, 1, False)
    assert (found.on, found.off, found.change) == (10.0, 16.0, 6.0)
    assert found.low == pytest.approx(6 - 12.706, abs=1e-3)
    assert found.high == pytest.approx(6 + 12.706, abs=1e-3)


def test_where_counts_decide_there_is_no_interval() -> None:
    """Every pair at the horizon: 3 late against 3, twice, and nothing to reckon an interval of."""
    found = effect("all_clean_last", [BOTH_LATE, BOTH_LATE])
    assert (found.n, found.ended, found.by_counts) == (2, 2, True)
    assert (found.low, found.high, found.verdict) == (None, None, "no_difference")


def test_more_snow_hauled_is_neither_good_nor_bad() -> None:
    """21 t with all on, 0 t or 40 t without: told, not judged; as much is no difference."""
    found = [effect("hauled_t", [(Value(21.0), Value(off))]).verdict for off in (0.0, 40.0, 21.0)]
    assert found == ["neither", "neither", "no_difference"]


def figures_with(digest: str = "x", **values: float) -> Figures:
    """A run in which everything is 10 but for these."""
    known = {key: Value(values.get(key, 10.0)) for key in BY_KEY}
    return Figures(known, {"main_open_last": Place(digest, "路", "main")}, digest)


def test_reasons_come_from_the_figures() -> None:
    """Without 先主后次: exposure falls 22 % (the price), empty driving 26 %, main roads 0.5 h.

    Per cent: (7.8 - 10) ÷ 10 and (7.4 - 10) ÷ 10; passes move by 1 %, too little to be told.
    """
    off = figures_with(
        "y", exposure=7.8, deadhead_km=7.4, passes=10.1, main_open_last=9.5, main_open_median=12.0
    )
    found = phrase_effects(
        {(ALL_ON, 1): figures_with(), ("main_first", 1): off}, [1], ["main_first"]
    )
    row = found["main_first"]
    assert row["identical"] is False
    assert row["price"] == ["exposure"]
    assert row["measures"]["exposure"]["percent"] == -22.0
    assert row["moved"] == ["deadhead_km"]
    verdicts = {item["measure"]: item for item in row["meant"]}
    assert verdicts["main_open_median"] == {"measure": "main_open_median", "verdict": "as_meant"}
    last = verdicts["main_open_last"]
    assert last["verdict"] == "contrary"
    assert (last["last"]["on"]["section"], last["last"]["off"]["section"]) == ("x", "y")
    assert last["last"]["median"] == "main_open_median"


def test_runs_alike_in_every_event_are_called_identical() -> None:
    """The same digest for every seed: the switch changed no work."""
    runs = {(name, seed): figures_with() for name in (ALL_ON, "keep_open") for seed in (1, 2)}
    row = phrase_effects(runs, [1, 2], ["keep_open"])["keep_open"]
    assert row["identical"] is True
    assert [item["verdict"] for item in row["meant"]] == ["no_difference"]
    assert row["moved"] == []


@pytest.mark.parametrize(("cleared", "same"), [(3.0, True), (4.0, False)])
def test_sooner_de_icer_alone_is_told(cleared: float, same: bool) -> None:
    """Work begins an hour later; either the first strip is cleared when it always was, or not."""
    on = figures_with(first_work=1.0, first_clearing=3.0)
    off = figures_with("y", first_work=2.0, first_clearing=cleared)
    runs = {(ALL_ON, 1): on, ("quick_response", 1): off}
    row = phrase_effects(runs, [1], ["quick_response"])["quick_response"]
    assert row["same_clearing"] is same
