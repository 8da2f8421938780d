"""The sections of a readiness report as tables: one of each is a sheet, and a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from snowplan.model.roads import ROAD_CLASSES
from snowplan.reporting.readiness_page_papers import TIME_ACCOUNTS
from snowplan.reporting.readiness_telling import item_order
from snowplan.units import G_PER_T, MS_PER_H

Report = Mapping[str, Any]
Row = dict[str, Any]
LESS = "<"
ASPECTS = ("open", "clean", "haul", "tightest")
VERDICT = (
    "scenario", "item", "mark", "limit_h", "by_clock", "n", "met", "unknown", "share", "low",
    "high", "margin_h", "margin_worst_h", "margin_bound",
    "margin_worst_bound", "late",
)  # fmt: skip
MACHINES = (
    "zone", "kind", "listed", "serviceable", "in_repair", "crews_least", "crews_most", "standby",
)  # fmt: skip
DEICER = (
    "depot", "name", "zone", "product", "stock_t", "dose_t", "doses", "reorder_t",
    "reorder_bound", "below",
)  # fmt: skip
SCENARIO = (
    "title", "grade", "mark", "snow_mm", "snow_h", "air_c", "start", "snow_stops", "horizon_h",
    "lead_storms", "replications", "failed", "reference", "id",
)  # fmt: skip
ENVELOPE = (
    "scenario", "item", "mm", "bound", "low_mm", "high_mm", "reaches", "grade_mm", "snow_h",
    "air_c", "binds", "gain_h", "at_least", "fewer_late", "gain_n", "loses", "also",
    "binds_at_mm", "replications", "single", "held", "held_of", "held_low", "held_high",
    "held_all", "failed_all", "runs", "not_monotone",
)  # fmt: skip
MARGINAL = (
    "rank", "what", "zone", "more", "n", "sum_min", "sum_low", "sum_high",
    *(f"{aspect}_{end}" for aspect in ASPECTS for end in ("min", "low", "high")), "same",
    "judged", "confidence",
)  # fmt: skip
ASSUMPTION = ("file", "where", "figure", "value", "rows", "source")
IN_REPAIR = ("machine", "kind", "zone", "depot", "note")
SHIFTS = ("zone", "kind", "start", "length_h", "crews", "machines", "short")
MUSTER = ("scenario", "median", "p90", "most", "promised_min", "start_min")
DUMPS = ("dump", "name", "zone", "room_m3", "shut")
STREET = (
    "rank", "road", "sections", "length_km", "road_class", "opened_h", "opened_never",
    "cleared_h", "late",
)  # fmt: skip
ACCESS = ("place", "flag", "zone", "joined_min", "joined_p90_min", "apart_min", "late")


class Table(NamedTuple):
    """Rows by column key; `needed/heavy` is the figure `needed` of the scenario `heavy`.

    `frozen` columns stay where the rest is moved.
    """

    key: str
    columns: tuple[str, ...]
    rows: list[Row]
    frozen: int = 1


def tables_of(report: Report, lang: str) -> Iterator[Table]:
    """Every table, in the order of the document; names of the centre's own in `lang`."""
    ids = [row["id"] for row in report["head"]["scenarios"]]
    yield Table("head", ("what", "value"), list(_settings(report, lang)))
    yield _scenarios(report, lang)
    yield Table("verdicts", VERDICT, _ordered(report["verdicts"]["rows"], ids), 3)
    yield from _means(report, ids, lang)
    yield Table(
        "timeline",
        ("scenario", "road_class", "zone", "open_last_h", "open_late", "open_never",
         "clean_last_h", "clean_late", "clean_never"),
        _classed(report["timeline"]["rows"], ids), 3,
    )  # fmt: skip
    yield _curves(report["timeline"]["curves"], ids)
    yield _opening(report["timeline"]["map"], ids)
    streets = [_street(row, lang) for row in _inner(report["streets"])]
    yield Table("streets", ("scenario", *STREET), streets, 3)
    named = [_named(row, "place", lang) for row in _inner(report["access"])]
    yield Table("access", ("scenario", *ACCESS), named, 2)
    limits = [_envelope(row) for row in _ordered(report["envelope"]["rows"], ids)]
    yield Table("envelope", ENVELOPE, limits, 2)
    bought = [_named(row, "what", lang) for row in report["marginal"]["rows"]]
    yield Table("marginal", MARGINAL, bought, 3)
    yield _held_back(_classed(report["held_back"], ids))
    yield from _papers(report, lang)


def _settings(report: Report, lang: str) -> Iterator[Row]:
    """What was asked and run, a row each; `what` is a key of words."""
    head = _named(report["head"], "title", lang)
    yield from ({"what": key, "value": head[key]} for key in ("title", "quick"))
    yield {"what": "map", "value": _named(head["map"], "title", lang)["title"]}
    yield {"what": "schematic", "value": head["map"]["schematic"]}
    keys = ("sections", "area_km2_cleared", "machines", "probability", "confidence", "run_seed")
    yield from ({"what": key, "value": head[key]} for key in keys)
    yield {"what": "varied", "value": list(head["varied"])}
    yield from ({"what": f"runs.{key}", "value": n} for key, n in head["runs"].items())
    yield {"what": "marginal.scenario", "value": report["marginal"]["scenario"]}
    yield {"what": "marginal.tightest", "value": report["marginal"]["tightest"]}
    treatment = report["deicer"].get("treatment") or {}
    yield from ({"what": f"treatment.{key}", "value": value} for key, value in treatment.items())
    tags = report["appendix"].get("tags", {})
    yield from ({"what": f"tags.{key}", "value": n} for key, n in tags.items())
    yield from ({"what": f"made.{key}", "value": text} for key, text in head["made"].items())


def _scenarios(report: Report, lang: str) -> Table:
    """Each scenario with its worst mark, and how many of its limits have which."""
    marks = report["verdicts"]["marks"]
    kinds = list(dict.fromkeys(key for found in marks.values() for key in found["counts"]))
    rows = []
    for each in report["head"]["scenarios"]:
        found = marks.get(each["id"], {"mark": None, "counts": {}})
        counts = {f"counts/{kind}": found["counts"].get(kind, 0) for kind in kinds}
        lead = {"lead_storms": report["deicer"].get("lead_storms", {}).get(each["grade"])}
        rows.append(_named(each, "title", lang) | {"mark": found["mark"]} | counts | lead)
    split = SCENARIO.index("mark") + 1
    columns = (*SCENARIO[:split], *(f"counts/{kind}" for kind in kinds), *SCENARIO[split:])
    return Table("scenarios", columns, rows)


def _means(report: Report, ids: Sequence[str], lang: str) -> Iterator[Table]:
    """Machines, de-icer, people, hauling."""
    machines, people, hauling = report["machines"], report["people"], report["hauling"]
    yield _spread("machines", MACHINES, machines["rows"], ("needed", "peak"), ids, frozen=2)
    yield Table("in_repair", IN_REPAIR, list(machines["in_repair"]))
    stocks = [_named(row, "name", lang) for row in report["deicer"]["rows"]]
    told = ("storms", "storms_bound", "per_storm_t", "spread_t", "stockouts")
    yield _spread("deicer", DEICER, stocks, told, ids, frozen=2)
    yield Table("people", SHIFTS, list(people["shifts"]), 2)
    muster = people["muster"]
    promised = {key: muster[key] for key in ("promised_min", "start_min")}
    rows = [{"scenario": key, **found, **promised} for key, found in muster["scenarios"].items()]
    yield Table("muster", MUSTER, rows)
    yield Table("hands", ("zone", "group", "squads", "workers"), list(people["hands"]), 2)
    yield Table("trucks", ("zone", "trucks", "load_m3"), list(hauling["trucks"]))
    dumps = [_named(row, "name", lang) for row in hauling["dumps"]]
    total = hauling["total"]
    room = {"room_m3": total["room_m3"]}
    brought = {key: total[key] for key in ("per_storm_m3", "storms")}
    dumps.append({"dump": "total", **room, **brought})
    must = {"per_storm_m3": total["must_m3"], "storms": total["storms_must"]}
    dumps.append({"dump": "must", **room, **must})
    yield _spread("hauling", DUMPS, dumps, ("storms", "per_storm_m3"), ids, frozen=2)


def _spread(
    key: str,
    columns: tuple[str, ...],
    rows: Iterable[Row],
    told: Sequence[str],
    ids: Sequence[str],
    *,
    frozen: int,
) -> Table:
    """Figures that rows have by scenario, a column each."""
    spread = [
        row | {f"{name}/{each}": row.get(name, {}).get(each) for name in told for each in ids}
        for row in rows
    ]
    added = [f"{name}/{each}" for name in told for each in ids]
    return Table(key, (*columns, *added), spread, frozen)


def _curves(curves: Mapping[str, Any], ids: Sequence[str]) -> Table:
    """The share of the area passable and clean over time; hours since the beginning."""
    kept = {each: curves[each] for each in ids if each in curves}
    plain = ("step_min", "stops_min")
    series = dict.fromkeys(key for found in kept.values() for key in found if key not in plain)
    rows = []
    for each, found in kept.items():
        shown = {key: found[key] for key in series if key in found}
        for place in range(max(map(len, shown.values()), default=0)):
            hour = place * found["step_min"] / 60
            shares = {key: row[place] / 1000 for key, row in shown.items() if place < len(row)}
            rows.append({"scenario": each, "hour": hour} | shares)
    return Table("curves", ("scenario", "hour", *series), rows, 2)


def _opening(maps: Mapping[str, Any], ids: Sequence[str]) -> Table:
    """When each section came open, a column a scenario; hours after snow stops."""
    hours = {each: dict(zip(maps[each]["ids"], maps[each]["opened_h"], strict=True))
             for each in ids if each in maps}  # fmt: skip
    sections = dict.fromkeys(section for found in hours.values() for section in found)
    rows = [
        {"section": section}
        | {f"opened_h/{each}": found.get(section) for each, found in hours.items()}
        for section in sections
    ]
    return Table("opening", ("section", *(f"opened_h/{each}" for each in hours)), rows)


def _envelope(row: Row) -> Row:
    """What binds first with its gain; the rest of what gains in one cell."""
    first = row["binds"][0] if row["binds"] else {}
    own = {key: first.get(key) for key in ("gain_h", "at_least", "fewer_late")}
    own |= {"binds": first.get("relief"), "gain_n": first.get("n"), "loses": first.get("loses")}
    own["reaches"] = None if row["bound"] == LESS else row["reaches"]
    return row | own | {"also": [(each["relief"], each["gain_h"]) for each in row["binds"][1:]]}


def _held_back(rows: Sequence[Row]) -> Table:
    """Where the time went, a column a share."""
    keys = dict.fromkeys(key for row in rows for key in row["shares"])
    told = [row | {f"share/{key}": row["shares"].get(key) for key in keys} for row in rows]
    columns = ("scenario", "road_class", "area_m2", *(f"share/{key}" for key in keys))
    return Table("held_back", columns, told, 2)


def _papers(report: Report, lang: str) -> Iterator[Table]:
    """Findings, assumptions and the appendix."""
    found = [_named(row, "text", lang) for row in report["findings"]]
    found = [{key: row[key] for key in row if key != "about"} for row in found]
    yield Table("findings", ("severity", "text", "grades", "own_storm", "where", "code"), found)
    yield Table("assumptions", ASSUMPTION, list(_assumed(report, lang)), 3)
    appendix = report["appendix"]
    ledgers = [
        {"scenario": each, "ledger": ledger, "term": term, **_amount(ledger, term, amount)}
        for each, books in appendix["ledgers"].items()
        for ledger, terms in books.items()
        for term, amount in terms.items()
    ]
    yield Table("ledgers", ("scenario", "ledger", "term", "amount", "unit"), ledgers, 3)
    seeds = [{"scenario": each, "seeds": list(row)} for each, row in appendix["seeds"].items()]
    yield Table("seeds", ("scenario", "seeds"), seeds)
    yield Table("inputs", ("file", "sha256"), list(appendix["inputs"]))
    lines = [
        {"scenario": each, "line": number, "text": line}
        for each, toml in appendix["scenario_toml"].items()
        for number, line in enumerate(toml.splitlines(), start=1)
    ]
    yield Table("resolved", ("scenario", "line", "text"), lines, 2)
    stress = [_named(row, "text", lang) for row in appendix["stress"]]
    yield Table("stress", ("item", "text", "key"), stress)


def _amount(ledger: str, term: str, amount: int) -> Row:
    """Tonnes or hours; what is left unexplained to the gram or millisecond."""
    hours = ledger in TIME_ACCOUNTS
    if term == "residual":
        return {"amount": amount, "unit": "ms" if hours else "g"}
    return {"amount": amount / (MS_PER_H if hours else G_PER_T), "unit": "h" if hours else "t"}


def _ordered(rows: Iterable[Row], ids: Sequence[str]) -> list[Row]:
    """Rows of limits by scenario, then opening, clearing, hauling; classes in the plan's order."""
    return sorted(rows, key=lambda row: (ids.index(row["scenario"]), item_order(row["item"])))


def _classed(rows: Iterable[Row], ids: Sequence[str]) -> list[Row]:
    """Rows of road classes by scenario, then in the plan's order."""
    places = {name: place for place, name in enumerate(ROAD_CLASSES)}
    last = len(places)  # all roads together
    return sorted(
        rows, key=lambda row: (ids.index(row["scenario"]), places.get(row["road_class"], last))
    )


def _street(row: Row, lang: str) -> Row:
    """The road by its English name where it is asked for and there is one."""
    return row | {"road": (row.get("road_en") if lang == "en" else None) or row["road"]}


def _inner(parts: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """Rows of every scenario's own table."""
    for part in parts:
        yield from ({"scenario": part["scenario"], **row} for row in part["rows"])


def _assumed(report: Report, lang: str) -> Iterator[Row]:
    """What is assumed, in the words of a language where there are any."""
    for row in report["assumptions"]:
        told = {key: row.get(f"{key}_{lang}") or row[key] for key in ("figure", "value", "source")}
        yield dict(row) | told


def _named(row: Mapping[str, Any], key: str, lang: str) -> Row:
    """The row with `key` in the language asked for; Chinese where English has none."""
    own = row.get(f"{key}_en") if lang == "en" else None
    return {**row, key: own or row.get(f"{key}_zh")}
