"""Why a phrase did not do what it is meant for, and its price: sentences from the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from snowplan.reporting.phrase_figures import change_with_unit, number
from snowplan.reporting.phrase_words import phrase_word
from snowplan.words import name_of

WORK = ("deadhead_km", "passes")


def reason_lines(report: Mapping[str, Any], lang: str) -> Iterator[str]:
    """For each phrase not wholly as meant: what else moved, then a line a measure."""
    for phrase, found in report["phrases"].items():
        items = [item for item in found["meant"] if item["verdict"] != "as_meant"]
        if not items:
            continue
        name = name_of("phrase", phrase, lang)
        yield phrase_word("reason", lang, phrase=name, why=_why(found, lang))
        for item in items:
            why = phrase_word("join", lang).join(_why_measure(item, found, lang))
            yield "  " + phrase_word(
                "reason_of" if why else "verdict_of", lang,
                measure=phrase_word(item["measure"], lang), why=why,
                verdict=phrase_word(f"verdict.{item['verdict']}", lang),
            )  # fmt: skip


def _why(found: Mapping[str, Any], lang: str) -> str:
    if found["identical"]:
        return phrase_word("why.identical", lang)
    moved = [_moved(found["measures"][key], lang) for key in found["moved"]]
    if not moved:
        return phrase_word("why.unmoved", lang)
    told = phrase_word("why.moved", lang, moved=phrase_word("list", lang).join(moved))
    if found["same_clearing"]:
        first = found["measures"]["first_clearing"]
        at = number(first["on"], first["unit"], sign=True)
        told += phrase_word("join", lang) + phrase_word("why.same_clearing", lang, at=at)
    return told


def _why_measure(item: Mapping[str, Any], found: Mapping[str, Any], lang: str) -> Iterator[str]:
    effect = found["measures"][item["measure"]]
    if item["verdict"] == "unknown":
        yield phrase_word("why.unknown", lang)
    if item["verdict"] == "unclear":
        yield _unclear(effect, lang)
    if "last" in item and not found["identical"]:
        yield _last(item["last"], found["measures"], lang)


def _unclear(effect: Mapping[str, Any], lang: str) -> str:
    """The interval where it holds 0, or counts; else that pairs tell no change."""
    low, high = effect["low"], effect["high"]
    if low is not None and low <= 0 <= high:
        ends = [number(end, effect["unit"], sign=True) for end in (low, high)]
        return phrase_word("why.interval", lang, low=ends[0], high=ends[1])
    key = "why.counts" if effect["by_counts"] else "why.ended"
    return phrase_word(key, lang, n=effect["ended"], on=effect["late_on"], off=effect["late_off"])


def _last(last: Mapping[str, Any], effects: Mapping[str, Any], lang: str) -> str:
    on, off = (_place(last[side], lang) for side in ("on", "off"))
    key = "why.same_last" if on == off else "why.last"
    median = effects[last["median"]]
    return phrase_word(
        key, lang, on=on, off=off, median=phrase_word(last["median"], lang),
        change=change_with_unit(median, lang),
    )  # fmt: skip


def _place(place: Mapping[str, str], lang: str) -> str:
    """A section with its road's name, or its class where the road has no name of its own."""
    road = place["road"] or name_of("class", place["road_class"], lang)
    return f"{road} {place['section']}" if lang == "en" else f"{road}（{place['section']}）"


def _moved(effect: Mapping[str, Any], lang: str) -> str:
    unit = phrase_word(f"unit.{effect['unit']}", lang)
    on, off = (number(effect[side], effect["unit"]) for side in ("on", "off"))
    percent = "" if effect["percent"] is None else f" ({effect['percent']:+.1f} %)"
    text = phrase_word("moved", lang, measure=phrase_word(effect["measure"], lang), on=on, off=off)
    return f"{text} {unit}".rstrip() + percent


def price_lines(report: Mapping[str, Any], lang: str) -> Iterator[str]:
    """One line for each phrase without which something else is smaller or sooner."""
    for phrase, found in report["phrases"].items():
        parts = [
            phrase_word(
                "part", lang, measure=phrase_word(key, lang),
                change=change_with_unit(found["measures"][key], lang),
            )
            for key in found["price"]
        ]  # fmt: skip
        if parts:
            text = phrase_word("list", lang).join(parts)
            name = name_of("phrase", phrase, lang)
            beside = _beside(found, lang)
            yield phrase_word("price_of", lang, phrase=name, parts=text, beside=beside)


def _beside(found: Mapping[str, Any], lang: str) -> str:
    """How driving and passes moved, where they did."""
    keys = [key for key in found["moved"] if key in WORK]
    parts = [
        f"{phrase_word(key, lang)} {change_with_unit(found['measures'][key], lang)}" for key in keys
    ]
    moved = phrase_word("list", lang).join(parts)
    return phrase_word("beside", lang, moved=moved) if parts else ""


def note_lines(report: Mapping[str, Any], lang: str) -> Iterator[str]:
    """How the tables are to be read."""
    seeds = report["run_seeds"]
    yield phrase_word(f"note.{report['hours_after']}", lang)
    yield phrase_word("note.rank", lang)
    effects = [row for found in report["phrases"].values() for row in found["measures"].values()]
    if any(effect["bound"] for effect in effects):
        yield phrase_word("note.bounds", lang)
    if any(effect["ended"] for effect in effects):
        yield phrase_word("note.counts", lang)
    if len(seeds) == 1:
        yield phrase_word("note.single", lang)
        return
    yield phrase_word("note.pairs", lang, n=len(seeds), first=seeds[0], last=seeds[-1])
    if report["indicative"]:
        yield phrase_word("note.indicative", lang)
