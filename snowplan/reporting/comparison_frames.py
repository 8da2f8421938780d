"""The tables of a comparison as frames: `comparison.csv`, `limits.csv`, and the sheets' others."""

from __future__ import annotations

import pandas as pd

from snowplan.reporting.comparison_verdicts import Report, others_of, titles
from snowplan.reporting.comparison_words import (
    class_name,
    measure_name,
    title_of,
    zone_name,
)

DIFFERENCE = (
    "low", "high", "half_width", "by", "method", "p", "p_holm", "asked", "reached", "verdict",
    "late_baseline", "late",
    "ended", "unknown",
)  # fmt: skip
COMPARISON = (
    "variant", "variant_name", "measure", "measure_name", "unit", "better", "decides", "n",
    "mean_baseline", "mean", "difference", *DIFFERENCE,
)  # fmt: skip
LIMIT = (
    "limit_h", "limit_low_h", "limit_high_h", "n", "met", "unknown", "share", "low", "high",
    "p90_h", "p90_low", "p90_high", "indicative",
)  # fmt: skip
LIMITS = (
    "variant", "variant_name", "storm", "storm_name", "road_class", "road_class_name", "zone",
    "zone_name", "aspect", *LIMIT,
)  # fmt: skip
MEAN = ("n", "mean", "low", "high", "late")
MEANS = ("variant", "variant_name", "measure", "measure_name", "unit", *MEAN)
PLACE = ("name", "zone", "lon", "lat", "bays", "stock_kg", "product")
USE = ("loads", "loading_wait_h", "stockouts", "spread_t", "left_t")
PLACEMENT = (
    "variant", "variant_name", "model", "objective", "bound", "gap", "rank_model",
    "rank_simulated", "sites",
)  # fmt: skip
DEPOTS = ("variant", "variant_name", "depot", *PLACE, *USE)


def comparison_frame(report: Report, lang: str) -> pd.DataFrame:
    """`comparison.csv`: one row a variant and measure; deciding measures first.

    `difference` is variant − baseline, mean of the pairs; `mean_baseline` and `mean` are those of
    all runs, in the unit of the measure.
    """
    names, rows = titles(report, lang), []
    means = report["means"]
    for variant in others_of(report):
        name = variant["id"]
        cells = report["differences"].get(name, {})
        for key in measures_in_order(report):
            if key not in cells:
                continue
            info, effect = report["measures"][key], cells[key]
            head = (name, names[name], key, measure_name(key, lang), info["unit"], info["better"],
                    info["decides"], effect["n"])  # fmt: skip
            of = [means.get(each, {}).get(key, {}).get("mean")
                  for each in (report["baseline"], name)]  # fmt: skip
            rows.append((*head, *of, effect["mean"], *(effect.get(each) for each in DIFFERENCE)))
    return pd.DataFrame(rows, columns=list(COMPARISON))


def means_frame(report: Report, lang: str) -> pd.DataFrame:
    """Every variant's means with their intervals; deciding measures first."""
    names = titles(report, lang)
    rows = [
        (name, names[name], key, measure_name(key, lang), report["measures"][key]["unit"],
         *(report["means"][name][key].get(each) for each in MEAN))
        for name in names
        for key in measures_in_order(report)
        if key in report["means"].get(name, {})
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(MEANS))


def limits_frame(report: Report, lang: str) -> pd.DataFrame:
    """`limits.csv`: the chance of meeting each limit by variant, storm, class and zone."""
    names = titles(report, lang)
    storms = {row["id"]: title_of(row, lang) for row in report["storms"]}
    rows = [
        (row["variant"], names.get(row["variant"]), row["storm"], storms.get(row["storm"]),
         row["road_class"], class_name(row["road_class"], lang), row["zone"],
         None if row["zone"] is None else zone_name(row["zone"], lang), row["aspect"],
         *(row[each] for each in LIMIT))
        for row in report["limits"]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(LIMITS))


def depots_frame(report: Report, lang: str) -> pd.DataFrame:
    """Every variant's depots: where and how large, and what they did in a run, means."""
    rows = []
    for variant in report["variants"]:
        used = {cells["depot"]: cells for cells in report["depots"].get(variant["id"], [])}
        for depot in variant["depots"]:
            cells = used.get(depot["id"], {})
            rows.append((
                variant["id"], title_of(variant, lang), depot["id"],
                *(depot[each] for each in PLACE), *(cells.get(each) for each in USE),
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(DEPOTS))


def placement_frame(report: Report, lang: str) -> pd.DataFrame:
    """What the location models found, then the proposals in both orders; empty without them."""
    placement, names = report["placement"], titles(report, lang)
    if not placement:
        return pd.DataFrame(columns=list(PLACEMENT))
    rows: list[tuple[object, ...]] = [
        (None, None, row["model"], row["objective"], row["bound"], row["gap"], None,
         None, ", ".join(map(str, row["open"])))
        for row in placement["models"]
    ]  # fmt: skip
    rows += [
        (row["variant"], names.get(row["variant"]), row["model"], row["objective"], None, None,
         row["rank_model"], row["rank_simulated"], ", ".join(map(str, row["sites"])))
        for row in placement["proposals"]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(PLACEMENT))


def settings_frame(report: Report, lang: str) -> pd.DataFrame:
    """What was run: a row a setting; then each variant's changes, old and new."""
    plain = ("study", "map", "baseline", "confidence", "run_seed", "replications", "first", "cap",
             "stopped", "schematic", "source", "digest")  # fmt: skip
    rows: list[tuple[object, ...]] = [("", key, "", report[key]) for key in plain]
    rows += [("", "decide", "", ", ".join(report["decide"])),
             ("", "varied", "", ", ".join(report["varied"])),
             ("", "common_numbers", "", report["common_numbers"]["median"])]  # fmt: skip
    rows += [("", f"storm {row['id']}", title_of(row, lang), row["weight"])
             for row in report["storms"]]  # fmt: skip
    for variant in report["variants"]:
        name = title_of(variant, lang)
        rows.append((name, "n", "", variant["n"]))
        rows += [(name, *change) for change in variant["differences"]]
    return pd.DataFrame(rows, columns=["variant", "key", "from", "to"])


def measures_in_order(report: Report) -> list[str]:
    """Deciding measures as the study names them, then the others as the report has them."""
    first = list(report["decide"])
    return first + [key for key in report["measures"] if key not in first]
