"""What hauling and hand work came to, in a few lines below the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from snowplan.units import MS_PER_DAY, ms_hours
from snowplan.words import name_of, say

PERCENT = 100.0


def group_lines(
    summary: Mapping[str, Any], lang: str, dump_names: Mapping[str, str] | None = None
) -> list[str]:
    """Lines on hauling, its waits, full dump points and hand work; `summary` as `summary.json`.

    A dump point without a name is told by its id.
    """
    hauling, hand = summary["hauling"], summary["hand"]
    lines = []
    if hauling is not None and not hauling["loaded_t"] and not hauling["truck_waits_h"]:
        lines.append(say("groups.stayed", lang))
    elif hauling is not None:
        lines.append(_hauled(hauling, lang))
        if hauling["loads"] and hauling["loads_per_truck_day"] is not None:
            lines.append(say("groups.caution", lang))
        loaded_km = hauling["truck_loaded_km"]
        empty_km = hauling["truck_km"] - loaded_km
        lines.append(
            say("groups.km", lang, km=hauling["truck_km"], loaded=loaded_km, empty=empty_km)
        )
        for who in ("truck", "loader"):
            waits, early = hauling[f"{who}_waits_h"], hauling[f"{who}_early_h"]
            if waits:
                lines.append(say(f"groups.{who}_waits", lang, parts=_waits(waits, early, lang)))
        if hauling["dumps_full"]:
            known = dump_names or {}
            names = [known.get(name, name) for name in hauling["dumps_full"]]
            lines.append(say("groups.full", lang, names=", ".join(names)))
        if hauling["no_dump_ms"] is not None:
            lines.append(say("groups.no_dump", lang))
    if hand is not None:
        lines.append(say("groups.hand", lang, **hand))
        if hand["frontages"]:
            lines.append(say("groups.frontage", lang, **hand))
    return lines


def _hauled(hauling: Mapping[str, Any], lang: str) -> str:
    line = say(
        "groups.hauled", lang, loads=hauling["loads"], t=hauling["t"], m3=hauling["m3"] or 0.0,
        trucks=hauling["trucks"], loaders=hauling["loaders"],
    )  # fmt: skip
    if hauling["share_of_fallen"] is not None and hauling["share_on_hauled"] is not None:
        line += say(
            "groups.share", lang, all=PERCENT * hauling["share_of_fallen"],
            there=PERCENT * hauling["share_on_hauled"],
        )  # fmt: skip
    if hauling["loads_per_truck_day"] is not None:
        short = "_short" if hauling["span_h"] < ms_hours(MS_PER_DAY) else ""
        line += say(
            f"groups.per_truck{short}", lang, n=hauling["loads_per_truck_day"], h=hauling["span_h"]
        )
    return line


def _waits(hours: Mapping[str, float], early: float, lang: str) -> str:
    """Causes with their hours, the longest first; want of work before the first load by itself."""
    told = {name_of("reason", cause, lang): value for cause, value in hours.items()}
    if early:
        told[name_of("reason", "work", lang)] -= early
        told[say("groups.early", lang)] = early
    ordered = sorted(told.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{words} {value:,.0f} h" for words, value in ordered if value > 0)
