"""The resolved study as TOML, for the folder of its results: it can be compared again."""

from __future__ import annotations

from typing import Any

from snowplan.errors import Faults
from snowplan.inputs.overrides import Document, Layer
from snowplan.inputs.resolved import anchored, toml_text
from snowplan.inputs.study_layers import TAKEN, Chain, Layers, storm_keys

LISTS = ("storm", "variant")


def study_toml(layers: Layers) -> str:
    """The study with the scenarios that it names written out, and paths that hold anywhere."""
    table = layers.table
    values = table.model_dump(exclude_defaults=True, exclude={*LISTS, "base", "changes"})
    values["base"] = _keys_of(layers.base)
    if table.changes:
        values["changes"] = _anchored(table.changes, layers.own)
    storms = [_storm(layers, number) for number in range(len(table.storm))]
    variants = [
        row.model_dump(exclude_defaults=True)
        | ({"changes": _anchored(row.changes, layers.own)} if row.changes else {})
        for row in table.variant
    ]
    rows = (
        (kind, row) for kind, all_ in zip(LISTS, (storms, variants), strict=True) for row in all_
    )
    return toml_text(values) + "".join(row_text(kind, row) for kind, row in rows)


def _storm(layers: Layers, number: int) -> dict[str, Any]:
    """A storm, the scenario whose weather it has written out."""
    row, weather = layers.table.storm[number], layers.weathers[number]
    values = {
        **row.model_dump(exclude_defaults=True, include={"id", "title", "title_en", "weight"}),
        **_anchored(storm_keys(row), layers.own),
    }
    if weather is not None:
        values["scenario"] = {k: v for k, v in _keys_of(weather).items() if k in TAKEN}
    return values


def _keys_of(chain: Chain) -> dict[str, Any]:
    return anchored(chain.document(Faults()))


def _anchored(keys: dict[str, Any], own: Layer) -> dict[str, Any]:
    document = Document(own)
    document.merge(keys, own)
    return anchored(document)


def row_text(kind: str, row: dict[str, Any]) -> str:
    """One row of a list of tables; its plain keys come first, so the first head is its own."""
    return toml_text(row, (kind,)).replace(f"\n[{kind}]\n", f"\n[[{kind}]]\n", 1)
