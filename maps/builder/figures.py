"""map.toml of the schematic: what it is, what it assumes, what it adds up to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from maps.builder.attributes import FRINGE
from maps.builder.tables import rows

PUBLISHED_M2 = 14_000_000  # 72 main and secondary roads, 平城区环卫处, 2020-04
Properties = dict[str, Any]


def summarise(sections: Sequence[Properties]) -> dict[str, float]:
    """The figures people check the map by."""
    chief = [s for s in sections if _is_chief(s)]
    own = [s for s in sections if s["operator"] == "centre"]
    figures: dict[str, float] = {
        "sections": len(sections),
        "main_and_secondary_roads": len({s["name"] for s in chief}),
        "main_and_secondary_m2": round(
            sum(s["length_m"] * (s["width_m"] + s["pavement_width_m"]) for s in chief)
        ),
        "published_main_and_secondary_m2": PUBLISHED_M2,
        "machine_cleared_m2": round(sum(s["length_m"] * s["width_m"] for s in own)),
    }
    for name in ("expressway", "main", "secondary", "branch", "lane"):
        length = sum(s["length_m"] for s in sections if s["road_class"] == name)
        figures[f"{name}_km"] = round(length / 1000, 1)
    figures["fringe_km"] = round(sum(s["length_m"] for s in _fringe(sections)) / 1000, 1)
    for zone in ("east", "south", "west", "north", "centre"):
        area = sum(s["length_m"] * s["width_m"] for s in own if s["zone"] == zone)
        figures[f"machine_cleared_{zone}_m2"] = round(area)
    return figures


def _fringe(sections: Sequence[Properties]) -> list[Properties]:
    return [section for section in sections if FRINGE in section.get("flags", ())]


def _is_chief(section: Properties) -> bool:
    return section["operator"] == "centre" and section["road_class"] in {"main", "secondary"}


def _assumed(sections: Sequence[Properties]) -> list[str]:
    """Counted assumptions, one line each."""
    bases = dict.fromkeys(("sourced", "scaled", "assumed"), 0)
    for section in sections:
        bases[section["length_basis"]] += 1
    widths = sum("WD" in section["source"].split(";") for section in sections)
    fillers = len({s["name"] for s in sections if "F" in s["source"].split(";")})
    fringe = len(_fringe(sections))
    return [
        (
            f"长度：{bases['sourced']} 段有来源，{bases['scaled']} 段按图量取，"
            f"{bases['assumed']} 段为假定 / "
            f"lengths: {bases['sourced']} sections sourced, {bases['scaled']} scaled, "
            f"{bases['assumed']} assumed"
        ),
        f"宽度：{widths} 段按道路等级默认 / widths: {widths} sections from class defaults",
        f"虚设道路 {fillers} 条 / {fillers} roads are filler",
        f"城乡结合部（乡村公司）{fringe} 段 / {fringe} sections are urban-rural fringe",
    ]


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _texts(key: str, values: Sequence[str]) -> list[str]:
    return [f"{key} = [", *(f"    {_text(value)}," for value in values), "]"]


def map_toml(folder: Path, sections: Sequence[Properties]) -> tuple[str, dict[str, float]]:
    """The text of map.toml, and the figures in it."""
    figures = summarise(sections)
    lines = [
        "# Written by `python -m maps.build_pingcheng` from facts/*.csv; edit those.",
        'title = "大同市平城区道路示意图"',
        'title_en = "Pingcheng District, Datong: schematic of roads"',
        "schematic = true",
        "extent = [113.15, 39.95, 113.45, 40.20]",
        *_texts("notes", [row["zh"] for row in rows(folder, "notes")]),
        *_texts("notes_en", [row["en"] for row in rows(folder, "notes")]),
        *_texts("assumed", _assumed(sections)),
        "",
        "[sources]",
    ]
    for row in rows(folder, "sources"):
        told = " ".join(part for part in (row["publisher"], row["date"]) if part)
        lines.append(f"{row['id']} = " + _text(f"{told}：{row['about']}"))
    lines += ["", "[figures]"]
    lines += [f"{key} = {value:g}" for key, value in figures.items() if value < 1e5]
    lines += [f"{key} = {value:_.0f}" for key, value in figures.items() if value >= 1e5]
    return "\n".join(lines) + "\n", figures
