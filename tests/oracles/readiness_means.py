"""Machines, de-icer, people and hauling of a readiness report, from the tables and its runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tests.oracles.readiness_files import CRITICAL, HOUR_MS, Files, Row, mean, rank

DAY_MIN = 1440
NOTHING_T = 1e-9


def zone_of(files: Files, machine: Mapping[str, str]) -> str:
    """The zone that a machine clears: its own, else that of its depot."""
    depots = {row["id"]: row["zone"] for row in files.table("depots.csv")}
    return machine.get("zone") or str(depots[machine["depot"]])


def minute(text: str) -> int:
    """A time of day in minutes."""
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)


def machines(files: Files) -> Row:
    """`machines`, without what is needed."""
    listed, ready = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    broken = []
    for machine in files.table("machines.csv"):
        key = zone_of(files, machine), machine["kind"]
        listed[key] += 1
        if machine["serviceable"] == "true":
            ready[key] += 1
        else:
            broken.append({"machine": machine["id"], "kind": key[1], "zone": key[0]})
    kinds = {row["kind"] for row in files.table("machine_types.csv")}
    rows = []
    for zone, kind in sorted({(zone, kind) for zone in files.zones for kind in kinds}):
        key = zone, kind
        least, most = crews_of_day(files, zone, kind)
        peak = {
            name: int(
                rank([run["kept"]["peak"].get(f"{kind}@{zone}", 0) for run in files.own(name)], 0.5)
            )
            for name in files.names
        }
        rows.append({
            "zone": zone, "kind": kind, "listed": listed[key], "serviceable": ready[key],
            "in_repair": listed[key] - ready[key], "crews_least": least, "crews_most": most,
            "standby": max(0, ready[key] - most), "peak": peak,
        })  # fmt: skip
    return {"rows": rows, "in_repair": broken}


def crews_of_day(files: Files, zone: str, kind: str) -> tuple[int, int]:
    """The fewest and the most crews on duty, asked minute by minute."""
    groups = [row for row in files.table("crews.csv") if (row["zone"], row["kind"]) == (zone, kind)]
    counts = []
    for now in range(DAY_MIN):
        count = 0
        for row in groups:
            length = round(60 * float(row["length_h"]))
            since = (now - minute(row["start"])) % DAY_MIN
            count += int(row["crews"]) * len(range(since, length, DAY_MIN))
        counts.append(count)
    return min(counts), max(counts)


# ---- de-icer ---------------------------------------------------------------------------------


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
    reorder = _reorder(files, taken)
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
        "below": None if reorder is None else stock < reorder,
    }


def _reorder(files: Files, taken: Mapping[str, list[float]]) -> float | None:
    """What the storms within the lead time take, replication by replication."""
    grades = {files.plan_grade(name): name for name in reversed(files.names)}
    lead = {
        g: n
        for g, n in files.rules["reorder"]["lead_storms"].items()
        if g not in ("source", "tag") and n
    }
    if set(lead) - set(grades):
        return None
    columns = [[n * value for value in taken[grades[grade]]] for grade, n in lead.items()]
    return rank([sum(parts) for parts in zip(*columns, strict=False)], files.probability)


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


# ---- people and hauling ----------------------------------------------------------------------


def people(files: Files) -> Row:
    """`people`."""
    fleet: Counter[tuple[str, str]] = Counter()
    for machine in files.table("machines.csv"):
        fleet[zone_of(files, machine), machine["kind"]] += machine["serviceable"] == "true"
    for truck in files.table("trucks.csv"):
        fleet[truck["zone"], "truck"] += 1
    squads, workers = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in files.table("squads.csv"):
        key = row["zone"], row["group"]
        squads[key] += int(row["squads"])
        workers[key] += int(row["squads"]) * int(row["workers"])
    fleet.update(squads)
    shifts = []
    for row in files.table("crews.csv"):
        there, crews = fleet[row["zone"], row["kind"]], int(row["crews"])
        shifts.append({
            "zone": row["zone"], "kind": row["kind"], "start": row["start"],
            "length_h": float(row["length_h"]), "crews": crews, "machines": there,
            "short": max(0, there - crews),
        })  # fmt: skip
    plan = files.plan["call_out"]
    quick = files.plan["phrases"]["quick_response"]["on"]
    return {
        "shifts": shifts,
        "muster": {
            "promised_min": plan["muster_min"] if quick else plan["slow"]["muster_min"],
            "start_min": plan["start_min"],
            "scenarios": {name: _muster(files, name) for name in files.names},
        },
        "hands": [
            {"zone": key[0], "group": key[1], "squads": squads[key], "workers": workers[key]}
            for key in sorted(squads)
        ],
    }


def _muster(files: Files, name: str) -> Row:
    told = [run["kept"]["muster_min"] for run in files.own(name) if run["kept"]["muster_min"]]
    if not told:
        return {"median": None, "p90": None, "most": None}
    return {
        "median": round(rank([one["median"] for one in told], 0.5), 1),
        "p90": round(rank([one["p90"] for one in told], 0.5), 1),
        "most": round(max(one["most"] for one in told), 1),
    }


def hauling(files: Files) -> Row:
    """`hauling`."""
    trucks: dict[str, list[float]] = {}
    for truck in files.table("trucks.csv"):
        trucks.setdefault(truck["zone"], []).append(float(truck["volume_m3"]))
    dumps, whole = [], Counter[str]()
    room_of_all = shut_m3 = 0.0
    off_green = files.plan["hauling"]["treated"]["off_green"]
    for row in files.table("dump_points.csv"):
        room = round(max(0.0, float(row["capacity_m3"]) - float(row["filled_m3"])), 1)
        brought = {
            name: round(
                mean([run["kept"]["dumps_m3"].get(row["id"], 0.0) for run in files.own(name)]), 1
            )
            for name in files.names
        }
        shut = off_green and row["green"] == "true"
        shut_m3 += room if shut else 0.0
        if not shut:
            whole.update(brought)
            room_of_all += room
        storms = {name: round(room / m3, 2) if m3 else None for name, m3 in brought.items()}
        dumps.append(
            {
                "dump": row["id"],
                "zone": row["zone"],
                "shut": shut,
                "room_m3": room,
                "per_storm_m3": brought,
                "storms": storms,
            }
        )
    all_m3 = {name: round(whole[name], 1) for name in files.names}
    fullest = {
        name: max(
            (row["per_storm_m3"][name] / max(row["room_m3"], 1e-9), row["dump"])
            for row in dumps if not row["shut"]
        )
        for name in files.names
    }  # fmt: skip
    return {
        "trucks": [
            {"zone": zone, "trucks": len(some), "load_m3": round(mean(some), 2)}
            for zone, some in trucks.items()
        ],
        "dumps": dumps,
        "total": {
            "room_m3": round(room_of_all, 1),
            "shut_m3": round(shut_m3, 1),
            "per_storm_m3": all_m3,
            "weakest": {name: dump if used else None for name, (used, dump) in fullest.items()},
            "storms": {n: round(room_of_all / m3, 2) if m3 else None for n, m3 in all_m3.items()},
        },
    }


def horizon_ms(files: Files, name: str) -> int:
    """The horizon of a scenario."""
    return round(files.toml(name)["horizon_h"] * HOUR_MS)
