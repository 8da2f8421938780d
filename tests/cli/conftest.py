"""A comparison that was run, for the tests of commands that compare."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.compare_lines import compare


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A comparison that was run, and the folder for runs that it left; tests copy it."""
    out = tmp_path_factory.mktemp("done")
    return out, compare(out)


@pytest.fixture
def out(done: tuple[Path, Result], tmp_path: Path) -> Path:
    """A folder for runs in which the comparison was run before."""
    return Path(shutil.copytree(done[0], tmp_path / "runs"))
