"""The paper pack: a sheet a machine, truck and squad, usable with phones and radios down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from snowplan.reporting.pack_words import PACK_WORDS, pack_word
from snowplan.reporting.readiness_words import titled
from snowplan.reporting.typesetting import Page, typeset
from snowplan.words import name_of

TEMPLATE = Path(__file__).with_suffix(".typ")
CROSSING = "×"  # between the roads in a junction's name
CONTENTS_COLUMNS = 3
FRONT = ("number", "time", "work", "road", "way", "times", "done")
LOG = ("time", "place", "done", "deicer", "remarks", "signature")
CREW = ("crew", "takes_over", "names", "phone")

Row = dict[str, Any]


def pack_pdf(pack: Mapping[str, Any], lang: str) -> Page:
    """The pack as `analysis.work_pack.work_pack` gives it, A4, for printing on both sides."""
    names = _Names(pack, lang)
    value = {
        "lang": lang,
        "title": f"{titled(pack, lang)}　{pack_word('title', lang)}",
        "contents": pack_word("contents", lang),
        "notes": list(_notes(pack, lang)),
        "call": pack_word("call", lang),
        "foot": [pack_word(key, lang) for key in ("of", "pages")],
        "front": [pack_word(key, lang) for key in FRONT],
        "crew_head": [pack_word(key, lang) for key in CREW],
        "zones": _zones(pack, lang),
        "sheets": [_sheet(row, names, lang) for row in pack["sheets"]],
    }
    return typeset(TEMPLATE, value, {}, tags=False)


def _notes(pack: Mapping[str, Any], lang: str) -> Iterator[str]:
    yield pack_word(
        "about", lang, title=titled(pack, lang), map=titled(pack, lang, "map"),
        start=pack["start"], stops=pack["snow_stops"] or "—", reference=pack["reference"],
    )  # fmt: skip
    if pack["schematic"]:
        yield pack_word("schematic", lang)
    yield pack_word("printing", lang)


def _zones(pack: Mapping[str, Any], lang: str) -> list[Row]:
    """Each zone with the positions of its sheets, in columns."""
    titles = {row["id"]: titled(row, lang) for row in pack["zones"]}
    found: dict[str, list[int]] = {}
    for place, row in enumerate(pack["sheets"]):
        found.setdefault(row["zone"], []).append(place)
    return [
        {"title": titles.get(zone) or name_of("zone", zone, lang), "columns": _columns(places)}
        for zone, places in found.items()
    ]


def _columns(places: list[int]) -> list[list[int]]:
    """The contents of a zone in columns, as even as may be, read from above to below."""
    size = -(-len(places) // CONTENTS_COLUMNS)
    return [places[at : at + size] for at in range(0, len(places), size)]


def _sheet(row: Mapping[str, Any], names: _Names, lang: str) -> Row:
    machine, kind = row["machine"], name_of("machine", row["kind"], lang)
    return {
        "id": machine,
        "kind": kind,
        "zone": names.zone(row["zone"]),
        "page": pack_word("page", lang, machine=machine),
        "log": pack_word("log", lang, machine=f"{machine} {kind}"),
        "facts": list(_facts(row, names, lang)),
        "rules": pack_word(
            "rules", lang, refill=pack_word("rules.refill", lang) if row["spreads"] else ""
        ),
        "log_head": [
            pack_word(f"log.{key}", lang) for key in LOG if row["spreads"] or key != "deicer"
        ],
        "crews": [[names.crew(crew), crew["start"], "", ""] for crew in row["crews"]],
        "rows": list(_rows(row, names, lang)),
    }


def _facts(row: Mapping[str, Any], names: _Names, lang: str) -> Iterator[list[str]]:
    """Where to meet, to refill and to unload: head and words."""
    depot = pack_word("no_depot", lang)
    if row["depot"]:
        depot = names.near(row["depot"]) + (pack_word("far", lang) if row["depot"]["far"] else "")
    yield [pack_word("meeting", lang), depot]
    gap = "；" if lang == "zh" else "; "
    if row["refills"]:
        told = [pack_word("km", lang, name=names.near(each), km=each["km"])
                for each in row["refills"]]  # fmt: skip
        yield [pack_word("refill", lang), gap.join(told)]
    if row["dumps"]:
        told = [pack_word("shut", lang, name=names.near(each)) if each["shut"]
                else names.near(each) for each in row["dumps"]]  # fmt: skip
        yield [pack_word("dumps", lang), gap.join(told)]


def _rows(row: Mapping[str, Any], names: _Names, lang: str) -> Iterator[Row]:
    """The lines of the order of work; a band where a crew takes over or a day begins."""
    crews, day = list(row["crews"]), ""
    for number, order in enumerate(row["orders"], start=1):
        band = ""
        while crews and crews[0]["start_ms"] <= order["start_ms"]:
            crew = crews.pop(0)
            band = pack_word("hand_over", lang, start=crew["start"], crew=names.crew(crew))
        if not band and order["start"][:5] != day:
            band = order["start"][:5]
        if band:
            yield {"band": band, "cells": []}
        day = order["start"][:5]
        yield {"band": "", "cells": names.cells(number, order)}


class _Names:
    """Names of roads, junctions, places and crews in one language."""

    def __init__(self, pack: Mapping[str, Any], lang: str) -> None:
        self._lang = lang
        self._roads = pack["roads_en"] if lang == "en" else {}
        self._junctions = pack["junctions"]
        self._zones = {row["id"]: titled(row, lang) for row in pack["zones"]}

    def zone(self, zone: str) -> str:
        """A zone's name."""
        return self._zones.get(zone) or name_of("zone", zone, self._lang)

    def near(self, place: Mapping[str, Any]) -> str:
        """A depot or dump point, and the junction that it is at."""
        junction = self._junction(place["near"], "")
        return pack_word("near", self._lang, name=titled(place, self._lang), place=junction)

    def crew(self, crew: Mapping[str, Any]) -> str:
        """A crew by its shift and number; one named otherwise by its id."""
        if not crew["number"]:
            return str(crew["group"])
        return pack_word(
            "crew_of", self._lang,
            shift=crew["shift"], group=crew["group"], number=int(crew["number"]),
        )  # fmt: skip

    def cells(self, number: int, order: Mapping[str, Any]) -> list[str]:
        """One line: number, times, work, road, from and to, how often."""
        road, place = self._road(order["road"]), titled(order["place"], self._lang)
        if place:
            road = pack_word("to", self._lang, road=road, place=place) if road else place
        hours = f"{order['start'][6:]}–{order['end'][6:]}"
        return [str(number), hours, self._work(order), road, self._way(order), str(order["times"])]

    def _work(self, order: Mapping[str, Any]) -> str:
        if order["part"]:
            return pack_word(f"part.{order['part']}", self._lang)
        own = f"work.{order['kind']}"
        if own in PACK_WORDS:
            return pack_word(own, self._lang)
        return name_of("event", order["kind"], self._lang)

    def _way(self, order: Mapping[str, Any]) -> str:
        if not order["origin"]:
            return ""
        ends = [self._junction(order[key], order["road"]) for key in ("origin", "goal")]
        return (" ⇄ " if order["there_and_back"] else " → ").join(ends)

    def _junction(self, junction: str, road: str) -> str:
        """A junction by its other roads, seen from one of them; by all of them from elsewhere."""
        name = self._junctions.get(junction) or junction
        parts = name.split(CROSSING)
        others = [part for part in parts if part != road] or parts
        return pack_word("crossing", self._lang).join(self._road(part) for part in others)

    def _road(self, road: str) -> str:
        return str(self._roads.get(road, road))
