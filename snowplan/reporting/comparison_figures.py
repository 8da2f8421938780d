"""Figures of a comparison as text: means, differences, intervals, each in a unit that reads."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from snowplan.reporting.comparison_words import direction, family, side, unit_name

MINUTES_BELOW_H = 2.0  # differences of times all smaller than this are told in minutes
MIN_PER_H = 60.0
MOST_DIGITS = 3
WIDE = 100.0
DASH = "–"
UNTOLD = "?"  # both ended at the horizon
Cell = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """How the figures of a measure are shown: times `factor`, in `unit`, with `digits`."""

    factor: float
    unit: str
    digits: int

    def text(self, value: float | None, *, sign: bool = False, digits: int | None = None) -> str:
        """A figure in this unit, without the unit; a dash for none."""
        if value is None:
            return DASH
        places = self.digits if digits is None else digits
        rounded = round(value * self.factor, places) + 0.0
        signed = "+" if sign and rounded else ""
        return f"{rounded:{signed},.{max(0, places)}f}"


IN_MINUTES = Scale(MIN_PER_H, "min", 0)


def mean_scale(report: Cell, key: str) -> Scale:
    """How the mean of a measure is shown; a chance in per cent."""
    info = report["measures"][key]
    if info["unit"] == "share":
        return Scale(100.0, "percent", max(0, info["digits"] - 2))
    digits = min(info["digits"], 1) if info["unit"] == "h" else info["digits"]
    return Scale(1.0, info["unit"], digits)


def difference_scale(report: Cell, key: str) -> Scale:
    """How the differences in a measure are shown: the same for all variants.

    Times in minutes where none differs by `MINUTES_BELOW_H` or more; shares in points.
    """
    whole = mean_scale(report, key)
    if whole.unit == "percent":
        return Scale(whole.factor, "points", whole.digits)
    if whole.unit == "h" and family(key) == "time":
        ends = _ends(effect_of(report, variant, key) for variant in report["differences"])
        if _short(ends):
            return IN_MINUTES
    return whole


def row_scale(report: Cell, variant: str, key: str) -> Scale:
    """How the difference of one variant is told: as for all, but short times in minutes."""
    whole = mean_scale(report, key)
    ends = _ends([effect_of(report, variant, key)])
    if whole.unit == "h" and family(key) == "time" and _short(ends):
        return IN_MINUTES
    return difference_scale(report, key)


def effect_of(report: Cell, variant: str, key: str) -> Cell:
    """The difference of a variant from the baseline in one measure; empty where unknown."""
    found: Cell = report["differences"].get(variant, {}).get(key, {})
    return found


def verdict_of(effect: Cell) -> str:
    """The verdict, `unknown` where there is no difference."""
    return str(effect.get("verdict") or "unknown")


def _ends(effects: Iterable[Cell]) -> Iterable[float]:
    for effect in effects:
        yield from (effect[end] for end in ("mean", "low", "high") if effect.get(end) is not None)


def _short(ends: Iterable[float]) -> bool:
    return max(map(abs, ends), default=0.0) < MINUTES_BELOW_H


def digits_of(effect: Cell, scale: Scale) -> int:
    """Decimals in which half the interval shows; one more where an end beside 0 would be 0.

    Below 0, so many whole digits are rounded away: of a wide interval two are told.
    """
    half = (effect.get("half_width") or 0.0) * scale.factor
    if half >= WIDE:
        return 1 - math.floor(math.log10(half))
    own = _needed(effect.get("half_width"), scale)
    if not off_zero(effect):
        return own
    ends = [_needed(effect.get(end), scale) for end in ("mean", "low", "high")]
    return min(max(own, *ends), own + 1, MOST_DIGITS)


def _needed(size: float | None, scale: Scale) -> int:
    """Decimals in which a size that is not 0 shows."""
    shown = abs(size or 0.0) * scale.factor
    if not shown:
        return scale.digits
    return max(scale.digits, min(MOST_DIGITS, -math.floor(math.log10(shown))))


def off_zero(effect: Cell) -> bool:
    """Whether the interval leaves 0 out."""
    low, high = effect.get("low"), effect.get("high")
    return low is not None and high is not None and low * high > 0


def alike(effect: Cell) -> bool:
    """Whether all pairs had the same figure, though not every event was the same."""
    return effect.get("low") == 0 == effect.get("high") and not effect.get("ended")


def beyond(effect: Cell) -> bool:
    """Whether in all pairs both runs had sections left at the horizon: no difference is known."""
    ended = effect.get("ended") or 0
    return bool(ended) and ended == effect["n"] and verdict_of(effect) != "same"


def with_unit(text: str, unit: str, lang: str) -> str:
    """A figure and its unit: 14 分钟, 36 %, 5 points."""
    return f"{text} {unit_name(unit, lang)}".rstrip()


def mean_text(report: Cell, variant: str, key: str, lang: str) -> str:
    """The mean of a variant with its unit."""
    cell = report["means"].get(variant, {}).get(key, {})
    scale = mean_scale(report, key)
    text = scale.text(cell.get("mean"))
    return text if text == DASH else with_unit(text, scale.unit, lang)


def change_text(effect: Cell, scale: Scale) -> str:
    """The mean difference with its sign; 0 alone where the runs are the same."""
    if verdict_of(effect) == "same" or alike(effect):
        return "0"
    if beyond(effect):
        return UNTOLD
    return scale.text(effect.get("mean"), sign=True, digits=digits_of(effect, scale))


def change_with_unit(effect: Cell, scale: Scale, lang: str) -> str:
    """The mean difference with its unit; 0 and what is not known stand alone."""
    text = change_text(effect, scale)
    alone = verdict_of(effect) == "same" or text in {UNTOLD, DASH}
    return text if alone else with_unit(text, scale.unit, lang)


def interval_text(effect: Cell, scale: Scale) -> str:
    """The interval of the difference in brackets; nothing where there is none."""
    low, high = effect.get("low"), effect.get("high")
    none = low is None or high is None or beyond(effect) or alike(effect)
    if verdict_of(effect) == "same" or none:
        return ""
    digits = digits_of(effect, scale)
    ends = (scale.text(end, sign=True, digits=digits) for end in (low, high))
    return f"[{', '.join(ends)}]"


def at_most(effect: Cell, scale: Scale) -> str:
    """The greatest size that the interval leaves open, rounded up."""
    digits = digits_of(effect, scale)
    size = max(abs(effect[end]) for end in ("low", "high")) * scale.factor
    step = 10.0**-digits
    return f"{math.ceil(round(size / step, 6)) * step:,.{max(0, digits)}f}"


def told(effect: Cell, key: str, scale: Scale, lang: str) -> str:
    """A difference in the words of its measure, without its interval: 早 14 分钟, 14 min sooner."""
    size = scale.text(abs(effect["mean"]), digits=digits_of(effect, scale))
    way = direction(key, lang, more=effect["mean"] > 0)
    shown = with_unit(size, scale.unit, lang)
    return f"{shown} {way}" if side(lang) else f"{way} {shown}"


def told_ends(effect: Cell, scale: Scale) -> tuple[str, str] | None:
    """The ends of an interval on one side of 0 as sizes, the smaller first; else None."""
    low, high = effect.get("low"), effect.get("high")
    if low is None or high is None or low * high < 0:
        return None
    digits = digits_of(effect, scale)
    sizes = sorted(abs(end) for end in (low, high))
    return scale.text(sizes[0], digits=digits), scale.text(sizes[1], digits=digits)
