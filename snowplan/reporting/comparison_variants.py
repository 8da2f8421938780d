"""What a variant is: its depots in words, given up, new, moved, with their stock and bays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from snowplan.model.places import EARTH_RADIUS_KM
from snowplan.reporting.comparison_figures import Cell
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import Report
from snowplan.reporting.comparison_words import zone_name
from snowplan.units import KG_PER_T, M_PER_KM

SAME_PLACE_M = 5.0
COMPASS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
TOLD_COLUMNS = ("lat", "lon", "stock_kg", "bays")
SITE, DEPOT = "+", "depot-"
MOST_OTHER = 3
LEAST_SUFFIX = 2
Depots = Mapping[str, Cell]


def depot_name(depot: Cell, lang: str) -> str:
    """Its name; names are Chinese, so in English it is called by its id: the zone or the roads."""
    if lang != "en":
        return str(depot["name"])
    name = str(depot["id"])
    if SITE in name:
        return " × ".join(road.replace("-", " ").title() for road in name.split(SITE))
    if name.startswith(DEPOT):
        zone = zone_name(name.removeprefix(DEPOT), lang)
        return comparison_text("variants.depot_of", lang, zone=zone)
    return name.replace("-", " ")


def whole_stock_t(row: Cell) -> float:
    """Tonnes at all depots of a variant."""
    return float(sum(depot["stock_kg"] for depot in row["depots"])) / KG_PER_T


def what_it_is(report: Report, row: Cell, lang: str) -> str:
    """A variant's depots: all of the baseline, and what is other than there of all others."""
    first = next(one for one in report["variants"] if one["id"] == report["baseline"])
    old, new = _by_id(first), _by_id(row)
    if row["id"] == report["baseline"] or not set(old) & set(new):
        key = "variants.all" if row["id"] == report["baseline"] else "variants.others"
        names = listed([_placed(depot, row, lang) for depot in new.values()], lang)
        return comparison_text(key, lang, n=len(new), names=names)
    parts = [
        *_gone(old, new, lang), *_added(old, new, lang), *_moved(old, new, lang),
        *_changed(old, new, lang), *_other(row, old, new, lang),
    ]  # fmt: skip
    if not parts:
        return comparison_text("variants.same", lang)
    return comparison_text("join", lang).join(parts)


def listed(names: Sequence[str], lang: str) -> str:
    """Names one after the other; what all of them end with stands once, at the end."""
    end = _common_end(names, lang) if len(names) > 1 else ""
    short = [name.removesuffix(end) for name in names[:-1]] + list(names[-1:])
    return comparison_text("list", lang).join(short)


def _common_end(names: Sequence[str], lang: str) -> str:
    """What all names end with, of English whole words; nothing where too short, or all of one."""
    columns = takewhile(lambda each: len(set(each)) == 1, zip(*map(reversed, names), strict=False))
    end = "".join(each[0] for each in columns)[::-1]
    if lang == "en":
        end = end[end.find(" ") :] if " " in end else ""
    whole = end.isalnum() or (lang == "en" and end.replace(" ", "").isalnum())
    return end if whole and LEAST_SUFFIX <= len(end) < min(map(len, names)) else ""


def _by_id(row: Cell) -> dict[str, Cell]:
    return {depot["id"]: depot for depot in row["depots"]}


def _placed(depot: Cell, row: Cell, lang: str) -> str:
    """The name, and the zone where the name does not say it."""
    name, zone = depot_name(depot, lang), zone_name(depot["zone"], lang)
    if zone in name or len({one["zone"] for one in row["depots"]}) == 1:
        return name
    return comparison_text("variants.placed", lang, name=name, zone=zone)


def _gone(old: Depots, new: Depots, lang: str) -> Iterator[str]:
    names = [depot_name(old[name], lang) for name in old if name not in new]
    if names:
        yield comparison_text("variants.gone", lang, names=listed(names, lang))


def _added(old: Depots, new: Depots, lang: str) -> Iterator[str]:
    for name, depot in new.items():
        if name not in old:
            yield comparison_text(
                "variants.new", lang, name=depot_name(depot, lang),
                zone=zone_name(depot["zone"], lang), t=_tonnes(depot["stock_kg"]),
                bays=depot["bays"],
            )  # fmt: skip


def _moved(old: Depots, new: Depots, lang: str) -> Iterator[str]:
    ways = {name: _way(old[name], new[name], lang) for name in old if name in new}
    yield from _grouped(ways, old, new, lang, "variants.moved")


def _changed(old: Depots, new: Depots, lang: str) -> Iterator[str]:
    for column, show in (("stock_kg", _tonnes), ("bays", str)):
        told = {
            name: f"{show(old[name][column])} → {show(new[name][column])}"
            if old[name][column] != new[name][column]
            else ""
            for name in old
            if name in new
        }
        yield from _grouped(told, old, new, lang, f"variants.{column}")


def _grouped(
    told: Mapping[str, str], old: Depots, new: Depots, lang: str, key: str
) -> Iterator[str]:
    """Depots of which the same is told are named together, or as each where it is all of them."""
    groups: dict[str, list[str]] = {}
    for name, text in told.items():
        if text:
            groups.setdefault(text, []).append(name)
    for text, names in groups.items():
        if len(names) == len(told) and len(names) > 1:
            who = comparison_text(
                "variants.each" if set(old) == set(new) else "variants.each_left", lang
            )
        else:
            who = listed([depot_name(new[name], lang) for name in names], lang)
        yield comparison_text(key, lang, names=who, text=text)


def _way(old: Cell, new: Cell, lang: str) -> str:
    """How far and where to a depot moves; nothing where it stays."""
    lat, radius_m = math.radians((old["lat"] + new["lat"]) / 2), EARTH_RADIUS_KM * M_PER_KM
    north_m = math.radians(new["lat"] - old["lat"]) * radius_m
    east_m = math.radians(new["lon"] - old["lon"]) * radius_m * math.cos(lat)
    far_m = math.hypot(east_m, north_m)
    if far_m < SAME_PLACE_M:
        return ""
    sector = round(math.degrees(math.atan2(east_m, north_m)) / (360 / len(COMPASS)))
    way = comparison_text(f"variants.{COMPASS[sector % len(COMPASS)]}", lang)
    size = f"{far_m / M_PER_KM:.1f} km" if far_m >= M_PER_KM else f"{far_m:.0f} m"
    return comparison_text("variants.way", lang, way=way, size=size)


def _other(row: Cell, old: Depots, new: Depots, lang: str) -> Iterator[str]:
    """Whatever else the study changes, by its key."""
    both, found = {name for name in old if name in new}, []
    for key, before, after in row["differences"]:
        table, _, rest = key.partition(".")
        depot, _, column = rest.rpartition(".")
        if table == "depots" and (depot not in both or column in TOLD_COLUMNS):
            continue
        found.append(comparison_text("variants.key", lang, name=key, old=before, new=after))
    yield from found[:MOST_OTHER]
    if len(found) > MOST_OTHER:
        yield comparison_text("note.rest", lang, n=len(found))


def _tonnes(kg: Any) -> str:
    return f"{kg / KG_PER_T:.6g}"
