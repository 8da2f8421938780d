"""What was taken from tags and what was assumed, counted per arc and said line by line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

FIELDS = (
    ("lanes", "车道数 lanes"),
    ("width", "宽度 width_m"),
    ("maxspeed", "限速 limit_kph"),
)


@dataclass(slots=True)
class Counts:
    """Arcs by what their tags gave; a two-way section counts as two."""

    arcs: int = 0
    read: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)
    oneway: int = 0
    loops: int = 0
    lengthened: int = 0
    other_operator: int = 0
    left_out: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)


def assumed_lines(counts: Counts, table: str, shortest_m: float) -> list[str]:
    """One line for each assumption, with its count; A is the tag of an assumption."""
    of = f"of {counts.arcs:,} arcs"
    lines = [f"道路等级 road_class: {of[3:]} by their highway value ({table}, A)"]
    for tag, name in FIELDS:
        silent = counts.arcs - len(counts.left_out) - counts.read[tag]
        bad = counts.unreadable[tag]
        unread = f", {bad:,} of them with a tag that cannot be read" if bad else ""
        lines.append(f"{name}: {silent:,} {of} by class default ({table}, A){unread}")
    nameless = counts.arcs - len(counts.left_out) - counts.read["name"]
    lines += [
        f"名称 name: {nameless:,} {of} have none and are named by OSM way",
        f"单行 oneway: {counts.oneway:,} {of} have no reverse arc and are taken as one-way",
        f"其他单位 operator: {counts.other_operator:,} {of} are not the centre's ({table}, A)",
        f"桥梁 bridge: {counts.read['bridge']:,} {of} are tagged; no other critical place is known",
        "人行道 pavement_width_m: 0 m on all arcs; no section is flagged for hauling",
    ]
    if counts.loops:
        lines.append(f"环路 loops: {counts.loops:,} sections end where they begin")
    if counts.lengthened:
        lines.append(f"长度 length_m: {counts.lengthened:,} sections raised to {shortest_m:g} m")
    if counts.left_out:
        ways = ", ".join(counts.left_out)
        lines.append(
            f"舍去 left out: {len(counts.left_out):,} {of}, loops too short to drive: {ways}"
        )
    if counts.idle:
        lines.append(
            f"舍去 left out: {len(counts.idle):,} nodes where no arc ends: {', '.join(counts.idle)}"
        )
    return lines
