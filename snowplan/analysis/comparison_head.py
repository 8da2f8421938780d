"""What was compared, as the report of a comparison tells it: study, variants, storms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.model.comparison import Comparison

Row = dict[str, Any]


def head(comparison: Comparison, schematic: bool) -> Row:
    """What the study asks, and how."""
    question = comparison.question
    return {
        "study": comparison.name,
        "title": comparison.title,
        "title_en": comparison.title_en,
        "source": comparison.source,
        "baseline": comparison.baseline,
        "schematic": schematic,
        "map": next(iter(comparison.scenarios.values())).road_map.name,
        "confidence": comparison.confidence,
        "run_seed": comparison.run_seed,
        "first": comparison.replications,
        "cap": comparison.cap,
        "decide": list(question.decide),
        "primary": question.decide[0],
        "indifference": question.indifference,
    }


def variants(
    comparison: Comparison, counts: Mapping[str, int], out: Mapping[str, int]
) -> list[Row]:
    """`variants`: each with its depots, and `counts` its replications."""
    names = ("id", "name", "zone", "lon", "lat", "bays", "stock_kg", "product")
    return [
        {
            "id": one.id,
            "title": one.title,
            "title_en": one.title_en,
            "n": counts[one.id],
            "depots": [{name: getattr(depot, name) for name in names} for depot in one.depots],
            "differences": [list(change) for change in one.differences],
            "out_after": out.get(one.id),
        }
        for one in comparison.variants
    ]


def storms(comparison: Comparison) -> list[Row]:
    """`storms`: each with its weight and its horizon."""
    first = comparison.variants[0].id
    return [
        {
            "id": storm.id,
            "title": storm.title,
            "title_en": storm.title_en,
            "weight": storm.weight,
            "horizon_ms": comparison.scenarios[first, storm.id].study.horizon_ms,
        }
        for storm in comparison.storms
    ]


def out_after(comparison: Comparison, stages: Sequence[Row] | None) -> dict[str, int]:
    """After how many replications each variant was left out by the selection."""
    out: dict[str, int] = {}
    for stage in stages or ():
        gone = [one.id for one in comparison.variants if one.id not in stage["left"]]
        for name in gone:
            out.setdefault(name, stage["n"])
    return out
