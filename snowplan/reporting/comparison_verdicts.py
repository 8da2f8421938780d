"""The verdict on each variant as a paragraph: what differs, what does not, what is unclear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from snowplan.reporting.comparison_figures import (
    Cell,
    alike,
    at_most,
    beyond,
    digits_of,
    effect_of,
    off_zero,
    row_scale,
    told,
    told_ends,
    verdict_of,
    with_unit,
)
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_words import (
    APART,
    UNCORRECTED,
    measure_name,
    title_of,
    unit_name,
)

Report = Mapping[str, Any]
# In this order what is not told apart is named; of each kind all measures together.
NOT_APART = ("same", "no_difference", "alike", "unclear_holm", "unclear", "beyond", "unknown")
ALIKE = {"same", "unknown"}
MOST_BESIDE = 4
FEW = 10  # runs below which nothing is made of what is not corrected, and no gain is told


def others_of(report: Report) -> list[Cell]:
    """The variants that the baseline is compared with, in the order of the study."""
    return [row for row in report["variants"] if row["id"] != report["baseline"]]


def others_first(report: Report) -> list[Cell]:
    """The same where not all have room: the one selected first, those left out by it last."""
    best = (report["selection"] or {}).get("best")
    return sorted(
        others_of(report),
        key=lambda row: (row["id"] != best, -(row.get("out_after") or float("inf"))),
    )


def titles(report: Report, lang: str) -> dict[str, str]:
    """Titles of the variants by id."""
    return {row["id"]: title_of(row, lang) for row in report["variants"]}


def percent_of(report: Report) -> str:
    """The confidence in per cent: 95, 97.5."""
    return f"{100 * report['confidence']:.6g}"


def verdict_lines(report: Report, lang: str) -> Iterator[str]:
    """A paragraph for each variant but the baseline."""
    for row in others_of(report):
        yield verdict_line(report, row, lang)


def verdict_line(report: Report, row: Cell, lang: str, *, short: bool = False) -> str:
    """What the study says about one variant, deciding measures alone.

    `short` leaves the intervals of what is unclear to the table.
    """
    left = row.get("out_after")
    return comparison_text(
        "verdict", lang, title=title_of(row, lang),
        parts=comparison_text("join", lang).join(_parts(report, row["id"], lang, short=short)),
        left="" if left is None else comparison_text("left", lang, n=left),
    )  # fmt: skip


def beside_lines(report: Report, lang: str) -> Iterator[str]:
    """Where other measures differ: a line a variant with the strongest ones, uncorrected."""
    for row in others_of(report):
        found = _beside(report, row["id"])
        if not found:
            continue
        parts = [_told(report, row["id"], key, lang) for key in found[:MOST_BESIDE]]
        most = max(effect_of(report, row["id"], key)["n"] for key in found)
        if len(found) > MOST_BESIDE:
            parts.append(comparison_text("more_rest", lang, n=len(found)))
        text = comparison_text("join", lang).join(parts)
        few = comparison_text("more_few", lang, n=most) if most < FEW else ""
        yield comparison_text("more", lang, title=title_of(row, lang), parts=text, few=few)


def _beside(report: Report, variant: str) -> list[str]:
    """Measures beside the deciding ones that differ, those of all roads first, surest first."""
    cells = report["differences"].get(variant, {})
    asked = set(report["decide"])
    found = [
        key for key, effect in cells.items()
        if key not in asked and verdict_of(effect) in UNCORRECTED and _plain(key)
    ]  # fmt: skip
    return sorted(found, key=lambda key: (-_sureness(cells[key]), key))


def _plain(key: str) -> bool:
    """Whether it is about all, or about no roads: classes and zones have their table."""
    return "/" not in key or key.endswith("/all")


def _sureness(effect: Cell) -> float:
    half = effect.get("half_width") or 0.0
    return abs(effect["mean"]) / half if half else float("inf")


def _parts(report: Report, variant: str, lang: str, *, short: bool) -> list[str]:
    effects = {key: effect_of(report, variant, key) for key in report["decide"]}
    every = [verdict_of(effect) for effect in report["differences"].get(variant, {}).values()]
    if {verdict_of(effect) for effect in effects.values()} == {"same"} and set(every) <= ALIKE:
        baseline = titles(report, lang)[report["baseline"]]
        return [comparison_text("all_same", lang, baseline=baseline)]
    groups: dict[str, list[str]] = {}
    for key, effect in effects.items():
        groups.setdefault(_group(effect), []).append(key)
    parts = [_told(report, variant, key, lang) for kind in APART for key in groups.get(kind, ())]
    for kind in NOT_APART:
        named = [
            _named(report, variant, key, kind, lang, short=short) for key in groups.get(kind, ())
        ]
        if named:
            n = max(effects[key].get("n") or 0 for key in groups[kind])
            measures = comparison_text("list", lang).join(named)
            text = comparison_text(kind, lang, measures=measures, percent=percent_of(report), n=n)
            parts.append(text)
    return parts


def _group(effect: Cell) -> str:
    """The verdict; what is unclear by what makes it so."""
    verdict = verdict_of(effect)
    if verdict != "unclear":
        return verdict
    if beyond(effect):
        return "beyond"
    if alike(effect):
        return "alike"
    return "unclear_holm" if off_zero(effect) else verdict


def _named(report: Report, variant: str, key: str, kind: str, lang: str, *, short: bool) -> str:
    """A measure that is not told apart, with how far it may be; `short`: without the interval."""
    effect, scale, name = (
        effect_of(report, variant, key), row_scale(report, variant, key), measure_name(key, lang)
    )  # fmt: skip
    if kind in {"same", "alike", "unknown", "beyond"} or effect.get("low") is None:
        return name
    unit = unit_name(scale.unit, lang)
    if kind == "no_difference" and alike(effect):
        return comparison_text("alike_of", lang, measure=name, n=effect["n"])
    if kind == "no_difference":
        size = with_unit(at_most(effect, scale), scale.unit, lang)
        return comparison_text("at_most", lang, measure=name, size=size)
    if short:
        return name
    digits = digits_of(effect, scale)
    low, high = (scale.text(effect[end], sign=True, digits=digits) for end in ("low", "high"))
    return comparison_text("between", lang, measure=name, low=low, high=high, unit=unit)


def _told(report: Report, variant: str, key: str, lang: str) -> str:
    effect, scale = effect_of(report, variant, key), row_scale(report, variant, key)
    return comparison_text(
        "told", lang, measure=measure_name(key, lang), told=told(effect, key, scale, lang),
        interval=_ends(report, variant, key, lang), small=_small(report, variant, key, lang),
    )  # fmt: skip


def _small(report: Report, variant: str, key: str, lang: str) -> str:
    """That a difference in the first measure is smaller than what the study says is nothing."""
    nothing = report.get("indifference") if key == report["primary"] else None
    if nothing is None or abs(effect_of(report, variant, key)["mean"]) >= nothing:
        return ""
    scale = row_scale(report, variant, key)
    size = with_unit(f"{nothing * scale.factor:.6g}", scale.unit, lang)
    return comparison_text("small", lang, size=size)


def _ends(report: Report, variant: str, key: str, lang: str) -> str:
    """The interval in round brackets: sizes where both ends lie on one side, else with signs."""
    effect, scale = effect_of(report, variant, key), row_scale(report, variant, key)
    low, high = effect.get("low"), effect.get("high")
    if low is None or high is None:
        return ""
    percent = percent_of(report)
    sizes = told_ends(effect, scale)
    if sizes is not None:
        return comparison_text("ends", lang, percent=percent, low=sizes[0], high=sizes[1])
    digits = digits_of(effect, scale)
    ends = [scale.text(end, sign=True, digits=digits) for end in (low, high)]
    return comparison_text(
        "ends_signed", lang, percent=percent, low=ends[0], high=ends[1],
        unit=unit_name(scale.unit, lang),
    )  # fmt: skip
