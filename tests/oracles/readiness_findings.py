"""Findings on the plan whose figures follow from tables and map alone, found anew.

Those of limits that cannot be met have oracles of their own beside the plan check.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.oracles.readiness_ask import RUNS
from tests.oracles.readiness_files import CLASSES, CRITICAL, Files, Row
from tests.oracles.readiness_means import zone_of

EARTH_KM = 6371.0
CODES = ("never_clean", "no_owner", "no_owner_fringe", "stock_small", "group_empty")
Told = tuple[str, str, float, float]  # code, grade, found, needed


def findings(files: Files) -> Iterator[tuple[Told, list[float]]]:
    """What is found at the grades of the report, and what else its text tells."""
    for grade in dict.fromkeys(files.plan_grade(name) for name in files.names):
        for zone in files.zones:
            yield from _owners(files, grade, zone)
            yield from _stocks(files, grade, zone)
        yield from _groups(files, grade)


def told(rows: Iterable[Row]) -> Counter[Told]:
    """The same findings as a report tells them."""
    return Counter(
        (row["code"], grade, row["found"], row["needed"])
        for row in rows
        if row["code"] in CODES
        for grade in row["grades"]
    )


def _mine(files: Files, grade: str, zone: str) -> list[Row]:
    """Directions of a zone that are not the rural squads'."""
    rows = files.table("squads.csv")
    hands = any((row["zone"], row["group"]) == (zone, "rural") for row in rows)
    rural = hands and "rural" in files.plan["treatments"][grade]["groups"]
    own = [one for one in files.stretches if one["zone"] == zone]
    return [one for one in own if not (rural and "fringe" in one["flags"])]


def _owners(files: Files, grade: str, zone: str) -> Iterator[tuple[Told, list[float]]]:
    kinds = {row["kind"]: row for row in files.table("machine_types.csv")}
    ready = [row for row in files.table("machines.csv") if row["serviceable"] == "true"]
    present = {kinds[row["kind"]]["work"] for row in ready} & set(RUNS)
    works = (present & set(files.plan["treatments"][grade]["sequence"])) or present
    near = _helpers(files, zone)
    clean = float(files.plan["thresholds"]["clean_depth_mm"])
    mine = _mine(files, grade, zone)
    for road_class in CLASSES:
        rows = [one for one in mine if one["road_class"] == road_class]
        left = "rough_residual_mm" if road_class in CLASSES[3:] else "residual_mm"
        depths = [
            float(kinds[row["kind"]][left])
            for row in ready
            if zone_of(files, row) in near
            and kinds[row["kind"]]["work"] in works
            and road_class in kinds[row["kind"]]["classes"].split()
        ]
        if rows and not depths:
            fringe = all("fringe" in one["flags"] for one in rows)
            code = "no_owner_fringe" if fringe else "no_owner"
            yield (code, grade, 0.0, float(len({one["id"] for one in rows}))), []
        elif rows and min(depths) > clean:
            yield ("never_clean", grade, min(depths), clean), []


def _helpers(files: Files, zone: str) -> set[str]:
    """The zone, and those whose depots are within the radius of mutual aid of its own."""
    depots = files.table("depots.csv")
    reach = files.plan["dispatch"]["mutual_aid_km"]
    return {zone} | {
        b["zone"] for a in depots for b in depots if a["zone"] == zone and _km(a, b) <= reach
    }


def _km(a: Row, b: Row) -> float:
    """Great-circle distance by the haversine."""
    lon, lat, lon2, lat2 = (
        math.radians(float(row[key])) for row in (a, b) for key in ("lon", "lat")
    )
    half = math.sin((lat2 - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def _stocks(files: Files, grade: str, zone: str) -> Iterator[tuple[Told, list[float]]]:
    """Depots of a zone that cannot treat it once with the largest dose of the plan."""
    doses, classes = files.plan["doses"], files.plan["treatments"][grade]["spread_classes"]
    spreads = {row["kind"] for row in files.table("machine_types.csv") if row["work"] == "spread"}
    if not any(row["kind"] in spreads for row in files.table("machines.csv")):
        return
    warm = [
        row["initial_g_m2"]
        for row in doses["table"]["rows"]
        if not doses["cutoff"]["on"] or row["from_c"] >= doses["cutoff"]["below_c"]
    ]
    dose = min(max(warm), doses["cap"]["g_m2"]) if doses["cap"]["on"] else max(warm)
    own = [
        one["m2"]
        for one in _mine(files, grade, zone)
        if ("critical" if CRITICAL & set(one["flags"]) else one["road_class"]) in classes
    ]
    kept = {row["id"]: float(row["stock_kg"]) / 1000 for row in files.table("depots.csv")}
    here = [kept[row["id"]] for row in files.table("depots.csv") if row["zone"] == zone]
    stock, needed = math.fsum(here), math.fsum(own) * dose / 1e6
    if needed > stock:
        figures = [math.fsum(own), dose, math.fsum(kept.values())]
        yield ("stock_small", grade, round(stock, 3), round(needed, 3)), figures


def _groups(files: Files, grade: str) -> Iterator[tuple[Told, list[float]]]:
    """Groups that are called and have nobody."""
    manned = {row["group"] for row in files.table("squads.csv") if int(row["squads"])}
    loads = {row["kind"] for row in files.table("machine_types.csv") if row["work"] == "load_snow"}
    loaders = any(row["kind"] in loads for row in files.table("machines.csv"))
    if loaders and files.table("trucks.csv") and files.table("dump_points.csv"):
        manned.add("hauling")
    if files.table("frontage.csv"):
        manned.add("frontage")
    for group in files.plan["treatments"][grade]["groups"]:
        if group not in manned:
            yield ("group_empty", grade, 0.0, 1.0), []
