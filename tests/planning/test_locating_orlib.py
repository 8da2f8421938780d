"""The location models on the OR-Library's instances: the published optima, with gap 0.

All of them with SNOWPLAN_ORLIB=1 (`-s` shows the times); a few of the quickest always.
"""

from __future__ import annotations

import os
import sys

import pytest

from snowplan.planning.locating.capacitated import Capacitated, Loads
from snowplan.planning.locating.p_median import PMedian
from snowplan.planning.locating.problem import Placement, best_placements
from tests.planning.orlib import FOLDER, capacitated_file, p_median_file

MEDIANS = {
    "pmed1": 5819, "pmed2": 4093, "pmed3": 4250, "pmed4": 3034, "pmed5": 1355, "pmed6": 7824,
    "pmed7": 5631, "pmed8": 4445, "pmed9": 2734, "pmed10": 1255, "pmed20": 1789, "pmed30": 1989,
    "pmed40": 5128,
}  # fmt: skip
CAPACITATED = {
    "cap71": 932615.750, "cap72": 977799.400, "cap73": 1010641.450, "cap74": 1034976.975,
    "cap101": 796648.4375, "cap102": 854704.2, "cap103": 893782.1125, "cap104": 928941.75,
    "cap131": 793439.5625,
}  # fmt: skip
QUICK = ("pmed1", "pmed5", "cap71", "cap131")
ALL = os.environ.get("SNOWPLAN_ORLIB", "") not in {"", "0"}

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the OR-Library's files are not in ../shared/data/location"
)


def wanted(names: dict[str, int] | dict[str, float]) -> list[str]:
    """All instances in the campaign, else the quick ones."""
    return [name for name in names if ALL or name in QUICK]


def tell(name: str, placement: Placement) -> None:
    """Print how it went, for the campaign's page."""
    sys.stdout.write(
        f"{name}: objective {placement.objective:.6g}, bound {placement.bound:.6g}, "
        f"gap {placement.gap:g}, {placement.seconds:.2f} s\n"
    )


@pytest.mark.parametrize("name", wanted(MEDIANS))
def test_p_median_reaches_the_published_optimum(name: str) -> None:
    """The p-median of a published instance costs what is published, and that is proven."""
    placement = best_placements(PMedian(p_median_file(FOLDER / f"{name}.txt")), 1)[0]
    tell(name, placement)
    assert (placement.objective, placement.gap) == (MEDIANS[name], 0.0)


@pytest.mark.parametrize("name", wanted(CAPACITATED))
def test_capacitated_location_reaches_the_published_optimum(name: str) -> None:
    """Capacitated location of a published instance costs what is published, and that is proven."""
    file = capacitated_file(FOLDER / f"{name}.txt")
    model = Capacitated(file.cost, Loads(file.demand, file.capacity, file.fixed))
    placement = best_placements(model, 1)[0]
    tell(name, placement)
    assert placement.objective == pytest.approx(CAPACITATED[name], abs=1e-3)
    assert placement.gap == 0.0
