"""What was searched and bought in the made-up readiness report, its streets and its waiting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ROADS = (
    "御河西路", "校园路", "圐圙街", "魏都大道", "永泰南路", "云中路", "迎宾街", "文兴路", "同泉路",
    "太和路", "开源街", "北都街", "南环路", "平城街", "操场城街", "振兴街", "大庆路", "云州街",
    "兴云街", "$1#*路_<a>@",
)  # fmt: skip
BINDS = {
    "open": [{"relief": "machines", "gain_h": 1.4}, {"relief": "crews", "gain_h": 0.3}],
    "clean": [{"relief": "crews", "gain_h": 2.2}],
    "haul": [
        {"relief": "trucks", "gain_h": 6.1, "at_least": True, "fewer_late": 22.0},
        {"relief": "dumps", "gain_h": 0.8},
    ],
    "side": [],
}
SHARES = {
    "not_due": 0.32,
    "worked": 0.04,
    "driving": 0.06,
    "between_passes": 0.17,
    "snowed_over": 0.09,
    "waiting:crew": 0.05,
    "waiting:load": 0.02,
    "waiting:bay": 0.01,
    "waiting:repair": 0.01,
    "waiting:other_work": 0.16,
    "waiting:shift": 0.02,
    "unserved": 0.02,
    "melting": 0.03,
}


def streets(grades: Sequence[str]) -> list[dict[str, Any]]:
    """Twenty streets a grade, one of them with late sections, one with marks in its name."""
    return [
        {
            "scenario": grade,
            "rows": [
                {
                    "rank": rank,
                    "road": road,
                    "road_en": f"Street {rank}",
                    "sections": 3 + rank % 5,
                    "length_km": round(1.2 + 0.17 * rank, 2),
                    "road_class": ("branch", "lane", "secondary")[rank % 3],
                    "opened_h": None
                    if g == 3 and rank == 1
                    else round(6.0 * (1 + g) - 0.2 * rank, 1),
                    "cleared_h": None
                    if g == 3 and rank < 4
                    else round(14.0 * (1 + g) - 0.3 * rank, 1),
                    "opened_never": g == 0 and rank > 10,
                    "late": 12.0 if g == 3 and rank == 1 else 0.0,
                }
                for rank, road in enumerate(ROADS, 1)
            ],
        }
        for g, grade in enumerate(grades)
    ]


def envelope(
    limits: Mapping[str, Mapping[str, Sequence[int]]], storms: Mapping[str, tuple[float, float]]
) -> list[dict[str, Any]]:
    """Tighter limits hold less snow; hauling of lanes is only known as bounds."""
    rows = []
    for grade, (snow_mm, snow_h) in storms.items():
        for aspect, word in enumerate(("open", "clean", "haul")):
            for c, road_class in enumerate(limits):
                if word == "haul" and (grade == "light" or c > 2):
                    continue
                mm = round(snow_mm * (2.4 - 0.35 * c) / (1 + 0.6 * aspect), 1)
                bound = ">=" if (word, c, grade) == ("open", 0, "light") else ""
                bound = "<" if (word, c, grade) == ("clean", 4, "blizzard") else bound
                rows.append(_held(grade, f"{word}/{road_class}", (snow_mm, snow_h), mm, bound))
        rows += [
            _held(grade, f"side/{side}", (snow_mm, snow_h), round(snow_mm * 1.3, 1), "")
            for side in ("cycle_lane", "pavement")
        ]
    return rows


def _held(
    grade: str, item: str, storm: tuple[float, float], mm: float, bound: str
) -> dict[str, Any]:
    reach = (
        ("light", 0.0),
        ("moderate", 2.5),
        ("heavy", 5.0),
        ("blizzard", 10.0),
        ("severe_blizzard", 20.0),
    )
    return {
        "scenario": grade,
        "item": item,
        "snow_h": storm[1],
        "air_c": -5.0,
        "grade_mm": storm[0],
        "mm": mm,
        "low_mm": None if bound else round(mm * 0.82, 1),
        "high_mm": None if bound else round(mm * 1.17, 1),
        "bound": bound,
        "reaches": [name for name, least in reach if mm >= least][-1],
        "replications": 6,
        "runs": 33,
        "not_monotone": 1 if item == "clean/branch" else 0,
        "single": False,
        "held": 6 if bound == ">=" else 0 if bound else None,
        "held_of": 6 if bound else None,
        "held_low": {">=": 0.541, "<": 0.0}.get(bound),
        "held_high": {">=": 1.0, "<": 0.459}.get(bound),
        "binds": [
            {"n": 2, "at_least": False, "fewer_late": 0.0} | bind
            for bind in BINDS[item.partition("/")[0]]
        ],
        "binds_at_mm": round(mm * 1.19, 1),
    }


def marginal(zones: Sequence[str]) -> dict[str, Any]:
    """Each means in each zone, most minutes first; stock buys nothing, in every run the same."""
    kinds = (
        ("spreader", "撒布车一台", "one spreader"),
        ("plough", "推雪车一台", "one plough"),
        ("roller_brush", "滚刷车一台", "one roller brush"),
        ("crew", "推雪车班组一个", "one crew for ploughs"),
        ("truck", "运雪车一辆", "one truck"),
        ("stock", "融雪剂 10 吨", "10 t of de-icer"),
    )
    rows = [
        _bought(kind, zone, zh, en, k, z)
        for k, (kind, zh, en) in enumerate(kinds)
        for z, zone in enumerate(zones)
    ]
    for row in rows:
        row["judged"] = row["n"] == 6
        row["confidence"] = 0.995 if row["judged"] else 0.95
    rows.sort(key=lambda row: (not row["judged"], -row["sum_min"], row["more"], row["zone"]))
    for rank, row in enumerate(rows, 1):
        row["rank"] = rank
    best = {"more": rows[0]["more"], "zone": rows[0]["zone"]}
    return {"scenario": "heavy", "tightest": "open/main", "best": best, "rows": rows}


def _bought(kind: str, zone: str, zh: str, en: str, k: int, z: int) -> dict[str, Any]:
    same = kind == "stock"
    gains = {
        "open": 0.0 if same else 3.0 - 0.5 * k - 0.6 * z,
        "clean": 0.0 if same else 5.2 - k - 0.9 * z,
        "haul": 9.5 - z if kind == "truck" else 0.0,
        "tightest": 0.0 if same else 6.0 - k - z,
    }
    n = 6 if k + z < 4 else 2
    half = 0.0 if same else (1.1 if n == 6 else 4.0)
    row: dict[str, Any] = {"more": kind, "zone": zone, "what_zh": zh, "what_en": en, "n": n}
    for name, gain in gains.items():
        row |= {
            f"{name}_min": round(gain, 1),
            f"{name}_low": round(gain - half, 1),
            f"{name}_high": round(gain + half, 1),
        }
    total = round(gains["open"] + gains["clean"] + gains["haul"], 1)
    return row | {
        "sum_min": total,
        "sum_low": round(total - 2 * half, 1),
        "sum_high": round(total + 2 * half, 1),
        "same": same,
        "rank": 0,
    }


def held_back(grades: Sequence[str], classes: Sequence[str]) -> list[dict[str, Any]]:
    """The same shares tilted by class: they add up to one."""
    areas = (412_000, 5_130_000, 4_020_000, 3_650_000, 748_000)
    rows = []
    for g, grade in enumerate(grades):
        for c, road_class in enumerate(classes):
            shares = dict(SHARES)
            moved = 0.02 * c + 0.01 * g
            shares["not_due"] -= moved
            shares["waiting:other_work"] += moved
            rows.append(
                {
                    "scenario": grade,
                    "road_class": road_class,
                    "area_m2": areas[c],
                    "shares": {key: round(part, 3) for key, part in shares.items()},
                }
            )
    return rows
