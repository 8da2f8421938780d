"""The resolved scenario as TOML, for the run folder: what the run was a function of."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from snowplan.given import FOLDERS, given_path, given_root, resolve
from snowplan.inputs.naming import scenario_path
from snowplan.inputs.overrides import Document, compose
from snowplan.inputs.reading import Reading

PATH_KEYS = {("map",), ("snow", "file"), ("plan", "file")}
BARE = re.compile(r"[A-Za-z0-9_-]+")


def resolved_values(
    path: Path | str, sets: Sequence[str] = (), *, told: bool = False
) -> dict[str, Any]:
    """The scenario's keys after base files, overrides and `--set`; `overrides` is used up.

    `told`: paths as `anchored` has them for papers. Raises InputError when a file of the chain
    cannot be read.
    """
    reading = Reading(Path(path).parent)
    found = scenario_path(path, reading)
    document = compose(reading, found, sets) if found else None
    reading.faults.raise_if_any()
    if document is None:
        return {}
    values = anchored(document, told=told)
    values.pop("overrides", None)
    return values


def anchored(document: Document, *, told: bool = False) -> dict[str, Any]:
    """A document's keys with paths that hold from anywhere: given files by name.

    `told`: with paths as they were written, of whole ones the last name alone. So a paper is the
    same wherever its files lie, and tells nothing of this machine.
    """
    values = copy.deepcopy(document.values)
    _anchor(values, (), document, told=told)
    return values


def _anchor(
    table: dict[str, Any], keys: tuple[str, ...], document: Document, *, told: bool
) -> None:
    for key, value in table.items():
        here = (*keys, key)
        of_block = here[2:] if here[0] == "overrides" else here
        if isinstance(value, dict):
            _anchor(value, here, document, told=told)
        elif isinstance(value, str) and (of_block in PATH_KEYS or of_block[:1] == ("seeds",)):
            path = resolve(value, document.folder_of(here))
            if path is not None:
                table[key] = _told_path(value, path) if told else _whole_path(path)


def _whole_path(path: Path) -> str:
    """A path that holds from anywhere; a given file's from the folder of what is given."""
    shipped = path.is_relative_to(given_root())
    return (path.relative_to(given_root()) if shipped else path.absolute()).as_posix()


def _told_path(written: str, path: Path) -> str:
    """A path as it was written; of one from the root of this machine, the last name."""
    if any(path.is_relative_to(given_path(folder)) for folder in FOLDERS):
        return _whole_path(path)
    return path.name if Path(written).is_absolute() else Path(written).as_posix()


def resolved_toml(
    path: Path | str,
    sets: Sequence[str] = (),
    run_seed: int | None = None,
    *,
    told: bool = False,
) -> str:
    """The resolved scenario as the text of a TOML file; `told`: its paths as for papers.

    Raises InputError when a file of the chain cannot be read.
    """
    values = resolved_values(path, sets, told=told)
    if run_seed is not None:
        values["run_seed"] = run_seed
    return toml_text(values)


def toml_text(values: Mapping[str, Any], table: Sequence[str] = ()) -> str:
    """Keys as TOML text: plain values first, then tables, in their order."""
    lines = [f"{_key(key)} = {_value(v)}" for key, v in values.items() if not _is_table(v)]
    text = "".join(f"{line}\n" for line in lines)
    if table and (lines or not values):
        text = f"\n[{'.'.join(map(_key, table))}]\n{text}"
    for key, value in values.items():
        if _is_table(value):
            text += toml_text(value, (*table, key))
    return text


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _value(value: Any) -> str:
    """One value as TOML writes it."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(part)}" for key, part in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
