"""Where the given facts lie: `seeds/`, `maps/` and `scenarios/` of the checkout or of the wheel."""

from __future__ import annotations

import contextlib
from pathlib import Path

FOLDERS = ("seeds", "maps", "scenarios")


def given_root() -> Path:
    """The folder that holds `seeds/`, `maps/` and `scenarios/`."""
    package = Path(__file__).resolve().parent
    shipped = package / "_given"
    return shipped if shipped.is_dir() else package.parent


def given_path(name: str) -> Path:
    """The given file or folder of that name, such as `seeds/machines.csv`; it may not exist."""
    return given_root() / name


def resolve(name: str, beside: Path) -> Path | None:
    """A path that a user wrote: beside the file that holds it, then among the given; else None."""
    for folder in (beside, given_root()):
        path = folder / name
        with contextlib.suppress(OSError):  # a name too long for the file system
            if path.exists():
                return path
    return None


def known_names(name: str, beside: Path) -> list[str]:
    """Names that `name` could have meant: what lies in its folder, here and among the given."""
    parent = Path(name).parent
    found = set()
    for folder in (beside / parent, given_root() / parent):
        if folder.is_dir():
            found |= {(parent / entry.name).as_posix() for entry in folder.iterdir()}
    return sorted(found)


def scenario_names() -> list[str]:
    """The scenarios that come with the project, by name."""
    return sorted(path.stem for path in given_path("scenarios").glob("*.toml"))


def study_names() -> list[str]:
    """The studies that come with the project, by name."""
    return sorted(path.stem for path in given_path("scenarios/studies").glob("*.toml"))
