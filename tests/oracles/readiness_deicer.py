"""De-icer of a readiness report, from the tables and its runs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from tests.oracles.readiness_files import CRITICAL, Files, Row, mean, rank
from tests.oracles.readiness_means import zone_of

NOTHING_T = 1e-9


def deicer(files: Files) -> Row:
    """`deicer`."""
    told = _treatment(files)
    tonnes: Counter[str] = Counter()
    if told is not None:
        tonnes.update(_shared(files, _treated_m2(files, str(told["scenario"])), told["dose_g_m2"]))
    rows = [_depot(files, depot, tonnes) for depot in files.table("depots.csv")]
    lead = {
        name: float(n)
        for name, n in files.rules["reorder"]["lead_storms"].items()
        if name not in ("source", "tag")
    }
    return {"rows": rows, "treatment": told, "lead_storms": lead}


def _depot(files: Files, depot: Row, tonnes: Mapping[str, float]) -> Row:
    own, stock = depot["id"], float(depot["stock_kg"]) / 1000
    kept = {name: [run["depots"][own] for run in files.own(name)] for name in files.names}
    taken = {name: [stock - one["left_t"] for one in some] for name, some in kept.items()}
    dose = round(tonnes.get(own, 0.0), 3) or None
    short = {
        name: [one["left_t"] <= 0 or one["stockouts"] > 0 for one in some]
        for name, some in kept.items()
    }
    reorder, bound = _reorder(files, kept, stock)
    means = {name: mean(some) for name, some in taken.items()}
    return {
        "depot": own,
        "zone": depot["zone"],
        "product": depot["product"],
        "stock_t": round(stock, 3),
        "dose_t": dose,
        "doses": None if dose is None else round(stock / dose, 2),
        "per_storm_t": {name: round(value, 3) for name, value in means.items()},
        **{
            key: {n: round(mean([one[of] for one in some]), 3) for n, some in kept.items()}
            for key, of in (("spread_t", "spread_t"), ("stockouts", "stockouts"))
        },
        "storms": {
            name: round(stock / value, 2) if value > NOTHING_T else None
            for name, value in means.items()
        },
        "reorder_t": None if reorder is None else round(reorder, 3),
        "storms_bound": {name: "<" if any(some) else "" for name, some in short.items()},
        "reorder_bound": ">=" if bound else "",
        "below": None
        if reorder is None or (bound and stock > reorder)
        else stock < reorder or bound,
    }


def _reorder(
    files: Files, kept: Mapping[str, list[Row]], stock: float
) -> tuple[float | None, bool]:
    """What the storms within the lead time take, replication by replication; whether at least."""
    grades = {files.plan_grade(name): name for name in reversed(files.names)}
    lead = {
        g: n
        for g, n in files.rules["reorder"]["lead_storms"].items()
        if g not in ("source", "tag") and n
    }
    if set(lead) - set(grades):
        return None, False
    sums = []
    for runs in zip(*(kept[grades[grade]] for grade in lead), strict=False):
        spread = math.fsum(n * run["spread_t"] for n, run in zip(lead.values(), runs, strict=True))
        hoppers = max(stock - run["left_t"] - run["spread_t"] for run in runs)
        short = any(run["left_t"] <= 0 or run["stockouts"] for run in runs)
        sums.append((spread + hoppers, short))
    found = rank([tonnes for tonnes, _ in sums], files.probability)
    return found, any(short and tonnes <= found + NOTHING_T for tonnes, short in sums)


def _treatment(files: Files) -> Row | None:
    """The first dose of the mildest scenario that treats, hour by hour while it snows."""
    order = ("none", "light", "moderate", "heavy", "blizzard")
    for name in sorted(files.names, key=lambda one: order.index(files.plan_grade(one))):
        snow = files.toml(name)["snow"]
        pavement = round(snow["air_c"] + files.rules_of("physics.toml")["pavement"]["offset_c"], 3)
        dose = dose_g_m2(files, pavement)
        if dose and _treated_m2(files, name):
            return {"scenario": name, "dose_g_m2": dose, "pavement_c": pavement}
    return None


def dose_g_m2(files: Files, pavement_c: float) -> float:
    """The first dose at a pavement temperature, capped; nothing below the cut-off."""
    told = files.plan["doses"]
    if told["cutoff"]["on"] and pavement_c < told["cutoff"]["below_c"]:
        return 0.0
    rows = [row for row in told["table"]["rows"] if pavement_c >= row["from_c"]]
    if not rows:
        return 0.0
    dose = max(rows, key=lambda row: row["from_c"])["initial_g_m2"]
    return float(min(dose, told["cap"]["g_m2"]) if told["cap"]["on"] else dose)


def _treated_m2(files: Files, name: str) -> dict[str, float]:
    """Carriageway that gets de-icer by zone: rural squads have the fringe to themselves."""
    plan = files.plan["treatments"][files.plan_grade(name)]
    rural = {
        row["zone"]
        for row in files.table("squads.csv")
        if row["group"] == "rural" and int(row["squads"])
    }
    found: Counter[str] = Counter()
    for one in files.stretches:
        by_hand = "fringe" in one["flags"] and "rural" in plan["groups"] and one["zone"] in rural
        rank_class = "critical" if CRITICAL & set(one["flags"]) else one["road_class"]
        if rank_class in plan["spread_classes"] and not by_hand:
            found[one["zone"]] += one["m2"]
    return dict(found)


def _shared(files: Files, m2: Mapping[str, float], dose: float) -> dict[str, float]:
    """Tonnes by depot: those of a zone share it by stock; else the homes of its machines do."""
    depots = files.table("depots.csv")
    homes = {zone: [row for row in depots if row["zone"] == zone] for zone in files.zones}
    for machine in files.table("machines.csv"):
        zone = zone_of(files, machine)
        home = next(row for row in depots if row["id"] == machine["depot"])
        if not any(row["zone"] == zone for row in depots) and home not in homes[zone]:
            homes[zone].append(home)
    found: Counter[str] = Counter()
    for zone, some in homes.items():
        stocks = [float(row["stock_kg"]) for row in some]
        parts = stocks if any(stocks) else [1.0] * len(some)
        for row, part in zip(some, parts, strict=True):
            found[row["id"]] += part / sum(parts) * m2.get(zone, 0.0) * dose / 1e6
    return dict(found)
