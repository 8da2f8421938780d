"""Machines, people and hauling of a readiness report, from the tables and its runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tests.oracles.readiness_files import HOUR_MS, Files, Row, mean, rank

DAY_MIN = 1440


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
