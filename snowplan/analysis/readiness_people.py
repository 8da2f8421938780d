"""People of a readiness report: crews by shift, muster, hand workers by zone."""

from __future__ import annotations

from collections.abc import Sequence

from snowplan.analysis.readiness_given import Evidence, Row, at_rank
from snowplan.analysis.readiness_machines import machines_by_key
from snowplan.clock import clock_text
from snowplan.model.hauling import TRUCK
from snowplan.model.scenario import Resources
from snowplan.results.ready_run import ReadyRun

MINUTES = 1  # decimals


def people(found: Evidence) -> Row:
    """`people`: shifts against what they drive, muster promised and simulated, hands."""
    call_out = found.first.plan.call_out
    quick = found.first.plan.phrases.quick_response
    return {
        "shifts": shift_rows(found.first.resources),
        "muster": {
            "promised_min": call_out.muster_min if quick else call_out.slow_muster_min,
            "start_min": call_out.start_min,
            "scenarios": {name: _muster(runs) for name, runs in found.kept.items()},
        },
        "hands": hand_rows(found.first.resources),
    }


def shift_rows(resources: Resources) -> list[Row]:
    """Every shift: its crews against the serviceable machines, trucks or squads of its kind."""
    counts = {
        key: sum(machine.serviceable for machine in machines)
        for key, machines in machines_by_key(resources).items()
    }
    for truck in resources.trucks:
        counts[truck.zone, TRUCK] = counts.get((truck.zone, TRUCK), 0) + 1
    for squad in resources.squads:
        key = squad.zone, squad.group
        counts[key] = counts.get(key, 0) + squad.squads
    groups = sorted(resources.crews, key=lambda g: (g.zone, g.kind, g.start_minute, g.id))
    return [
        {
            "zone": group.zone,
            "kind": group.kind,
            "start": clock_text(group.start_minute),
            "length_h": group.length_h,
            "crews": group.crews,
            "machines": counts.get((group.zone, group.kind), 0),
            "short": max(0, counts.get((group.zone, group.kind), 0) - group.crews),
        }
        for group in groups
    ]


def hand_rows(resources: Resources) -> list[Row]:
    """Squads and workers by zone and group."""
    found: dict[tuple[str, str], Row] = {}
    for squad in resources.squads:
        key = squad.zone, squad.group
        row = found.setdefault(key, {"zone": key[0], "group": key[1], "squads": 0, "workers": 0})
        row["squads"] += squad.squads
        row["workers"] += squad.squads * squad.workers
    return [found[key] for key in sorted(found)]


def _muster(runs: Sequence[ReadyRun]) -> Row:
    """Minutes: the middle run's median and nine tenths, and the most of all; None uncalled."""
    called = [run.muster_min for run in runs if run.muster_min]
    if not called:
        return {"median": None, "p90": None, "most": None}
    return {
        "median": round(at_rank([run["median"] for run in called], 0.5), MINUTES),
        "p90": round(at_rank([run["p90"] for run in called], 0.5), MINUTES),
        "most": round(max(run["most"] for run in called), MINUTES),
    }
