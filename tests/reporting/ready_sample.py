"""A made-up readiness report of Pingcheng by the page docs/readiness.md: four grades, five zones.

Its figures hang together where a reader would look (counts of marks, shares that add up to one,
storms = stock ÷ tonnes a storm), but nothing of it was simulated.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from tests.reporting.ready_sample_more import envelope, held_back, marginal, streets
from tests.reporting.ready_sample_papers import appendix, assumptions, findings
from tests.reporting.ready_sample_parts import (
    CLASSES,
    GRADES,
    KINDS,
    ZONES,
    access,
    hauling,
    machines,
    people,
    stocks,
)
from tests.results.synthetic import grid_roads

TITLES = {
    "light": ("小雪", "Light snow"),
    "moderate": ("中雪", "Moderate snow"),
    "heavy": ("大雪", "Heavy snow"),
    "blizzard": ("暴雪", "Blizzard"),
}
STORMS = {
    "light": (1.5, 6.0),
    "moderate": (3.5, 9.0),
    "heavy": (6.5, 14.0),
    "blizzard": (14.0, 20.0),
}
HORIZON_H = {"light": 30.0, "moderate": 33.0, "heavy": 56.0, "blizzard": 68.0}
LIMITS = {  # open, clean, haul; by class and grade
    "expressway": {
        "light": (2, 4, 8),
        "moderate": (2, 6, 12),
        "heavy": (4, 12, 24),
        "blizzard": (8, 24, 48),
    },
    "main": {
        "light": (2, 4, 8),
        "moderate": (2, 6, 12),
        "heavy": (4, 12, 24),
        "blizzard": (8, 24, 48),
    },
    "secondary": {
        "light": (4, 6, 12),
        "moderate": (4, 12, 24),
        "heavy": (8, 24, 36),
        "blizzard": (12, 36, 72),
    },
    "branch": {
        "light": (8, 12, 24),
        "moderate": (12, 24, 48),
        "heavy": (18, 36, 72),
        "blizzard": (24, 48, 96),
    },
    "lane": {
        "light": (12, 12, 24),
        "moderate": (18, 24, 48),
        "heavy": (24, 36, 72),
        "blizzard": (36, 48, 96),
    },
}
REPLICATIONS = 36
TREATMENT = {"scenario": "light", "dose_g_m2": 23.0, "pavement_c": -4.0}
LEAD_STORMS = {"light": 2.0, "moderate": 1.0, "heavy": 1.0, "blizzard": 0.0}
# (met of 36, median margin, worst tenth) by the mark they give
MARKED = {
    "sure": (36, 3.2, 1.1),
    "likely": (34, 0.9, 0.2),
    "open": (31, 0.4, -0.6),
    "missed": (9, -1.7, -4.2),
    "unknown": (0, None, None),
}
ORDER = ("sure", "likely", "open", "missed", "unknown")


def ready_sample(
    sections: Sequence[str] | None = None, *, quick: bool = False, run_seed: int = 1
) -> dict[str, Any]:
    """The report; the map speaks of `sections`, by default those of `grid_roads(8)`."""
    names = sorted(grid_roads(8)["section"]) if sections is None else list(sections)
    rows = _verdicts()
    return {
        "head": _head(quick=quick, run_seed=run_seed),
        "verdicts": {"marks": _marks(rows), "rows": rows},
        "machines": machines(),
        "deicer": {"rows": stocks(), "treatment": TREATMENT, "lead_storms": LEAD_STORMS},
        "people": people(),
        "hauling": hauling(),
        "timeline": {"rows": _timeline(), "curves": _curves(), "map": _maps(names)},
        "streets": streets(GRADES),
        "access": access(),
        "envelope": {"rows": envelope(LIMITS, STORMS)},
        "marginal": marginal(ZONES),
        "held_back": held_back(GRADES, CLASSES),
        "findings": findings(),
        "assumptions": assumptions(),
        "appendix": appendix(run_seed, REPLICATIONS),
    }


def _head(*, quick: bool, run_seed: int) -> dict[str, Any]:
    rows = []
    for grade in GRADES:
        zh, en = TITLES[grade]
        snow_mm, snow_h = STORMS[grade]
        day, hour = divmod(int(18 + snow_h), 24)
        rows.append(
            {
                "id": grade,
                "title_zh": zh,
                "title_en": en,
                "grade": grade,
                "snow_mm": snow_mm,
                "snow_h": snow_h,
                "air_c": -5.0,
                "start": "2026-01-15 16:00",
                "snow_stops": f"2026-01-{15 + day} {hour:02d}:00",
                "horizon_h": HORIZON_H[grade],
                "replications": REPLICATIONS,
                "failed": 0,
                "reference": f"20261124-011900-{grade}-0a1b2c3d",
            }
        )
    return {
        "title_zh": "平城区清雪准备情况报告",
        "title_en": "Readiness of Pingcheng for snow",
        "made": {"version": "0.5.0", "python": "3.11.2", "numpy": "2.4.1"},
        "quick": quick,
        "probability": 0.9,
        "confidence": 0.95,
        "run_seed": run_seed,
        "map": {
            "title_zh": "平城区示意路网",
            "title_en": "Schematic map of Pingcheng",
            "schematic": True,
        },
        "varied": ["failure", "storm_duration", "muster_delay", "snowfall_total", "turn_out"],
        "scenarios": rows,
        "runs": {
            "grades": 144,
            "envelope": 131,
            "relief": 38,
            "marginal": 92,
            "failed": 0,
        },
        "area_km2_cleared": 13.96,
        "sections": 1890,
        "machines": 140,
    }


def _mark_of(grade: str, road_class: str, aspect: int) -> str:
    """Worse with the grade, the class and the aspect; hauling of branches lies beyond the end."""
    if aspect == 2 and grade in {"heavy", "blizzard"} and road_class in {"branch", "lane"}:
        return "unknown"
    place = GRADES.index(grade) + aspect + CLASSES.index(road_class) // 2
    return ("sure", "sure", "sure", "likely", "open", "missed", "missed", "missed")[place]


def _verdicts() -> list[dict[str, Any]]:
    rows = []
    for grade in GRADES:
        for aspect, word in enumerate(("open", "clean", "haul")):
            if word == "haul" and grade == "light":
                continue
            for road_class in CLASSES:
                limit = LIMITS[road_class][grade][aspect]
                by_clock = word == "open" and road_class == "main" and grade == "heavy"
                mark = _mark_of(grade, road_class, aspect)
                rows.append(_verdict(grade, f"{word}/{road_class}", limit, mark, clock=by_clock))
        limit = {"light": 12, "moderate": 24, "heavy": 36, "blizzard": 48}[grade]
        mark = "sure" if grade == "light" else "likely"
        rows.append(_verdict(grade, "side/cycle_lane", limit, mark))
        rows.append(
            _verdict(grade, "side/pavement", limit, "missed" if grade == "blizzard" else mark)
        )
    return rows


def _verdict(
    grade: str, item: str, limit: float, mark: str, *, clock: bool = False
) -> dict[str, Any]:
    met, margin, worst = MARKED[mark]
    n = REPLICATIONS
    share, known = met / n, mark != "unknown"
    low = 0.0 if met == 0 else max(0.0, share - 1.96 * math.sqrt(share * (1 - share) / n) - 0.09)
    high = 1.0 if met == n else min(1.0, share + 1.96 * math.sqrt(share * (1 - share) / n) + 0.02)
    return {
        "scenario": grade,
        "item": item,
        "limit_h": float(limit),
        "by_clock": clock,
        "n": n,
        "met": met,
        "unknown": 0 if known else n,
        "share": round(share, 3) if known else None,
        "low": round(low, 3) if known else None,
        "high": round(high, 3) if known else None,
        "margin_h": margin,
        "margin_worst_h": worst,
        "margin_bound": mark == "missed",
        "margin_worst_bound": mark == "missed",
        "late": 14.5 if mark == "missed" else 0.0,
        "mark": mark,
    }


def _marks(rows: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for grade in GRADES:
        counts = Counter(row["mark"] for row in rows if row["scenario"] == grade)
        known = [mark for mark in ORDER[:4] if counts[mark]]
        found[grade] = {"mark": known[-1], "counts": {mark: counts[mark] for mark in ORDER}}
    return found


def _timeline() -> list[dict[str, Any]]:
    return [
        {
            "scenario": grade,
            "road_class": road_class,
            "zone": zone,
            "open_last_h": round(0.8 * (1 + g) + 1.4 * c + 0.3 * z, 1),
            "open_late": 2.0 if g == 3 and c == 4 else 0.0,
            "open_never": g == 0 and c == 0,
            "clean_never": False,
            "clean_last_h": round(3.1 * (1 + g) + 3.4 * c + 0.5 * z, 1),
            "clean_late": 21.0 if g >= 2 and c == 4 else 0.0,
        }
        for g, grade in enumerate(GRADES)
        for c, road_class in enumerate(CLASSES)
        for z, zone in enumerate(ZONES)
    ]


def _curves() -> dict[str, Any]:
    """Shares fall while it snows and come back, each class later than the one before."""
    found: dict[str, Any] = {}
    for g, grade in enumerate(GRADES):
        stops = 120 + int(STORMS[grade][1] * 60)
        curves: dict[str, Any] = {"step_min": 30, "stops_min": stops}
        steps = range(int(HORIZON_H[grade] * 2) + 1)
        for c, road_class in enumerate(CLASSES):
            for word, slow in (("opened", 60.0 + 40 * g), ("clean", 200.0 + 90 * g)):
                curves[f"{word}/{road_class}"] = [
                    _share(step * 30, stops, slow * (1 + 0.6 * c)) for step in steps
                ]
        found[grade] = curves
    return found


def _share(minute: int, stops: int, slow: float) -> int:
    if minute <= 120:
        return 1000
    low = max(120.0, 1000.0 - 900.0 * (minute - 120) / max(60.0, stops - 120))
    return round(low if minute < stops else 1000 - 880 * math.exp(-(minute - stops) / slow))


def _maps(sections: list[str]) -> dict[str, Any]:
    return {
        grade: {
            "ids": sections,
            "opened_h": [
                None
                if g == 3 and place % 41 == 7
                else round((place * 7 % 31) / 31 * 4 * (1 + g), 1)
                for place in range(len(sections))
            ],
        }
        for g, grade in enumerate(GRADES)
    }


__all__ = ["CLASSES", "GRADES", "KINDS", "ZONES", "ready_sample"]
