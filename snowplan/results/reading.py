"""Reads a run folder back: a record of what happened, never code."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from snowplan.errors import Faults, InputError
from snowplan.results.parquet import read_parquet
from snowplan.results.run_folder import MANIFEST
from snowplan.results.tables import EVENTS, TABLES

REFERENCES = "readiness.replications/*/runs"  # the reference runs of readiness reports
ONE_RUN = "a file of one run, as `snowplan run` makes it"


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A finished run; tables are read when asked for."""

    path: Path
    manifest: dict[str, Any]

    def frame(self, name: str) -> pd.DataFrame:
        """A table by its file name (`events.parquet`), with the declared types.

        Raises `InputError` when the file is missing, is not such a table, or lacks columns.
        """
        table = TABLES[name]
        if not (self.path / name).is_file():
            raise _fault(self.path, name, "no such file", ONE_RUN)
        try:
            if name.endswith(".csv"):
                text = (self.path / name).read_text(encoding="utf-8-sig")
                frame = pd.read_csv(io.StringIO(text), keep_default_na=False, na_values=[""])
                return table.shaped(frame[table.names])
            return read_parquet(self.path / name, table)
        except KeyError as error:
            raise _fault(
                self.path, name, f"no {error.args[0]}", ", ".join(table.names), field="columns"
            ) from error
        except (OSError, UnicodeDecodeError, ValueError, duckdb.Error) as error:
            first = str(error).splitlines()[0]
            raise _fault(
                self.path, name, first, "a table as docs/formats.md describes it"
            ) from error

    def json(self, name: str) -> dict[str, Any]:
        """A JSON file of the folder as an object."""
        return _read_object(self.path, name)


def open_run(path: Path) -> RunRecord:
    """Open a run folder; raises `InputError` when there is none or its manifest cannot be read."""
    path = Path(path).absolute()
    if not path.is_dir():
        raise _fault(path, "", "no such folder", "a run folder")
    return RunRecord(path, _read_object(path, MANIFEST))


def newest_run(folder: Path | None = None) -> Path:
    """The newest run folder of a folder (`runs/` here), else the newest reference run there.

    Raises `InputError` when there is none.
    """
    place = (folder or Path("runs")).absolute()
    found = _runs_in(place, "[!.]*") or _runs_in(place, f"{REFERENCES}/*")
    if not found:
        raise _fault(place, "", "no run", "a finished run; `snowplan run` makes one")
    return max(found, key=lambda path: ((path / MANIFEST).stat().st_mtime_ns, path.name))


def named_run(path: Path, folder: Path | None = None) -> Path:
    """A run's folder, which may be given by its name alone: one in `runs/`, or a reference run."""
    place = (folder or Path("runs")).absolute()
    if path.is_dir() or path.name != str(path):
        return path
    here = [*_runs_in(place, "[!.]*"), *_runs_in(place, f"{REFERENCES}/*")]
    return next((run for run in here if run.name == path.name), path)


def _runs_in(place: Path, pattern: str) -> list[Path]:
    """Folders of single runs; a comparison of runs is none itself."""
    files = sorted(place.glob(f"{pattern}/{MANIFEST}")) if place.is_dir() else []
    return [file.parent for file in files if (file.parent / EVENTS.file).is_file()]


def check_whole(path: Path) -> None:
    """Compare every file with the manifest; raises `InputError` with each that differs."""
    record = open_run(path)
    listed = record.manifest.get("files")
    if not isinstance(listed, dict):
        raise _fault(
            record.path, MANIFEST, "no files", "a list of files with their SHA-256", field="files"
        )
    faults = Faults()
    present = {file.name for file in record.path.iterdir()} - {MANIFEST}
    for name in sorted(present - set(listed)):
        faults.add(
            str(record.path / name), "", "", "an extra file", "only files that the manifest lists"
        )
    for name, entry in sorted(listed.items()):
        if Path(name).name != name:
            faults.add(str(record.path / MANIFEST), "", "files", name, "plain file names")
        else:
            _compare(faults, record.path / name, entry)
    faults.raise_if_any()


def _compare(faults: Faults, file: Path, entry: object) -> None:
    wanted = entry.get("sha256") if isinstance(entry, dict) else None
    try:
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        faults.add(str(file), "", "", error.strerror or str(error), "a file")
        return
    if found != wanted:
        faults.add(str(file), "", "sha256", found, str(wanted))


def _read_object(folder: Path, name: str) -> dict[str, Any]:
    try:
        value = json.loads((folder / name).read_text(encoding="utf-8"))
    except OSError as error:
        raise _fault(folder, name, error.strerror or str(error), "a JSON file") from error
    except ValueError as error:
        raise _fault(folder, name, str(error), "JSON in UTF-8") from error
    if not isinstance(value, dict):
        raise _fault(folder, name, type(value).__name__, "a JSON object")
    return value


def _fault(folder: Path, name: str, found: str, expected: str, *, field: str = "") -> InputError:
    faults = Faults()
    faults.add(str(folder / name) if name else str(folder), "", field, found, expected)
    return InputError(faults.items)
