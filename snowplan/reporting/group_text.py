"""What hauling and hand work came to, in a few lines below the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from snowplan.words import name_of, say

PERCENT = 100.0


def group_lines(summary: Mapping[str, Any], lang: str) -> list[str]:
    """Lines on hauling, its waits, full dump points and hand work; `summary` as `summary.json`."""
    hauling, hand = summary["hauling"], summary["hand"]
    lines = []
    if hauling is not None and not hauling["loaded_t"] and not hauling["truck_waits_h"]:
        lines.append(say("groups.stayed", lang))
    elif hauling is not None:
        lines.append(_hauled(hauling, lang))
        for who in ("truck", "loader"):
            waits = hauling[f"{who}_waits_h"]
            if waits:
                lines.append(say(f"groups.{who}_waits", lang, parts=_waits(waits, lang)))
        if hauling["dumps_full"]:
            lines.append(say("groups.full", lang, names=", ".join(hauling["dumps_full"])))
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
        line += say("groups.per_truck", lang, n=hauling["loads_per_truck_day"])
    return line


def _waits(hours: Mapping[str, float], lang: str) -> str:
    """Causes with their hours, the longest first."""
    ordered = sorted(hours.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name_of('reason', cause, lang)} {value:,.0f} h" for cause, value in ordered)
