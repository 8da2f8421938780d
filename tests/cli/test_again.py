"""The command on a comparison's page gives the same figures, and tells nobody's folders."""

from __future__ import annotations

import click
import pytest

from snowplan.cli.again import again, compare_again
from snowplan.cli.plan import depots, plan


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "--replications 36"),
        (
            ["--workers", "2", "--no-pictures", "--out", "there", "--best", "3"],
            "--best 3 --replications 36",
        ),
        (
            ["--model", "p_median", "--model", "p_centre", "--within", "5", "--replications", "4"],
            "--model p_median --model p_centre --within 5.0 --replications 4",
        ),
    ],
)
def test_what_bears_on_the_figures_is_told(given: list[str], told: str) -> None:
    """Workers, folders and pictures are left out; the number of replications always stands there.

    The program is `snowplan`, however it was started.
    """
    parents = click.Context(plan, info_name="plan", parent=click.Context(plan, info_name="x.py"))
    context = depots.make_context("depots", ["heavy", *given], parent=parents)
    assert again(context) == f"snowplan plan depots heavy {told}"


def test_a_study_is_told_as_it_was_given() -> None:
    """A name, or a path from here; of a whole path the file's name alone, and spaces quoted."""
    assert compare_again("toy_depots", None) == "snowplan compare toy_depots"
    told = compare_again("studies/my study.toml", 8)
    assert told == "snowplan compare 'studies/my study.toml' --replications 8"
    assert compare_again("/somewhere/s.toml", 8) == "snowplan compare s.toml --replications 8"
