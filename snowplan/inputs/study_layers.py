"""A study's scenarios as keys: the base, then changes, a storm, and a variant's own."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from snowplan.errors import Faults
from snowplan.inputs.naming import scenario_path
from snowplan.inputs.overrides import Document, Given, Keys, Layer, chain_of, document_of, put_over
from snowplan.inputs.reading import Reading
from snowplan.inputs.study_schema import WEATHER_KEYS, StormCaseTable, StudyFile
from snowplan.inputs.toml_files import key_name

TAKEN = ("timezone", *WEATHER_KEYS)  # of another scenario, as a storm


@dataclass(frozen=True, slots=True)
class Chain:
    """A scenario's layers, base first, and the files that they were read from."""

    layers: tuple[Given, ...]
    files: Mapping[str, str]

    def document(self, faults: Faults) -> Document:
        """The scenario's keys, composed."""
        return document_of(self.layers, (), faults)


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything that the scenarios of a study are composed of."""

    table: StudyFile
    own: Layer  # the study file
    base: Chain
    weathers: tuple[Chain | None, ...]  # of another scenario, for storms that name one

    def document(self, storm: int | None, variant: int | None, faults: Faults) -> Document:
        """The keys of one scenario; faults of the blocks that are applied are noted."""
        document = self.base.document(faults)
        changes = replace(self.own, under=("changes",))
        put_over(document, self.table.changes, changes, faults, told=True)
        if storm is not None:
            weather = self.weathers[storm]
            if weather is not None:
                take_weather(document, weather.document(faults))
            layer = replace(self.own, under=("storm", str(storm)))
            put_over(document, storm_keys(self.table.storm[storm]), layer, faults, told=True)
        if variant is not None:
            layer = replace(self.own, under=("variant", str(variant), "changes"))
            put_over(document, self.table.variant[variant].changes, layer, faults, told=True)
        return document

    def files(self, storm: int | None) -> dict[str, str]:
        """SHA-256 of the scenario files of one composition, the study's own not among them."""
        weather = None if storm is None else self.weathers[storm]
        return {**self.base.files, **(weather.files if weather else {})}


def read_layers(reading: Reading, table: StudyFile, own: Layer) -> Layers | None:
    """The layers of a study; None after faults in the scenarios that it names."""
    base = _chain(reading, table.base, own, ("base",))
    weathers = [
        None if row.scenario is None else _chain(reading, row.scenario, own, ("storm", str(n)))
        for n, row in enumerate(table.storm)
    ]
    missing = any(
        row.scenario is not None and chain is None
        for row, chain in zip(table.storm, weathers, strict=True)
    )
    return None if base is None or missing else Layers(table, own, base, tuple(weathers))


def _chain(reading: Reading, named: str | dict[str, Any], own: Layer, keys: Keys) -> Chain | None:
    """A scenario that the study names, or whose keys it holds."""
    under = keys if keys == ("base",) else (*keys, "scenario")
    if isinstance(named, dict):
        return Chain(((named, replace(own, under=under)),), {})
    apart = reading.branch()
    beside = own.folder / named
    path = beside if beside.is_file() else scenario_path(named, apart)
    if path is None:
        reading.faults.items.extend(
            replace(fault, file=own.file, where=own.where(under), field=key_name(under))
            for fault in apart.faults.items
        )
        return None
    layers = chain_of(apart, path)
    reading.faults.items.extend(apart.faults.items)
    return Chain(tuple(layers), dict(apart.files)) if layers else None


def storm_keys(row: StormCaseTable) -> dict[str, Any]:
    """The scenario keys of a storm."""
    keys = {key: getattr(row, key) for key in WEATHER_KEYS if getattr(row, key) is not None}
    return {**keys, "apply": row.apply} if row.apply else keys


def take_weather(document: Document, other: Document) -> None:
    """Put another scenario's weather in the place of the document's own, differences noted."""
    for key in TAKEN:
        old = document.values.pop(key, None)
        for keys in [keys for keys in document.origins if keys[0] == key]:
            del document.origins[keys]
        if key in other.values:
            document.values[key] = copy.deepcopy(other.values[key])
        document.origins |= {k: layer for k, layer in other.origins.items() if k[0] == key}
        _note(document, (key,), old, other.values.get(key))


def _note(document: Document, keys: Keys, old: Any, new: Any) -> None:
    """Note what differs, leaf by leaf."""
    if isinstance(old, dict) or isinstance(new, dict):
        was, now = (value if isinstance(value, dict) else {} for value in (old, new))
        for key in [*was, *(key for key in now if key not in was)]:
            _note(document, (*keys, key), was.get(key), now.get(key))
    elif old != new:
        document.note(keys, "" if old is None else old, "" if new is None else new)
