"""What each phrase is worth: the run without it against the run with all, draw for draw the same.

Change = figure without the phrase − figure with all of them. Measures are better when smaller, so
a change above 0 says that the phrase helps.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from snowplan.analysis.intervals import t_interval
from snowplan.analysis.phrases import (
    BY_KEY,
    CIRCUMSTANCES,
    FIRST_CLEARING,
    FIRST_WORK,
    LAST,
    MEANT,
    MEASURES,
    Figures,
    Value,
)

ALL_ON = "all_on"
INDICATIVE_BELOW = 5  # pairs; fewer give an interval that only points
TOLD_PERCENT = 2.0  # circumstances that moved less are no reason
TOLD_H = 0.1
TOLD_MOST = 4
AS_MEANT, CONTRARY, NONE, UNCLEAR, UNKNOWN = (
    "as_meant", "contrary", "no_difference", "unclear", "unknown",
)  # fmt: skip

NEITHER = "neither"
NEUTRAL = ("hauled_t",)  # of which more is neither better nor worse

Runs = Mapping[tuple[str, int], Figures]  # by (variant, run seed); a variant is a phrase or ALL_ON


@dataclass(frozen=True, slots=True)
class Effect:
    """One phrase by one measure: means over `n` pairs, and the mean change with its interval.

    Pairs of which both runs end at the horizon tell no change: `ended` counts them. They are left
    out of the `n`, unless all are so (`by_counts`): then the sections left by then decide.

    `bound`: "≥" or "≤" where runs that ended at the horizon bound the change on that side, "?"
    where they leave it open. `late_on` and `late_off` are sections not so far by the horizon, all
    runs together. `low` and `high` are None below two pairs.
    """

    measure: str
    unit: str
    n: int
    on: float | None
    off: float | None
    on_at_least: bool
    off_at_least: bool
    change: float | None
    low: float | None
    high: float | None
    bound: str
    late_on: int
    late_off: int
    verdict: str
    ended: int = 0
    by_counts: bool = False

    @property
    def percent(self) -> float | None:
        """The change in per cent of the figure with all phrases on."""
        if self.change is None or not self.on or self.unit == "h":
            return None  # an instant is no share of another
        return round(100 * self.change / abs(self.on), 1)

    def as_dict(self) -> dict[str, Any]:
        """The effect as it stands in `phrases.json`."""
        row = {name: getattr(self, name) for name in self.__slots__}
        return row | {"percent": self.percent}


def effect(key: str, pairs: Sequence[tuple[Value, Value]]) -> Effect:
    """One measure over pairs of runs (with all phrases, without the one)."""
    measure = BY_KEY[key]
    known = [(on, off) for on, off in pairs if on.amount is not None and off.amount is not None]
    late_on, late_off = sum(on.late for on, _ in pairs), sum(off.late for _, off in pairs)
    if not known:
        return Effect(
            key, measure.unit, 0, None, None, False, False, None, None, None, "",
            late_on, late_off, UNKNOWN,
        )  # fmt: skip
    ended = [float(off.late - on.late) for on, off in known if on.at_least and off.at_least]
    told = [(on, off) for on, off in known if not (on.at_least and off.at_least)]
    by_counts = not told
    means = told or known
    changes = [(off.amount or 0.0) - (on.amount or 0.0) for on, off in means]
    low, high = (None if by_counts else t_interval(changes)) or (None, None)
    return Effect(
        measure=key,
        unit=measure.unit,
        n=len(means),
        on=_rounded(statistics.fmean(on.amount or 0.0 for on, _ in means)),
        off=_rounded(statistics.fmean(off.amount or 0.0 for _, off in means)),
        on_at_least=any(on.at_least for on, _ in means),
        off_at_least=any(off.at_least for _, off in means),
        change=_rounded(statistics.fmean(changes)),
        low=_rounded(low),
        high=_rounded(high),
        bound=_bound(known),
        late_on=late_on,
        late_off=late_off,
        verdict=_verdict(key, [] if by_counts else changes, ended),
        ended=len(ended),
        by_counts=by_counts,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3) + 0.0  # -0.0 becomes 0.0


def _bound(pairs: Sequence[tuple[Value, Value]]) -> str:
    on = any(on.at_least for on, _ in pairs)
    off = any(off.at_least for _, off in pairs)
    return "?" if on and off else "≥" if off else "≤" if on else ""


def _verdict(key: str, changes: Sequence[float], late: Sequence[float]) -> str:
    """Where both runs of every pair end at the horizon, the sections left by then decide.

    `late` is by how many more they are without the phrase, `changes` those of the other pairs.

    Where those of some pairs do, the others decide, if there are two of them at least and no
    count of sections left speaks against them; else it is unclear.
    """
    if not changes:
        return judged(late, 0)
    verdict = judged(changes, BY_KEY[key].digits)
    if key in NEUTRAL and verdict in (AS_MEANT, CONTRARY):
        return NEITHER
    if not late:
        return verdict
    agrees = {
        AS_MEANT: min(late) >= 0,
        CONTRARY: max(late) <= 0,
        NONE: min(late) == max(late) == 0,
    }
    return verdict if len(changes) > 1 and agrees.get(verdict, False) else UNCLEAR


def judged(changes: Sequence[float], digits: int) -> str:
    """As meant where the change is above 0, contrary where below, both at the decimals shown.

    With two pairs and more the whole interval must lie on that side; else it is unclear.
    """
    if all(round(change, digits) == 0 for change in changes):
        return NONE
    low, high = t_interval(changes) or (changes[0], changes[0])
    if low > 0:
        return AS_MEANT
    return CONTRARY if high < 0 else UNCLEAR


def plan_figures(runs: Runs, seeds: Sequence[int]) -> dict[str, Any]:
    """`all_on` of `phrases.json`: every measure with all phrases on, the mean over the seeds."""
    found = {}
    for key, measure in BY_KEY.items():
        values = [runs[ALL_ON, seed].values[key] for seed in seeds]
        known = [value.amount for value in values if value.amount is not None]
        found[key] = {
            "unit": measure.unit,
            "n": len(known),
            "mean": _rounded(statistics.fmean(known)) if known else None,
            "at_least": any(value.at_least for value in values),
            "late": sum(value.late for value in values),
        }
    return found


def phrase_effects(runs: Runs, seeds: Sequence[int], phrases: Sequence[str]) -> dict[str, Any]:
    """`phrases` of `phrases.json`: for each phrase its effects, verdicts, reasons and price."""
    return {phrase: _phrase(runs, seeds, phrase) for phrase in phrases}


def _phrase(runs: Runs, seeds: Sequence[int], phrase: str) -> dict[str, Any]:
    pairs = [(runs[ALL_ON, seed], runs[phrase, seed]) for seed in seeds]
    found = {
        key: effect(key, [(on.values[key], off.values[key]) for on, off in pairs]) for key in BY_KEY
    }
    shown = [found[measure.key] for measure in MEASURES]
    return {
        "identical": all(on.digest == off.digest for on, off in pairs),
        "moved": _moved(found),
        "same_clearing": _same_clearing(found),
        "meant": [
            {"measure": key, "verdict": found[key].verdict} | _last(key, found, pairs[0])
            for key in MEANT[phrase]
        ],
        "price": [
            item.measure
            for item in shown
            if item.verdict == CONTRARY and item.measure not in MEANT[phrase]
        ],
        "measures": {key: item.as_dict() for key, item in found.items()},
    }


def _last(key: str, found: Mapping[str, Effect], first: tuple[Figures, Figures]) -> dict[str, Any]:
    """`last`: where one section decides against the phrase, which one in the first pair of runs.

    Named with all on and without the phrase, and the measure of the median beside it.
    """
    places = [one.last.get(key) for one in first]
    if found[key].verdict == AS_MEANT or None in places:
        return {}
    on, off = (place._asdict() for place in places if place is not None)
    return {"last": {"on": on, "off": off, "median": LAST[key][-1]}}


def _same_clearing(found: Mapping[str, Effect]) -> bool:
    """Whether work began at another time, yet the first strip was cleared when it always was.

    Then every crew was there before any strip was due, and only the first de-icer moved.
    """
    begun, cleared = found[FIRST_WORK].change, found[FIRST_CLEARING].change
    if begun is None or cleared is None:
        return False
    return abs(begun) >= TOLD_H > abs(cleared)


def _moved(found: Mapping[str, Effect]) -> list[str]:
    """First work if it moved, then the circumstances that changed most, largest first."""
    moved = []
    for measure in CIRCUMSTANCES:
        percent = found[measure.key].percent
        if percent is not None and abs(percent) >= TOLD_PERCENT:
            moved.append((-abs(percent), measure.key))
    begun = found[FIRST_WORK].change
    later = [FIRST_WORK] if begun is not None and abs(begun) >= TOLD_H else []
    return [*later, *(key for _, key in sorted(moved))][:TOLD_MOST]
