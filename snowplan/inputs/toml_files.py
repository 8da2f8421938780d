"""TOML files and what a schema finds wrong in them: file, line, key, found, expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from snowplan.errors import Faults
from snowplan.inputs.reading import Reading, a_number

TABLE_LINE = re.compile(r"\s*\[\[?\s*([^\]\[#]+?)\s*\]\]?")
NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
KEY_LINE = re.compile(rf"\s*({NAME}(?:\s*\.\s*{NAME})*)\s*=")
QUOTED = re.compile(r"'([^']*)'")
ROWS = ("storm", "variant", "forecast")  # lists of tables
Locate = Callable[[Sequence[str]], tuple[str, str]]


class Strict(BaseModel):
    """The manners of every schema: unknown keys and silent conversions are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def read_toml(reading: Reading, path: Path) -> dict[str, Any] | None:
    """The keys of a TOML file, or None after a fault."""
    text = reading.text(path)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"line {place[1]}" if place else ""
        reading.faults.add(reading.shown(path), where, "", str(error), "valid TOML")
        return None


def line_of(text: str, keys: Sequence[str]) -> int | None:
    """The line of a TOML text on which a key stands, or the nearest table around it.

    The rows of `[[forecast]]` are told by their numbers: forecast, 0, issued.
    """
    table: tuple[str, ...] = ()
    rows: dict[tuple[str, ...], int] = {}
    best: tuple[int, int | None] = (0, None)
    for number, line in enumerate(text.splitlines(), start=1):
        header = TABLE_LINE.match(line)
        key = KEY_LINE.match(line)
        if header and "=" not in header[1]:
            path = table = _table_path(header, rows)
        elif key:
            path = (*table, *_parts(key[1]))
        else:
            continue
        for found in (path, path[:-1]) if path[:-1] in rows else (path,):
            if found == tuple(keys[: len(found)]) and len(found) > best[0]:
                best = (len(found), number)
    return best[1]


def _table_path(header: re.Match[str], rows: dict[tuple[str, ...], int]) -> tuple[str, ...]:
    """Keys of a table's head, with the number of the row where it stands in a list of tables."""
    path: tuple[str, ...] = ()
    names = _parts(header[1])
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if header[0].lstrip().startswith("[[") and depth == len(names):
            rows[path] = rows.get(path, -1) + 1
        if path in rows:
            path = (*path, str(rows[path]))
    return path


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(NAME, name))


def in_file(reading: Reading, path: Path) -> Locate:
    """Tells where in this file a key stands: (file, `line 12`)."""
    file = reading.shown(path)

    def locate(keys: Sequence[str]) -> tuple[str, str]:
        line = line_of(reading.texts.get(file, ""), keys)
        return file, f"line {line}" if line else ""

    return locate


def key_name(keys: Sequence[str]) -> str:
    """A key as faults name it; rows of a list of tables are counted from 1: variant.2.close."""
    first, *rest = keys
    if first in ROWS and rest and rest[0].isdecimal():
        rest[0] = str(int(rest[0]) + 1)
    return f"key {'.'.join([first, *rest])}"


def note_schema_faults(
    error: ValidationError, model: type[BaseModel], locate: Locate, faults: Faults, prefix: str = ""
) -> None:
    """Say each thing that the schema found wrong as a fault with the key's path."""
    for detail in error.errors():
        keys = [str(part) for part in detail["loc"]]
        shown = [*prefix.split("."), *keys] if prefix else keys
        file, where = locate(shown)
        found, expected, known = _words(detail, model)
        faults.add(file, where, key_name(shown), found, expected, known)


def _words(detail: ErrorDetails, model: type[BaseModel]) -> tuple[object, str, list[str]]:
    """What was found and expected, and the known names, of one finding of the schema."""
    kind, given = detail["type"], detail.get("input")
    limits = detail.get("ctx", {})
    name = next((str(part) for part in reversed(detail["loc"]) if not isinstance(part, int)), "")
    if kind == "extra_forbidden":
        known = known_keys(model, detail["loc"][:-1])
        return name, f"a known key ({', '.join(known)})", known
    if kind == "missing":
        return "nothing", f"a value for {name}", []
    if kind == "literal_error":
        names = QUOTED.findall(limits["expected"])
        return given, f"one of {', '.join(names)}", names
    if kind == "value_error":
        return given if not isinstance(given, dict) else "these keys", str(limits["error"]), []
    if kind == "too_short" and given:
        return f"a list of {len(given)}", f"a list of {limits['min_length']} or more", []
    return given, _expected(kind, name, limits) or detail["msg"], []


def _expected(kind: str, name: str, limits: dict[str, Any]) -> str:
    """The words for a value of the wrong type or out of range."""
    number = a_number(name)
    return {
        "float_type": number,
        "float_parsing": number,
        "int_type": a_number(name, "a whole number"),
        "int_from_float": a_number(name, "a whole number"),
        "finite_number": f"a finite number; {number}",
        "bool_type": "true or false",
        "string_type": "a text",
        "string_too_short": "a text that is not blank",
        "string_pattern_mismatch": "letters, digits, _ and - only",
        "list_type": "a list in [ ]",
        "too_short": "a longer list",
        "dict_type": "a table",
        "model_type": "a table of keys",
        "greater_than": f"{number}, above {limits.get('gt')}",
        "greater_than_equal": f"{number}, {limits.get('ge')} or more",
        "less_than": f"{number}, below {limits.get('lt')}",
        "less_than_equal": f"{number}, {limits.get('le')} or less",
    }.get(kind, "")


def known_keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys that a schema knows at this path."""
    here: type[BaseModel] | None = model
    named = False  # the next part is a name that the user chose
    for part in path:
        if here is None or isinstance(part, int) or named:
            named = False
            continue
        field = next((f for name, f in here.model_fields.items() if part in (name, f.alias)), None)
        here = _schema_in(field.annotation) if field else None
        named = field is not None and get_origin(field.annotation) is dict
    if here is None:
        return []
    return [field.alias or name for name, field in here.model_fields.items()]


def _schema_in(annotation: Any) -> type[BaseModel] | None:
    """The schema inside an annotation such as `list[Row]` or `Row | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _schema_in(part)
        if found is not None:
            return found
    return None
