"""Means, places and papers of the made-up readiness report."""

from __future__ import annotations

from typing import Any

GRADES = ("light", "moderate", "heavy", "blizzard")
CLASSES = ("expressway", "main", "secondary", "branch", "lane")
ZONES = ("east", "south", "west", "north", "centre")
KINDS = ("roller_brush", "plough", "spreader", "small_machine", "loader", "blower", "grader")
LISTED = {"roller_brush": 12, "plough": 7, "spreader": 3, "small_machine": 3, "loader": 2}
ONLY = {"blower": ("east", "north", "centre"), "grader": ("south", "west")}
ZONE_ZH = dict(zip(ZONES, "东南西北中", strict=True))


def machines() -> dict[str, Any]:
    """Serviceable and needed; one plough and one spreader in the east are being mended."""
    rows = []
    for zone in ZONES:
        for kind in KINDS:
            listed = LISTED.get(kind, 1 if zone in ONLY.get(kind, ()) else 0)
            listed += {("plough", "west"): -1, ("spreader", "west"): 1}.get((kind, zone), 0)
            if listed == 0:
                continue
            mended = 1 if zone == "east" and kind in {"plough", "spreader"} else 0
            rows.append(
                {
                    "zone": zone,
                    "kind": kind,
                    "listed": listed,
                    "serviceable": listed - mended,
                    "in_repair": mended,
                    "crews_least": listed - mended - (kind == "plough"),
                    "crews_most": listed - mended,
                    "standby": 1 if kind == "plough" else 0,
                    "needed": {g: _needed(kind, listed, place) for place, g in enumerate(GRADES)},
                    "peak": {
                        g: min(listed - mended, 1 + place * 3) for place, g in enumerate(GRADES)
                    },
                }
            )
    in_repair = [
        {
            "machine": "plough-008",
            "kind": "plough",
            "zone": "east",
            "depot": "depot-east",
            "note": "液压泵漏油，12 月 1 日前修复",
        },
        {
            "machine": "spreader-004",
            "kind": "spreader",
            "zone": "east",
            "depot": "depot-east",
            "note": "",
        },
    ]
    return {"rows": rows, "in_repair": in_repair}


def _needed(kind: str, listed: int, place: int) -> int | None:
    if kind in {"loader", "blower"}:
        return None
    return max(1, round(listed * (0.3 + 0.35 * place)))


def stocks() -> list[dict[str, Any]]:
    """60 t in each zone; what a storm takes grows with the grade."""
    rows = []
    for place, zone in enumerate(ZONES):
        taken = {
            g: round(x + place, 1) for g, x in zip(GRADES, (7.5, 16.2, 21.0, 0.0), strict=True)
        }
        if zone == "centre":
            taken["blizzard"] = 0.0
        rows.append(
            {
                "depot": f"depot-{zone}",
                "name_zh": f"{ZONE_ZH[zone]}区融雪剂储备点",
                "name_en": f"{zone.title()} depot",
                "zone": zone,
                "product": "nacl",
                "stock_t": 60.0,
                "dose_t": round(6.8 + place, 1),
                "doses": round(60.0 / round(6.8 + place, 1), 1),
                "per_storm_t": taken,
                "storms": {g: round(60.0 / t, 1) if t else None for g, t in taken.items()},
                "storms_bound": {g: "<" if g == "heavy" and place else "" for g in GRADES},
                "stockouts": {"light": 0.0, "moderate": 0.0, "heavy": 0.4 * place, "blizzard": 0.0},
                "reorder_t": 64.0 if zone == "centre" else 42.0,
                "reorder_bound": ">=" if zone == "centre" else "",
                "below": zone == "centre",
            }
        )
    return rows


def people() -> dict[str, Any]:
    """Two shifts a kind; ploughs of the south lack a crew at night; squads of three groups."""
    shifts = [
        {
            "zone": zone,
            "kind": kind,
            "start": start,
            "length_h": 12.0,
            "crews": LISTED[kind] - (kind == "plough" and zone == "south" and start == "20:00"),
            "machines": LISTED[kind],
            "short": 1 if kind == "plough" and zone == "south" and start == "20:00" else 0,
        }
        for zone in ZONES
        for kind in LISTED
        for start in ("08:00", "20:00")
    ]
    muster = {
        "promised_min": 30,
        "start_min": 60,
        "scenarios": {
            g: {"median": 31.0 + p, "p90": 47.5 + p, "most": 71.0 + 2 * p}
            for p, g in enumerate(GRADES)
        },
    }
    squads = {"clearing": (20, 18, 13, 17, 10), "rural": (3, 4, 1, 1, 0), "office": (2, 2, 2, 2, 2)}
    hands = [
        {"zone": zone, "group": group, "squads": counts[place], "workers": counts[place] * 20}
        for place, zone in enumerate(ZONES)
        for group, counts in squads.items()
        if counts[place]
    ]
    return {"shifts": shifts, "muster": muster, "hands": hands}


def hauling() -> dict[str, Any]:
    """Six dump points; the centre's is full after half a heavy snow; at light snow none hauls."""
    places = [
        ("centre", "中区堆雪点（假定）", 10000.0),
        ("east", "东区堆雪点（假定）", 45000.0),
        ("north", "北区堆雪点（假定）", 45000.0),
        ("east", "御河滩地堆雪点（假定）", 25000.0),
        ("south", "南区堆雪点（假定）", 60000.0),
        ("west", "西区堆雪点（假定）", 30000.0),
    ]
    rows = []
    for place, (zone, name, room) in enumerate(places):
        brought = {
            g: x * (1.0 + 0.1 * place)
            for g, x in zip(GRADES, (0.0, 3100.0, 9800.0, 21000.0), strict=True)
        }
        rows.append(
            {
                "dump": f"dump-{place}",
                "name_zh": name,
                "name_en": f"{zone.title()} dump point {place} (assumed)",
                "zone": zone,
                "shut": place == 3,
                "room_m3": room,
                "per_storm_m3": {g: round(x, 1) for g, x in brought.items()},
                "storms": {g: round(room / x, 1) if x else None for g, x in brought.items()},
            }
        )
    taking = [row for row in rows if not row["shut"]]
    total = {g: round(sum(row["per_storm_m3"][g] for row in taking), 1) for g in GRADES}
    room = sum(row["room_m3"] for row in taking)
    trucks = [
        {"zone": zone, "trucks": n, "load_m3": 10.4}
        for zone, n in zip(ZONES, (7, 6, 5, 7, 7), strict=True)
    ]
    storms = {g: round(room / x, 1) if x else None for g, x in total.items()}
    must = {g: 3.0 * x if x else None for g, x in total.items()}
    return {
        "trucks": trucks,
        "dumps": rows,
        "total": {
            "room_m3": room,
            "shut_m3": 25000.0,
            "per_storm_m3": total,
            "storms": storms,
            "must_m3": must,
            "storms_must": {g: round(room / x, 2) if x else None for g, x in must.items()},
            "weakest": {g: "dump-0" if x else None for g, x in total.items()},
        },
    }


PLACES = (
    ("大同站", "Datong station", "station", "north"),
    ("大同南站", "Datong South station", "station", "south"),
    ("大同市第五人民医院", "Datong Fifth Hospital", "hospital", "centre"),
    ("大同市第三人民医院", "Datong Third Hospital", "hospital", "north"),
    ("平城桥", "Pingcheng Bridge", "bridge", "east"),
)


def access() -> list[dict[str, Any]]:
    """Each named place under each grade; the bridge is late at blizzard."""
    return [
        {
            "scenario": grade,
            "rows": [
                {
                    "place_zh": zh,
                    "place_en": en,
                    "flag": flag,
                    "zone": zone,
                    "joined_min": None if late else 90.0 + 110 * g + 25 * place,
                    "joined_p90_min": None if late else 140.0 + 130 * g + 25 * place,
                    "apart_min": 45.0 * g * (1 + place),
                    "late": 4 if late else 0,
                }
                for place, (zh, en, flag, zone) in enumerate(PLACES)
                for late in (g == 3 and flag == "bridge",)
            ],
        }
        for g, grade in enumerate(GRADES)
    ]
