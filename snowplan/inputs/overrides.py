"""Base files, named overrides and `--set`: one document, and every difference old → new."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from snowplan.errors import Faults, UseError
from snowplan.given import resolve, scenario_names
from snowplan.inputs.naming import A_SCENARIO, is_study
from snowplan.inputs.reading import Reading
from snowplan.inputs.toml_files import line_of, read_toml

SET = "--set"
BLOCKS = (("overrides",), ("apply",))  # `--set overrides=cold` puts the block of that name over
NOT_TOLD = frozenset({"name", "title", "title_en", "source", "extends", "apply", "overrides"})
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """Where some keys come from: a file and the folder that its relative paths start from.

    `under` is the table of the file that holds them, if not the file as a whole.
    """

    file: str
    folder: Path
    text: str = ""
    under: Keys = ()

    def where(self, keys: Sequence[str]) -> str:
        """`line 12`, or nothing for what stands in no file."""
        line = line_of(self.text, (*self.under, *keys)) if self.text else None
        return f"line {line}" if line else ""


@dataclass(slots=True)
class Document:
    """Keys composed of layers: their values, the layer of each, and what replaced what."""

    top: Layer
    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[Keys, Layer] = field(default_factory=dict)
    differences: list[tuple[str, str, str]] = field(default_factory=list)

    def merge(
        self, new: Mapping[str, Any], layer: Layer, into: Keys = (), *, told: bool = False
    ) -> None:
        """Put a layer's keys over those that are there; `told` notes keys that are new, too."""
        target = self.table_at(into)
        for key, value in new.items():
            path = (*into, key)
            self.origins[path] = layer
            old = target.get(key)
            if isinstance(value, Mapping) and (isinstance(old, dict) or key not in target):
                target.setdefault(key, {})
                self.merge(value, layer, path, told=told)
                continue
            if old != value and (key in target or told):
                self.note(path, target.get(key, ""), value)
            target[key] = copy.deepcopy(value)

    def table_at(self, keys: Keys) -> dict[str, Any]:
        """The table at a path, made where it is not there."""
        here = self.values
        for key in keys:
            here = here.setdefault(key, {})
        return here

    def note(self, keys: Keys, old: object, new: object) -> None:
        """Keep a difference; a later one for the same key goes on from the first old value."""
        if keys[0] in NOT_TOLD:
            return
        name = ".".join(keys)
        first = next((row[1] for row in self.differences if row[0] == name), written(old))
        self.differences = [row for row in self.differences if row[0] != name]
        if first != written(new):
            self.differences.append((name, first, written(new)))

    def locate(self, keys: Sequence[str]) -> tuple[str, str]:
        """The file and line where a key, or the nearest table around it, was given."""
        for length in range(len(keys), 0, -1):
            layer = self.origins.get(tuple(keys[:length]))
            if layer is not None:
                return layer.file, layer.where(keys)
        return self.top.file, ""

    def folder_of(self, keys: Sequence[str]) -> Path:
        """The folder from which a path at this key starts."""
        for length in range(len(keys), 0, -1):
            layer = self.origins.get(tuple(keys[:length]))
            if layer is not None:
                return layer.folder
        return self.top.folder


Given = tuple[dict[str, Any], Layer]  # keys as they stand in a file


def written(value: object) -> str:
    """A value as people write it in TOML, texts without quotes."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, (bool, int, list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def compose(reading: Reading, path: Path, sets: Sequence[str]) -> Document | None:
    """The scenario's keys: base files first, each with the blocks it applies; `--set` last."""
    layers = chain_of(reading, path)
    return document_of(layers, sets, reading.faults) if layers else None


def document_of(layers: Sequence[Given], sets: Sequence[str], faults: Faults) -> Document:
    """Layers put over each other, each with the blocks it applies; `--set` last."""
    document = Document(layers[-1][1])
    for values, layer in layers:
        put_over(document, values, layer, faults)
    cli = Layer(SET, Path.cwd())
    assigned = [parse_set(text) for text in sets]
    for keys, value in assigned:
        if keys in BLOCKS:
            names = value.split(",") if isinstance(value, str) else value
            _apply(document, names, cli, keys[0], faults)
    for keys, value in assigned:
        if keys not in BLOCKS:
            _assign(document, keys, value, cli, faults)
    for done in ("extends", "apply"):
        document.values.pop(done, None)
    return document


def put_over(
    document: Document,
    values: Mapping[str, Any],
    layer: Layer,
    faults: Faults,
    *,
    told: bool = False,
) -> None:
    """Put a layer over the document, then the blocks that it applies."""
    document.merge(values, layer, told=told)
    _apply(document, values.get("apply", []), layer, "apply", faults)
    document.values.pop("apply", None)


def chain_of(reading: Reading, path: Path) -> list[Given] | None:
    """A file and the files it extends, base first; None after a fault."""
    chain: list[Given] = []
    seen: list[Path] = []
    here: Path | None = path
    while here is not None:
        if here.resolve() in seen:
            names = " → ".join(reading.shown(p) for p in (*seen, here))
            file, layer = chain[-1][1].file, chain[-1][1]
            where = layer.where(["extends"])
            reading.faults.add(file, where, "key extends", names, "no circle of files")
            return None
        seen.append(here.resolve())
        values = read_toml(reading, here)
        if values is None:
            return None
        file = reading.shown(here)
        layer = Layer(file, here.parent, reading.texts[file])
        if is_study(values):
            reading.faults.add(file, "", "", "a study", A_SCENARIO)
            return None
        chain.append((values, layer))
        base = values.get("extends")
        if base is None:
            break
        if not isinstance(base, str):
            where = layer.where(["extends"])
            reading.faults.add(file, where, "key extends", base, "the name of a scenario file")
            return None
        here = _base_path(reading, base, here.parent, layer)
        if here is None:
            return None
    return chain[::-1]


def _base_path(reading: Reading, base: str, beside: Path, layer: Layer) -> Path | None:
    """The file that `extends` names: beside this one, or a shipped scenario by its name."""
    if resolve(base, beside) is None and base in scenario_names():
        base = f"scenarios/{base}.toml"
    return reading.find(base, beside, layer.file, layer.where(["extends"]), "key extends")


def _apply(document: Document, names: Any, layer: Layer, key: str, faults: Faults) -> None:
    """Put named override blocks over the document, in the order of their names."""
    blocks = document.values.get("overrides", {})
    known = sorted(blocks) if isinstance(blocks, dict) else []
    for name in names if isinstance(names, list) else [names]:
        block = blocks.get(name.strip()) if known and isinstance(name, str) else None
        if not isinstance(block, dict):
            expected = f"a named override: {', '.join(known) or 'none is given'}"
            faults.add(layer.file, layer.where([key]), f"key {key}", name, expected, known)
            continue
        given_in = document.origins.get(("overrides", name.strip()), document.top)
        under = (*given_in.under, "overrides", name.strip())
        document.merge(block, replace(given_in, under=under), told=True)


def parse_set(text: str) -> tuple[Keys, Any]:
    """`snow.total_mm=12` as keys and a value: TOML where it is valid TOML, else a text.

    Raises UseError when there is no `=` or no key.
    """
    key, equals, value = text.partition("=")
    keys = tuple(part.strip() for part in key.split("."))
    if not equals or not all(keys):
        raise UseError(f"{SET} {text}: expected key=value, such as snow.total_mm=12")
    try:
        return keys, tomllib.loads(f"value = {value.strip()}")["value"]
    except tomllib.TOMLDecodeError:
        return keys, value.strip()


def _assign(document: Document, keys: Keys, value: Any, layer: Layer, faults: Faults) -> None:
    """Put one `--set` over the document; a whole number picks a row of a list."""
    here: Any = document.values
    for depth, key in enumerate(keys[:-1]):
        if isinstance(here, list):
            if not key.isdecimal() or int(key) >= len(here):
                _refuse(keys[: depth + 1], key, f"a row from 0 to {len(here) - 1}", faults)
                return
            here = here[int(key)]
            continue
        below = here.setdefault(key, {})
        if isinstance(below, str) and key in ("plan", "seeds"):
            below = here[key] = {"file" if key == "plan" else "folder": below}
        here = below
        if not isinstance(here, (dict, list)):
            _refuse(keys, ".".join(keys), f"{'.'.join(keys[: depth + 1])} is one value", faults)
            return
    last: Any = int(keys[-1]) if isinstance(here, list) and keys[-1].isdecimal() else keys[-1]
    if isinstance(here, list) and (not isinstance(last, int) or last >= len(here)):
        _refuse(keys, keys[-1], f"a row from 0 to {len(here) - 1}", faults)
        return
    old = here[last] if isinstance(here, list) else here.get(last)
    known = isinstance(here, list) or last in here
    if known and old != value:
        document.note(keys, old, value)
    elif not known and not isinstance(value, dict):
        document.note(keys, "", value)
    here[last] = value
    document.origins[keys] = layer


def _refuse(keys: Sequence[str], found: str, expected: str, faults: Faults) -> None:
    faults.add(SET, "", f"key {'.'.join(keys)}", found, expected)
