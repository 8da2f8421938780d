"""A made-up report of a comparison, in the form that analysis hands to reporting."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from snowplan.model.measures import measure_info

DECIDE = ["open_last/main", "clean_last/all", "response_mean_min", "exposure"]
KEYS = [
    *DECIDE, "open_p95/all", "open_last/all", "open_last/main@south", "clean_last/zone:south",
    "met_open/main", "deadhead_km", "fuel_l", "deicer_t", "operator_h", "cost_cny",
    "loading_wait_h", "stockouts", "share_work", "share_wait_work",
]  # fmt: skip
WHOLE = {
    "open_last/main": 6.31, "clean_last/all": 21.4, "response_mean_min": 17.3, "exposure": 81234.0,
    "open_p95/all": 8.2, "open_last/all": 14.6, "open_last/main@south": 6.0,
    "clean_last/zone:south": 20.2, "met_open/main": 0.86, "deadhead_km": 4012.0, "fuel_l": 26310.0,
    "deicer_t": 241.3, "operator_h": 2011.4, "cost_cny": 612345.0, "loading_wait_h": 7.4,
    "stockouts": 1.2, "share_work": 41.2, "share_wait_work": 33.0,
}  # fmt: skip
# (mean, half the interval) of the difference; None: the same in every run.
EFFECTS: dict[str, dict[str, tuple[float, float] | None]] = {
    "four": {
        "open_last/main": (0.11, 0.2), "clean_last/all": (0.02, 0.04),
        "response_mean_min": (3.42, 0.8), "exposure": (640.0, 700.0), "deadhead_km": (130.0, 20.0),
        "cost_cny": (4100.0, 900.0), "loading_wait_h": (2.2, 0.7), "stockouts": (0.6, 0.3),
    },
    "six": {
        "open_last/main": (-0.07, 0.05), "clean_last/all": (0.0, 0.05),
        "response_mean_min": (-1.9, 0.6), "exposure": (-900.0, 400.0),
        "deadhead_km": (-90.0, 15.0), "fuel_l": (-310.0, 80.0),
    },
    "south": {
        "open_last/main": (-14 / 60, 5 / 60), "clean_last/all": (0.01, 0.04),
        "response_mean_min": (0.4, 0.9), "exposure": (-300.0, 800.0),
        "open_last/main@south": (-0.5, 0.1), "met_open/main": (0.09, 0.08),
    },
    "twin": {},
}  # fmt: skip
TITLES = {
    "today": ("现有五点", "Today's five"), "four": ("四点（撤中区）", "Four, centre closed"),
    "six": ("六点", "Six"), "south": ("南移方案", "Shifted south"), "twin": ("照旧", "As today"),
}  # fmt: skip
STORMS = [
    {"id": "moderate", "title": "中雪（-3 °C）", "title_en": "Moderate, mild", "weight": 6.0,
     "horizon_ms": 36 * 3_600_000},
    {"id": "heavy_cold", "title": "大雪（-12 °C）", "title_en": "Heavy, cold", "weight": 1.0,
     "horizon_ms": 48 * 3_600_000},
]  # fmt: skip
ASKED = {"open_last/main": 0.15, "clean_last/all": 0.1}


def measures_of(keys: list[str]) -> dict[str, dict[str, Any]]:
    """Unit, digits and better side of measures, as the study knows them."""
    return {key: measure_info(key)._asdict() | {"decides": key in DECIDE} for key in keys}


def effect(key: str, given: tuple[float, float] | None, *, same: bool, n: int) -> dict[str, Any]:
    """A difference with the verdict that the contract gives it."""
    mean, half = (0.0, 0.0) if given is None else given
    asked = ASKED.get(key)
    better = measure_info(key).better
    if same or given is None:
        verdict, half = "same", 0.0
    elif abs(mean) > half:
        good = (mean < 0) == (better == "less")
        verdict = ("better" if good else "worse") if better else ("less" if mean < 0 else "more")
    else:
        verdict = "no_difference" if asked and half <= asked else "unclear"
    told = verdict not in {"same", "unclear", "no_difference"}
    verdict = f"uncorrected_{verdict}" if told and key not in DECIDE else verdict
    none = verdict == "same"
    return {
        "n": n, "mean": mean, "low": None if none else mean - half,
        "high": None if none else mean + half, "half_width": None if none else half,
        "method": "same" if none else ("bca" if key == "response_mean_min" else "t"),
        "skewness": None if none else 0.3, "p": None if none else (0.001 if told else 0.4),
        "p_holm": (0.01 if told else 0.8) if key in DECIDE and not none else None,
        "asked": asked, "reached": None if asked is None else half <= asked, "verdict": verdict,
        "by": 100 * mean / WHOLE[key], "late_baseline": 3 if key == "clean_last/all" else 0,
        "late": 5 if key == "clean_last/all" else 0,
        "ended": 2 if key == "clean_last/all" else 0,
    }  # fmt: skip


def made_up(roads: pd.DataFrame, n: int = 40) -> dict[str, Any]:
    """Five placements under two storms on `roads`: one the same, the others a little apart."""
    own = roads[roads["operator"] == "centre"]
    sections = sorted(own["section"])
    report: dict[str, Any] = {
        "study": "depot_placement", "title": "融雪剂储备点布局比较",
        "title_en": "Where to keep the de-icer", "source": "", "baseline": "today",
        "schematic": True, "map": "pingcheng", "confidence": 0.95, "run_seed": 1,
        "varied": ["muster_delay", "failure"], "replications": n, "first": 36, "cap": 108,
        "stopped": "cap", "not_reached": [["four", "open_last/main"]], "decide": list(DECIDE),
        "primary": DECIDE[0], "variants": [_variant(name, roads, n) for name in TITLES],
        "storms": STORMS, "measures": measures_of(KEYS), "means": {}, "differences": {},
        "common_numbers": {"ratios": {}, "median": 6.4,
                           "least": {"variant": "six", "key": "exposure", "ratio": 2.3}},
        "limits": [], "depots": {}, "curves": {}, "openings": {}, "sections": sections,
        "snow_stops_ms": {"moderate": 10 * 3_600_000, "heavy_cold": 12 * 3_600_000},
        "selection": None, "binding": {"separates": True, "shares": {"share_work": 41.2}},
        "placement": None, "failed": [], "digest": "ab" * 32,
    }  # fmt: skip
    for number, name in enumerate(TITLES):
        _add(report, name, number, own, n)
    return report


def _variant(name: str, roads: pd.DataFrame, n: int) -> dict[str, Any]:
    points = [point for line in roads["line"] for point in line]
    lon = (min(x for x, _ in points), max(x for x, _ in points))
    lat = (min(y for _, y in points), max(y for _, y in points))
    places = {"centre": (0.5, 0.5), "east": (0.8, 0.5), "south": (0.5, 0.2), "north": (0.5, 0.8)}
    if name == "four":
        del places["centre"]
    if name == "six":
        places |= {"west": (0.2, 0.4), "new": (0.75, 0.8)}
    low = -0.1 if name == "south" else 0.0
    return {
        "id": name, "title": TITLES[name][0], "title_en": TITLES[name][1], "n": n,
        "out_after": None, "differences": [],
        "depots": [
            {"id": f"depot-{zone}", "name": f"{zone}储备点", "zone": zone,
             "lon": lon[0] + x * (lon[1] - lon[0]), "lat": lat[0] + (y + low) * (lat[1] - lat[0]),
             "bays": 2, "stock_kg": 40_000 + 20_000 * (zone == "centre"), "product": "nacl"}
            for zone, (x, y) in places.items()
        ],
    }  # fmt: skip


def _add(report: dict[str, Any], name: str, number: int, own: pd.DataFrame, n: int) -> None:
    given = EFFECTS.get(name, {})
    same = name == "twin"
    report["means"][name] = {
        key: {"n": n, "mean": value + (given.get(key) or (0.0,))[0], "low": value - 1.0,
              "high": value + 1.0, "late": 0}
        for key, value in WHOLE.items()
    }  # fmt: skip
    if name != "today":
        report["differences"][name] = {
            key: effect(key, given.get(key, (0.0, WHOLE[key] / 50)), same=same, n=n) for key in KEYS
        }
        report["common_numbers"]["ratios"][name] = dict.fromkeys(DECIDE, None if same else 6.4)
    report["depots"][name] = [
        {"depot": row["id"], "loads": 12.4, "loading_wait_h": 1.25, "stockouts": 0.3,
         "spread_t": 38.2, "left_t": 4.1}
        for row in report["variants"][number]["depots"]
    ]  # fmt: skip
    for storm in STORMS:
        curves = report["curves"].setdefault(storm["id"], {})
        curves[name] = _curves(storm["horizon_ms"], number if not same else 0)
        opened = report["openings"].setdefault(storm["id"], {})
        opened[name] = _openings(len(own), number if not same else 0)
    report["limits"] += [row for storm in STORMS for row in _limits(name, storm["id"], number, n)]


def _limits(name: str, storm: str, number: int, n: int) -> list[dict[str, Any]]:
    rows = []
    for road_class, aspect, limit_h, met in (
        ("main", "open", 12.0, n), ("main", "clean", 24.0, n - 4 * number - 1),
        ("secondary", "clean", 24.0, 0),
    ):  # fmt: skip
        for zone in (None, "south"):
            share = met / n
            spread = 1.96 * math.sqrt(max(share * (1 - share), 0.02) / n)
            rows.append({
                "variant": name, "storm": storm, "aspect": aspect, "road_class": road_class,
                "zone": zone, "limit_h": limit_h, "limit_low_h": limit_h,
                "limit_high_h": limit_h, "n": n, "met": met, "unknown": 0, "share": share,
                "low": max(0.0, share - spread), "high": min(1.0, share + spread),
                "p90_h": 10.5, "p90_low": 9.8, "p90_high": None, "indicative": n < 36,
            })  # fmt: skip
    return rows


def _curves(horizon_ms: int, number: int) -> dict[str, dict[str, Any]]:
    steps = range(horizon_ms // 1_800_000 + 1)
    found = {}
    for place, key in enumerate(("opened/main", "opened/all", "clean/main", "clean/all")):
        middle = 24 + 6 * place + 2 * number
        found[key] = {"n": 40, "step_min": 30, "first_min": -600}
        for band, shift in (("median", 0), ("low", 3), ("high", -3)):
            found[key][band] = [round(1000 / (1 + math.exp(-(i - middle - shift) / 5)))
                                for i in steps]  # fmt: skip
    return found


def _openings(count: int, number: int) -> list[float | str]:
    minutes: list[float | str] = [(37 * i) % (600 + 60 * number) - 120.0 for i in range(count)]
    minutes[0], minutes[-1] = "never", "late"
    return minutes


def placement() -> dict[str, Any]:
    """Two models; the model puts six before south, the simulation the other way round."""
    return {
        "models": [
            {"model": "p_median", "objective": 4.25, "unit": "min", "bound": 4.25, "gap": 0.0,
             "time_up": False, "sites": 60, "open": ["j-1"]},
            {"model": "own_model", "objective": 20.0, "unit": "min", "bound": 18.0, "gap": 0.1,
             "time_up": True, "sites": 60, "open": ["j-2"]},
        ],
        "proposals": [
            {"variant": "today", "model": "", "objective": 5.5, "rank_model": 3,
             "rank_simulated": 3, "sites": [], "bays": 5, "stock_t": 300.0},
            {"variant": "south", "model": "p_median", "objective": 4.5, "rank_model": 2,
             "rank_simulated": 1, "sites": ["j-2"],
             "bays": 5, "stock_t": 300.0},
            {"variant": "six", "model": "p_median", "objective": 4.25, "rank_model": 1,
             "rank_simulated": 2, "sites": ["j-1"],
             "bays": 6, "stock_t": 300.0},
        ],
        "kendall_tau": 0.333, "disagree": [["south", "six"]],
        "apart": [["south", "six"]], "ranked": True, "measure": "open_last/main",
    }  # fmt: skip
