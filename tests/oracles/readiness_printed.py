"""Which figures may stand in which section of the documents, all of them found anew."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from tests.oracles import readiness_papers as papers
from tests.oracles.readiness_compare import flat
from tests.oracles.readiness_documents import NUMBER, leaves, numbers_in, printed, sums
from tests.oracles.readiness_files import CLASSES, Files, Row
from tests.oracles.readiness_findings import CODES, findings

LANGUAGES = ("zh", "en")
MS_PER_H, G_PER_T = 3_600_000, 1_000_000


def paper(files: Files, found: Mapping[str, Any]) -> dict[str, set[str]]:
    """The numbers that each section of the PDF may hold, as they may be printed."""
    about = [
        *leaves(found["head"]), sum(found["head"]["runs"].values()),
        100 * files.probability, 100 * files.confidence,
    ]  # fmt: skip
    own = {
        "verdicts": _verdicts(found),
        "machines": _machines(found),
        "deicer": _deicer(found),
        "people": _people(found),
        "hauling": [*leaves(found["hauling"]), *sums(found["hauling"]["trucks"], [], ["trucks"])],
        "times": _times(found),
        "envelope": _envelope(found),
        "marginal": _marginal(files, found),
        "held_back": _held(found),
        "findings": _findings(files),
    }
    told = {name: printed([*about, *values]) for name, values in own.items()}
    told["findings"] |= _elsewhere(files)
    told["verdicts"] |= printed([assumed_count(files)])
    told["assumptions"] = _assumed(files)
    told["appendix"] = _appendix(files, found) | printed(about)
    return told


def _verdicts(found: Mapping[str, Any]) -> list[float]:
    rows = found["verdicts"]["rows"]
    shares = [
        100 * row[key] for row in rows for key in ("share", "low", "high") if row[key] is not None
    ]
    late = [
        -row[key] for row in rows for key in ("margin_h", "margin_worst_h") if (row[key] or 0) < 0
    ]
    limits = [sum(one["counts"].values()) for one in found["verdicts"]["marks"].values()]
    more = found["marginal"]["rows"]
    best = [row for row in more if row["rank"] == 1]
    judged = sum(row["judged"] for row in more)
    gains = [row[f"sum_{end}"] for row in best for end in ("min", "low", "high")]
    return [
        *leaves(rows, found["verdicts"]["marks"], gains), *shares, *late, *limits,
        *found["severe"], judged,
    ]  # fmt: skip


def _deicer(found: Mapping[str, Any]) -> list[float]:
    rows = found["deicer"]["rows"]
    return [*leaves(found["deicer"]), *sums(rows, [], ["stock_t"]), len(rows)]


def _machines(found: Mapping[str, Any]) -> list[float]:
    rows = found["machines"]["rows"]
    columns = ("listed", "serviceable", "in_repair", "standby")
    return [*leaves(rows), *sums(rows, [], columns)]


def _people(found: Mapping[str, Any]) -> list[float]:
    shifts, hands = found["people"]["shifts"], found["people"]["hands"]
    of_day = sums(shifts, ["kind", "start"], ["crews", "machines", "short"])
    return [
        *leaves(found["people"]),
        *of_day,
        *sums(hands, ["zone", "group"], ["squads", "workers"]),
    ]


def _times(found: Mapping[str, Any]) -> list[float]:
    most = [len(table["rows"]) for table in found["streets"]]
    rows = found["timeline"]["rows"]
    return [*leaves(rows, found["streets"], found["access"]), *most]


def _envelope(found: Mapping[str, Any]) -> list[float]:
    rows = found["envelope"]["rows"]
    ratios = [row["mm"] / row["grade_mm"] for row in rows if row["mm"] is not None]
    shares = [100 * row[key] for row in rows for key in ("held_low", "held_high") if row[key]]
    return [*leaves(rows), *ratios, *shares]


def _marginal(files: Files, found: Mapping[str, Any]) -> list[float]:
    rows = found["marginal"]["rows"]
    nothing = sum(row["same"] for row in rows)
    sure = [100 * row["confidence"] for row in rows]
    return [*leaves(rows), *sure, nothing, files.rules["more"]["step_kg"] / 1000]


def _held(found: Mapping[str, Any]) -> list[float]:
    shares = [share for row in found["held_back"] for share in row["shares"].values()]
    return [100.0, *(100 * share for share in shares), *largest_waits(found["held_back"])]


def _findings(files: Files) -> list[float]:
    return [value for one, more in findings(files) for value in (*one[2:], *more)]


def _elsewhere(files: Files) -> set[str]:
    """Numbers in findings on limits, which have oracles of their own beside the plan check."""
    rows = json.loads((files.folder / "readiness.json").read_text(encoding="utf-8"))["findings"]
    texts = [row[f"text_{lang}"] for row in rows if row["code"] not in CODES for lang in LANGUAGES]
    return {one.replace(",", "") for text in texts for one in numbers_in(text)}


def largest_waits(rows: list[Row]) -> list[float]:
    """By scenario, % of m² that went with the largest part but what was not due.

    Of the classes' shares the mean by area.
    """
    found = []
    for name in dict.fromkeys(row["scenario"] for row in rows):
        own = [row for row in rows if row["scenario"] == name]
        whole = sum(row["area_m2"] for row in own)
        parts: Counter[str] = Counter()
        for row in own:
            for part, share in row["shares"].items():
                parts[part] += share * row["area_m2"] / whole
        found += [100 * share for part, share in parts.items() if part != "not_due"]
    return found


def tokens(text: str) -> set[str]:
    """The numbers of a text as they are written, and signed as on paper."""
    found = {f"{whole.replace(',', '')}{part}" for _, whole, part in NUMBER.findall(text)}
    found |= set(re.findall(r"\d+(?:\.\d+)?", text))
    return found | {f"−{one}" for one in re.findall(r"-(\d+(?:\.\d+)?)", text)}


def _assumed(files: Files) -> set[str]:
    """What stands in the rows themselves; how many; how many alike on one line."""
    known = set()
    for file, figures, source, tag in papers.facts(files):
        if tag == "A":
            known |= tokens(" ".join([file, source, *figures, *figures.values()]))
    title = (files.root / files.first["map"] / "map.toml").read_text(encoding="utf-8")
    counts = [n for _, _, n in papers.assumed_rows(files)]
    return known | tokens(title) | printed([*counts, assumed_count(files)])


def assumed_count(files: Files) -> int:
    """How many rows of the tables are assumed."""
    return sum(n * lines for (_, _, n), lines in papers.assumed_rows(files).items())


def _appendix(files: Files, found: Mapping[str, Any]) -> set[str]:
    """Ledgers in t and h, run seeds, what the texts on the study tell, and the scenarios."""
    kept = found["appendix"]
    values = leaves(kept["tags"], kept["seeds"])
    for name in files.names:
        for account, terms in kept["ledgers"][name].items():
            unit = G_PER_T if account in ("snow", "deicer") else MS_PER_H
            values += [value / unit for term, value in terms.items() if term != "residual"]
            values.append(terms["residual"])
    known = printed([*values, *_study(files, found)])
    for name in files.names:
        known |= tokens((files.reference(name) / "scenario.toml").read_text(encoding="utf-8"))
        known |= tokens(files.manifest["references"][name])
    made = json.loads((files.folder / "readiness.json").read_text(encoding="utf-8"))["head"]["made"]
    return known | set(made.values()) | {".".join(made["numpy"].split(".")[:2])}


def _study(files: Files, found: Mapping[str, Any]) -> list[float]:
    """Figures of what the reporting items tell of the study."""
    depots, dumps = files.table("depots.csv"), files.table("dump_points.csv")
    effort = files.rules["effort"]["quick" if files.manifest["quick"] else "full"]
    junctions = json.loads(
        (files.root / files.first["map"] / "junctions.geojson").read_text(encoding="utf-8")
    )
    items = {
        item
        for name in files.names
        for run in files.own(name)
        for item, time in run["kept"]["limits"].items()
        if time["limit_h"] is not None
    }
    seeds = [seed for own in found["appendix"]["seeds"].values() for seed in own]
    spreads = {row["quantity"]: row["on"] == "true" for row in files.table("uncertainty.csv")}
    for quantity, on in files.first.get("uncertainty", {}).items():
        if quantity in spreads:
            spreads[quantity] = on is not False
    return [
        len(items), len(files.names), files.factors[0], files.factors[-1], len(files.factors),
        effort["envelope"], effort["marginal"], effort["marginal_most"] - effort["marginal"],
        len(files.sections),
        len(junctions["features"]), len(files.table("trucks.csv")), len(depots),
        sum(int(row["squads"]) for row in files.table("squads.csv")),
        sum(int(row["bays"]) for row in depots), len(dumps),
        sum(int(row["gates"]) for row in dumps), len(files.table("crews.csv")),
        sum(found["appendix"]["tags"].values()), len(found["appendix"]["inputs"]),
        sum(spreads.values()), min(seeds), max(seeds), len(CLASSES),
        *files.rules["search"]["coarse"],
    ]  # fmt: skip


def cells(found: Mapping[str, Any]) -> dict[str, set[float]]:
    """The numbers that each sheet of the workbook may hold, in full."""
    curves = found["timeline"]["curves"]
    steps = [
        k * one["step_min"] / 60 for one in curves.values() for k in range(len(one["clean/all"]))
    ]
    about = leaves(found["head"]) + leaves(found["verdicts"]["marks"])
    told = {
        name: leaves(found[name])
        for name in ("verdicts", "machines", "deicer", "people", "hauling", "streets", "access",
                     "envelope", "marginal", "held_back", "appendix")
    }  # fmt: skip
    told["head"] = (
        about
        + [float(n) for n in found["appendix"]["tags"].values()]
        + leaves(found["deicer"]["lead_storms"], found["deicer"]["treatment"])
    )
    told["timeline"] = leaves(found["timeline"]["rows"])
    told["curves"] = [
        *steps,
        *(n / 1000 for one in curves.values() for _, n in flat(one) if isinstance(n, int)),
    ]
    told["opening"] = leaves([one["opened_h"] for one in found["timeline"]["map"].values()])
    return {name: set(values) for name, values in told.items()}
