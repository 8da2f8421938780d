"""Figures of the study of the phrases as text: amounts, changes, intervals; and its CSV table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from snowplan.reporting.phrase_words import phrase_word
from snowplan.words import name_of

DIGITS = {"h": 1, "t": 1}
MOST_DIGITS = 3
DASH = "–"
UNTOLD = "?"  # neither run came so far by the horizon
COLUMNS = (
    "measure", "unit", "n", "on", "off", "change", "percent", "low", "high", "bound", "on_at_least",
    "off_at_least", "late_on", "late_off", "verdict",
    "ended", "by_counts",
)  # fmt: skip


def digits_for(unit: str, *sizes: float | None) -> int:
    """Decimals in which each of `sizes` that is not 0 shows: the unit's own, at most three."""
    found = DIGITS.get(unit, 0)
    for size in sizes:
        if size:
            found = max(found, min(MOST_DIGITS, -math.floor(math.log10(abs(size)))))
    return found


def digits_of(effect: Mapping[str, Any]) -> int:
    """Decimals in which a difference shows that counts as one."""
    if effect["verdict"] in ("no_difference", "unclear"):
        return digits_for(effect["unit"])
    return digits_for(effect["unit"], effect["change"], effect["low"], effect["high"])


def number(value: float | None, unit: str, *, sign: bool = False, digits: int | None = None) -> str:
    """A figure with the decimals of its unit, or so many; hours and changes carry their sign."""
    if value is None:
        return DASH
    digits = DIGITS.get(unit, 0) if digits is None else digits
    rounded = round(value, digits) + 0.0
    signed = "+" if (sign or unit == "h") and rounded else ""
    return f"{rounded:{signed},.{digits}f}"


def amount(effect: Mapping[str, Any], side: str, lang: str) -> str:
    """The figure with all on (`on`) or without the phrase (`off`), with what is late."""
    text = number(effect[side], effect["unit"], digits=digits_of(effect))
    late = effect[f"late_{side}"]
    mark = "≥" if effect[f"{side}_at_least"] else ""
    beside = f"\n{phrase_word('late', lang, n=late)}" if late else ""
    return f"{mark}{text}{beside}"


def all_on(whole: Mapping[str, Any], digits: int | None = None) -> str:
    """The figure with all on (of `all_on` in the report), two digits of it at least.

    With `digits`, so many decimals. An instant keeps those of its unit.
    """
    mean, unit = whole["mean"], whole["unit"]
    own = digits_for(unit, None if unit == "h" or mean is None else mean / 10)
    mark = "≥" if whole["at_least"] else ""
    return mark + number(mean, unit, digits=own if digits is None else max(own, digits))


def change(effect: Mapping[str, Any], digits: int | None = None) -> str:
    """The mean change in the unit of the measure, with its bound; with `digits`, so many."""
    if effect["by_counts"]:
        return UNTOLD
    own = digits_of(effect) if digits is None else digits
    none = effect["change"] == 0  # written as short as can be
    told = number(effect["change"], effect["unit"], sign=True, digits=None if none else own)
    return str(effect["bound"]) + told


def change_told(effect: Mapping[str, Any], lang: str) -> str:
    """The change with its interval; where counts decide, how many more sections are late."""
    if effect["by_counts"]:
        more = effect["late_off"] - effect["late_on"]
        return phrase_word("by_counts", lang, more=f"{more:+d}" if more else "0")
    return "\n".join(filter(None, [change(effect), interval(effect)]))


def change_with_unit(effect: Mapping[str, Any], lang: str) -> str:
    """Hours as hours, all else in per cent of the figure with all on; untold: what is late."""
    if change(effect) == UNTOLD:
        return phrase_word("late_moved", lang, on=effect["late_on"], off=effect["late_off"])
    if effect["unit"] == "h" or effect["percent"] is None:
        return f"{change(effect)} {phrase_word('unit.' + effect['unit'], lang)}"
    percent = f"{effect['percent']:+.1f} %" if effect["percent"] else "0 %"
    return f"{effect['bound']}{percent}"


def interval(effect: Mapping[str, Any]) -> str:
    """The interval in the unit of the measure; nothing below two pairs or where all agree."""
    if effect["low"] is None or effect["low"] == effect["high"]:
        return ""
    unit, digits = effect["unit"], digits_of(effect)
    low, high = (number(effect[end], unit, sign=True, digits=digits) for end in ("low", "high"))
    return f"[{low}, {high}]"


def half_interval(effect: Mapping[str, Any]) -> str:
    """Half the width of the interval, in hours or per cent as the change is told."""
    if not interval(effect) or (effect["unit"] != "h" and not effect["on"]):
        return ""
    half = (effect["high"] - effect["low"]) / 2
    if effect["unit"] == "h":
        return f"±{half:.1f}"
    return f"±{100 * half / abs(effect['on']):.1f}"


def measured(report: Mapping[str, Any], key: str) -> bool:
    """Whether any run knows this measure."""
    known = [report["all_on"][key]["mean"]]
    known += [found["measures"][key]["change"] for found in report["phrases"].values()]
    return any(value is not None for value in known)


def effects_frame(report: Mapping[str, Any], lang: str) -> pd.DataFrame:
    """`phrases.csv`: one row a phrase and measure, as in `phrases.json`, with their names."""
    rows = []
    for phrase, found in report["phrases"].items():
        meant = {item["measure"] for item in found["meant"]}
        for key, effect in found["measures"].items():
            names = {
                "phrase": phrase,
                "phrase_name": name_of("phrase", phrase, lang),
                "measure_name": phrase_word(key, lang),
                "meant": key in meant,
            }
            rows.append(names | {column: effect[column] for column in COLUMNS})
    return pd.DataFrame(rows)
