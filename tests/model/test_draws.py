"""Draws keyed by entity and purpose: against SciPy's distributions, and in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from snowplan.model.draws import Draws, quantile, uniform
from snowplan.model.physics import Spread

NAMES = st.sampled_from(["plough-001", "plough-002", "crew@2026#01", "weather"])
PURPOSES = st.sampled_from(["failure", "repair", "loading_time"])


@given(u=st.floats(1e-9, 1 - 1e-9), a=st.floats(0.1, 500), b=st.floats(0.01, 3))
def test_quantiles_are_those_of_scipy(u: float, a: float, b: float) -> None:
    """SciPy's ppf of the same distributions."""
    expected = {
        "uniform": stats.uniform.ppf(u, a, b),
        "normal": stats.norm.ppf(u, a, b),
        "lognormal": stats.lognorm.ppf(u, b, scale=a),
        "exponential": stats.expon.ppf(u, scale=a),
        "constant": a,
    }
    for name, value in expected.items():
        second = a + b if name == "uniform" else b
        ours = quantile(Spread("x", name, a, second, True), u)
        assert ours == pytest.approx(value, rel=1e-9, abs=1e-9)


def test_quantiles_stay_inside_their_bounds() -> None:
    """By definition: what lies outside is moved to the bound."""
    bounded = Spread("x", "normal", 0.0, 10.0, True, lower=-1.0, upper=2.0)
    assert [quantile(bounded, u) for u in (0.01, 0.5, 0.99)] == [-1.0, 0.0, 2.0]


def test_draws_are_uniform() -> None:
    """Kolmogorov and Smirnov: 4,000 draws, by number and by entity, pass at 1 %."""
    by_number = [uniform(1, "plough-001", "failure", k) for k in range(2_000)]
    by_entity = [uniform(1, f"plough-{k}", "failure", 0) for k in range(2_000)]
    for sample in (by_number, by_entity):
        assert stats.kstest(sample, "uniform").pvalue > 0.01
        assert 0.0 < min(sample) < max(sample) < 1.0
    assert abs(stats.spearmanr(by_number, by_entity).statistic) < 0.06


def test_every_part_of_the_key_counts() -> None:
    """By definition: another seed, entity, purpose or number is another draw, and no two run
    together: (`ab`, `c`) is not (`a`, `bc`)."""
    keys = [(1, "ab", "c", 0), (2, "ab", "c", 0), (1, "a", "bc", 0), (1, "ab", "d", 0)]
    keys += [(1, "ab", "c", 1), (11, "ab", "c", 0), (1, "1ab", "c", 0)]
    assert len({uniform(*key) for key in keys}) == len(keys)
    assert uniform(*keys[0]) == uniform(*keys[0])


@given(calls=st.lists(st.tuples(NAMES, PURPOSES), max_size=30), others=st.data())
def test_nobodys_luck_depends_on_others(
    calls: list[tuple[str, str]], others: st.DataObject
) -> None:
    """By definition: the k-th value of an entity is the same in any order and any company."""
    spreads = [Spread(p, "exponential", 1.0, 0.0, True) for p in ("failure", "repair")]
    spreads.append(Spread("loading_time", "exponential", 1.0, 0.0, False))

    def seen(order: list[tuple[str, str]]) -> dict[tuple[str, str], list[float]]:
        draws = Draws(5, spreads)
        values: dict[tuple[str, str], list[float]] = {}
        for slot in order:
            values.setdefault(slot, []).append(draws.value(*slot, fixed=1.5))
        return values

    turned = others.draw(st.permutations(calls))
    assert seen(calls) == seen(turned)
    for slot, values in seen([*calls, ("newcomer", "failure")]).items():
        if slot[1] == "loading_time":
            assert values == [1.5] * len(values)  # switched off: the fixed value
        elif slot[0] != "newcomer":
            expected = [quantile(spreads[0], uniform(5, *slot, k)) for k in range(len(values))]
            assert values == expected


def test_a_quantity_that_is_not_listed_does_not_vary() -> None:
    """By definition: without a row in the table the fixed value holds, and nothing is counted."""
    draws = Draws(1, [])
    assert draws.value("plough-001", "failure", 3.0) == 3.0
    assert not draws.varies("failure")
    assert draws.counters == {}


@pytest.mark.parametrize(
    ("law", "a", "b", "median"),
    [
        ("constant", 4.0, 0.0, 4.0),
        ("uniform", 2.0, 8.0, 5.0),
        ("normal", 4.0, 1.0, 4.0),
        ("lognormal", 4.0, 0.5, 4.0),
        ("exponential", 4.0, 0.0, 2.772589),
    ],
)
def test_the_median_of_a_row_that_is_off(law: str, a: float, b: float, median: float) -> None:
    """By definition; of the exponential law it is the mean times ln 2. Nothing is counted."""
    draws = Draws(1, [Spread("repair", law, a, b, on=False)])
    assert draws.median("repair") == pytest.approx(median, abs=1e-6)
    assert draws.counters == {}
