"""Where the given facts are found, in a checkout and in an installed package."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import snowplan.given
from snowplan.given import FOLDERS, given_path, given_root, known_names, resolve, scenario_names


def test_a_checkout_has_them_beside_the_package() -> None:
    """seeds/, maps/ and scenarios/ stand beside snowplan/ or inside the installed package."""
    assert all(given_path(name).is_dir() for name in FOLDERS)


def test_an_installed_package_has_them_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where `_given` lies in the package, the given facts are there."""
    package = tmp_path / "snowplan"
    (package / "_given").mkdir(parents=True)
    shutil.copy(snowplan.given.__file__, package / "given.py")
    monkeypatch.setattr(snowplan.given, "__file__", str(package / "given.py"))
    assert given_root() == (package / "_given").resolve()


def test_a_path_is_looked_for_beside_its_file_first(tmp_path: Path) -> None:
    """The user's own seeds/ goes before the project's; what is nowhere is None."""
    assert resolve("seeds/machines.csv", tmp_path) == given_path("seeds/machines.csv")
    (tmp_path / "seeds").mkdir()
    own = tmp_path / "seeds/machines.csv"
    own.write_text("id\n")
    assert resolve("seeds/machines.csv", tmp_path) == own
    assert resolve("seeds/nothing.csv", tmp_path) is None
    assert "seeds/machines.csv" in known_names("seeds/machine.csv", tmp_path)


def test_scenarios_are_known_by_name() -> None:
    """Four grades, each with its cold variant, among the shipped scenarios."""
    grades = {"light", "moderate", "heavy", "blizzard"}
    assert grades | {f"{grade}_cold" for grade in grades} <= set(scenario_names())
