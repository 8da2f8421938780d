"""Studies with drawn figures, from the first replications to the verdict, by the shipped rules."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from snowplan.analysis.enough import precision
from snowplan.analysis.intervals import mean_intervals
from snowplan.analysis.paired import TOLD_APART, difference, verdict
from snowplan.analysis.replication_figures import sample
from snowplan.analysis.selection import Selection
from snowplan.experiments.comparing import STAGE
from snowplan.model.comparison import Comparison, Job, Question
from snowplan.model.measures import measure_info
from snowplan.results.replications import Replication
from tests.analysis.synthetic import comparison_of, run

FloatArray = NDArray[np.float64]
Draw = Callable[[np.random.Generator, tuple[int, ...]], FloatArray]

KEY = "deadhead_km"
# Of mean 0; the errors of a study are drawn for each variant on its own.
LAWS: dict[str, Draw] = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "exponential": lambda rng, shape: rng.exponential(size=shape) - 1.0,
    "lognormal": lambda rng, shape: rng.lognormal(0.0, 1.0, size=shape) - np.exp(0.5),
    "pareto": lambda rng, shape: rng.pareto(2.5, size=shape) - 1.0 / 1.5,
}
SPREADS = {"normal": 1.0, "exponential": 1.0, "lognormal": 2.1612, "pareto": 1.4907}


def mild(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Mildly skewed errors: lognormal with σ = 0.5, of mean 0 and variance 1."""
    return (rng.lognormal(0.0, 0.5, size=shape) - np.exp(0.125)) / 0.6039


def told_apart(
    law: str, study: int, *, one_sided: bool = False, narrow: float = 1.0, cap: int = 216
) -> tuple[bool, int]:
    """Whether two variants with equal means are called different, and after how many runs.

    Both have errors of that law; `one_sided`: the second alone, so that the differences are as
    skewed as the law. `narrow` is the asked half-width over the one that 72 replications have.
    """
    rng = np.random.default_rng([list(LAWS).index(law), study])
    spread = SPREADS[law] * (1.0 if one_sided else np.sqrt(2))
    asked = float(narrow * 1.96 * spread / np.sqrt(72))
    comparison = comparison_of(
        ["base", "twin"], Question((KEY,), {KEY: asked}), replications=36, cap=cap
    )
    figures = LAWS[law](rng, (cap, 2)) * (0.0 if one_sided else 1.0, 1.0)
    runs: dict[Job, Replication] = {}
    done, more = 0, comparison.replications
    while more:
        add(runs, comparison, figures, range(done, done + more))
        done += more
        more = precision(comparison, runs, done).more
    first, second = (sample(comparison, runs, name) for name in ("base", "twin"))
    found = difference(first, second, comparison.confidence)[KEY]
    told = verdict(found, found.p, measure_info(KEY)._replace(digits=6), asked, 0.95)
    return told in TOLD_APART, done


def add(
    runs: dict[Job, Replication], comparison: Comparison, figures: FloatArray, rows: range
) -> None:
    """Replications of all variants, their figures by row and variant."""
    for seed in rows:
        for column, variant in enumerate(comparison.variants):
            one = run(variant.id, seed, {KEY: float(figures[seed, column])})
            runs[one.job] = one


def picked(law: Draw, study: int, *, common: float, gap: float, cap: int) -> str:
    """Which of five variants the selection keeps; `v3` is better than all others by the gap.

    `common` is the share of the variance that all variants have in common.
    """
    rng = np.random.default_rng([study, 5])
    names = [f"v{i}" for i in range(5)]
    comparison = comparison_of(
        names, Question((KEY,), indifference=gap), replications=36, cap=cap, confidence=0.97
    )
    own, shared = law(rng, (cap, 5)), law(rng, (cap, 1))
    figures = np.sqrt(1 - common) * own + np.sqrt(common) * shared
    figures -= gap * (np.arange(5) == 3)
    selection, done = Selection(comparison), comparison.replications
    runs: dict[Job, Replication] = {}
    add(runs, comparison, figures, range(done))
    selection.stage(runs, done)
    while not selection.decided and done < cap:
        add(runs, comparison, figures, range(done, done + STAGE))
        done += STAGE
        selection.stage(runs, done)
    return selection.left[0] if selection.decided else "none"


def coverage(draw: Draw, n: int, studies: int) -> tuple[float, float, float]:
    """Share of studies whose interval holds the mean, 0: by t, as shipped; and the share by BCa."""
    columns = draw(np.random.default_rng([n, 3]), (n, studies))
    found = [mean_intervals(part) for part in np.array_split(columns, studies // 250 + 1, axis=1)]
    half = t.ppf(0.975, n - 1) * columns.std(axis=0, ddof=1) / np.sqrt(n)
    inside = np.concatenate([(one.low <= 0) & (one.high >= 0) for one in found])
    by_bca = np.concatenate([one.by_bca for one in found])
    by_t = np.abs(columns.mean(axis=0)) <= half
    return float(by_t.mean()), float(inside.mean()), float(by_bca.mean())
