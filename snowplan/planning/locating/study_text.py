"""The placements that are tried as a study that `snowplan compare` runs again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from snowplan.inputs.resolved import toml_text
from snowplan.inputs.study_resolved import row_text
from snowplan.model.comparison import Comparison, Variant

LEAST_RUNS = 2  # of a study


def study_text(comparison: Comparison, base: Mapping[str, Any]) -> str:
    """The study as TOML; `base` are the scenario's keys, under whose own storm all is tried."""
    runs = max(LEAST_RUNS, comparison.replications)
    values = {
        "name": comparison.name,
        "title": comparison.title,
        "title_en": comparison.title_en,
        **({"source": comparison.source} if comparison.source else {}),
        "baseline": comparison.baseline,
        "replications": runs,
        "cap": runs,
        "run_seed": comparison.run_seed,
        "question": {"decide": list(comparison.question.decide)},
        "base": base,
    }
    today = comparison.variant(comparison.baseline)
    storms = [
        {"id": storm.id, "title": storm.title, "title_en": storm.title_en}
        for storm in comparison.storms
    ]
    return (
        toml_text(values)
        + "".join(row_text("storm", row) for row in storms)
        + "".join(row_text("variant", _row(one, today)) for one in comparison.variants)
    )


def _row(variant: Variant, today: Variant) -> dict[str, Any]:
    """A variant: which of today's depots are closed, and all columns of those that it has."""
    row: dict[str, Any] = {"id": variant.id, "title": variant.title, "title_en": variant.title_en}
    if variant.id == today.id:
        return row
    kept = {depot.id for depot in variant.depots}
    row["close"] = [depot.id for depot in today.depots if depot.id not in kept]
    row["depots"] = {}
    for depot in variant.depots:
        columns = asdict(depot)
        row["depots"][columns.pop("id")] = columns
    return row
