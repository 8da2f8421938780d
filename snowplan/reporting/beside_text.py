"""Sentences on a section's windrow, cycle lanes and pavements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from snowplan.analysis.explaining_beside import Loads, SideStory
from snowplan.units import G_PER_T
from snowplan.words import say

At = Callable[[int], str]
MANY = 6  # parties that are named


def windrow_lines(row: Mapping[str, Any], loads: Loads | None, at: At, lang: str) -> list[str]:
    """What became of the windrow; `row` of `sections.parquet`, `at` tells an instant."""
    state = row["haul_state"]
    if state is None or (state == "not_needed" and loads is None):
        return []
    time = "" if row["hauled_ms"] is None else at(int(row["hauled_ms"]))
    lines = [
        say(f"told.windrow_{state}", lang, time=time)
        + _limit(row["limit_haul_h"], row["met_haul"], lang)
    ]
    if loads is None:
        return [*lines, say("told.no_loads", lang)]
    told = say(
        "told.loads", lang, n=loads.count, t=loads.grams / G_PER_T, first=at(loads.first_ms),
        last=at(loads.last_ms), by=_names(loads.by),
    )  # fmt: skip
    return [*lines, told]


def side_lines(
    row: Mapping[str, Any], stories: Sequence[SideStory], at: At, lang: str
) -> list[str]:
    """When cycle lanes and pavements were clean, and who cleared them."""
    lines = []
    for story in stories:
        state = row[f"{story.part}_state"]
        if state is None:
            continue
        cleared = row[f"{story.part}_cleared_ms"]
        word = "part.cycle_lane" if story.part == "cycle" else "part.pavement"
        head = say(
            f"told.side_{state}", lang, part=say(word, lang), m2=row[f"{story.part}_m2"],
            time="" if cleared is None else at(int(cleared)),
        )  # fmt: skip
        lines.append(head + _limit(row["limit_side_h"], row[f"met_{story.part}"], lang))
        lines += _work(story, at, lang)
    return lines


def _work(story: SideStory, at: At, lang: str) -> list[str]:
    lines = []
    if story.last_ms is not None:
        lines.append(
            say(
                "told.by_hand", lang, t=story.grams / G_PER_T, time=at(story.last_ms),
                by=_names(story.cleared_by),
            )
        )  # fmt: skip
    if story.fronted_ms is not None:
        lines.append(
            say(
                "told.fronted", lang, time=at(story.fronted_ms), t=story.fronted_g / G_PER_T,
                thrown=story.thrown_g / G_PER_T,
            )
        )  # fmt: skip
    return lines or [say("told.nobody", lang)]


def _limit(hours: float | None, met: bool | None, lang: str) -> str:
    if hours is None:
        return ""
    verdict = "undecided" if met is None else "met" if met else "missed"
    return say("told.limit", lang, hours=hours, verdict=say(f"table.{verdict}", lang))


def thrown_back(grams: int, lang: str) -> str:
    """That frontage duty threw snow back on the road, where it did."""
    return say("told.thrown_back", lang, t=grams / G_PER_T) if grams else ""


def _names(parties: Sequence[str]) -> str:
    return ", ".join(parties[:MANY]) + (" …" if len(parties) > MANY else "")
