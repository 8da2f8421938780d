"""Events of a run, from the engine's log: `events.parquet` as DESIGN and `tables.EVENTS` say."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from snowplan.model.hands import Part
from snowplan.model.network import DIRECTIONS
from snowplan.results.approach import approaches, cut_by_horizon, pass_metres
from snowplan.results.crews import Roster, named, split_at_handovers
from snowplan.results.facts import RunFacts
from snowplan.results.group_log import GroupLog
from snowplan.results.group_rows import WORK, GroupRows, came_out, group_rows, grouped
from snowplan.results.log import EVENT_KINDS, KIND, NOWHERE, REASON, REASONS, EventLog
from snowplan.results.parts import COLUMNS, MISSING, inner
from snowplan.results.rows import HORIZON, Bools, Ints, LogRows, log_rows


def events_frame(log: EventLog, facts: RunFacts, group_log: GroupLog | None = None) -> pd.DataFrame:
    """One row for each thing that happened, by (start, kind, machine), numbered from 1.

    Rows of the groups' log stand among the machines'. The drive before a pass becomes `travel`, a
    wait for the team after it `wait`; an interval that spans a handover is cut there. Strips are
    numbered from 0 at the centre, `strip_to` included.
    """
    rows, groups = log_rows(log), group_rows(group_log or GroupLog(), facts.horizon_ms)
    roster = Roster(facts)
    parts = pd.concat(
        [
            _logged(rows, facts),
            *_drives(rows, facts),
            _unserved(facts),
            grouped(groups, facts),
            _calls(facts, roster, groups),
            _stand_downs(rows, facts, groups),
        ],
        ignore_index=True,
    )
    parts = split_at_handovers(parts, roster)
    own = parts["window"].to_numpy() == MISSING
    at = roster.at(parts["machine"].to_numpy(), parts["start"].to_numpy())
    parts["window"] = np.where(own, at, parts["window"].to_numpy())
    keys = ("lo", "segment", "end", "decided", "machine", "kind", "start")
    order = np.lexsort([parts[key].to_numpy() for key in keys])
    return _worded(parts.iloc[order], facts, roster)


def _logged(rows: LogRows, facts: RunFacts) -> pd.DataFrame:
    """The rows of the log as they are, without the drives that `_drives` works out."""
    keep = np.flatnonzero(rows.kind != KIND["travel"])
    is_pass, done, at_depot = rows.is_pass[keep], rows.done[keep], rows.at_depot[keep]
    place = rows.place[keep]
    loads = rows.kind[keep] == KIND["load"]
    amount = np.where(is_pass | loads, rows.amount_g[keep], MISSING)
    return inner(
        len(keep),
        kind=rows.kind[keep],
        machine=rows.machine[keep],
        decided=np.where(is_pass, rows.decided[keep], MISSING),
        start=rows.start[keep],
        end=rows.end[keep],
        segment=np.where(at_depot, NOWHERE, place),
        lo=np.where(is_pass, rows.lo[keep], MISSING),
        hi=np.where(is_pass, rows.hi[keep], MISSING),
        depot=np.where(at_depot, place, NOWHERE),
        team=np.where(rows.team[keep] > 0, rows.team[keep], MISSING),
        passes=np.where(is_pass, done.astype(np.int64), MISSING),
        amount_g=np.where(is_pass & ~done, 0, amount),
        metres=np.where(is_pass, pass_metres(rows, facts)[keep], np.nan),
        reason=rows.reason[keep],
        unfinished=is_pass & ~done,
        due=rows.due[keep],
    )


def _drives(rows: LogRows, facts: RunFacts) -> list[pd.DataFrame]:
    """`travel` from decision to arrival, and `wait` for the team from there to the start."""
    drives = approaches(rows, facts)
    arrived = np.minimum(drives.arrival, drives.until)
    late = cut_by_horizon(rows, drives, facts.horizon_ms)
    cut = (drives.arrival > drives.until) | late
    to_depot = rows.at_depot[drives.row]
    reason = np.where(rows.is_pass[drives.row], 0, rows.reason[drives.row])
    reason = np.where(late & (reason == 0), HORIZON, reason)
    common = {
        "machine": rows.machine[drives.row],
        "decided": drives.begin,
        "segment": np.where(to_depot, NOWHERE, rows.place[drives.row]),
        "depot": np.where(to_depot, rows.place[drives.row], NOWHERE),
        "team": np.where(rows.team[drives.row] > 0, rows.team[drives.row], MISSING),
    }
    size = len(drives.row)
    travel = inner(
        size, kind=np.full(size, KIND["travel"]), start=drives.begin, end=arrived,
        metres=drives.metres, reason=reason, unfinished=cut & ~rows.is_pass[drives.row],
        due=rows.due[drives.row], **common,
    )  # fmt: skip
    wait = inner(
        size, kind=np.full(size, KIND["wait"]), start=arrived, end=drives.until,
        reason=np.full(size, REASON["team"]), **(common | {"decided": np.full(size, MISSING)}),
    )  # fmt: skip
    return [part[(part["end"] > part["start"]).to_numpy()] for part in (travel, wait)]


def _calls(facts: RunFacts, roster: Roster, groups: GroupRows) -> pd.DataFrame:
    """A `shift` at the beginning of every crew's window, and each machine's first crew's `muster`.

    A muster is the crew's: its machine waits for it meanwhile, and has a row of its own for that.
    Parties that the grade never called have neither.
    """
    out = np.append(np.ones(len(facts.machines), np.bool_), came_out(groups, len(facts.parties)))
    windows = np.flatnonzero((roster.begin < facts.horizon_ms) & out[roster.machine])
    begin, machine = roster.begin[windows], roster.machine[windows]
    shift = inner(
        len(windows), kind=np.full(len(windows), KIND["shift"]), machine=machine,
        start=begin, end=begin, window=windows,
    )  # fmt: skip
    if facts.called_out_ms is None:
        return shift
    _, first = np.unique(machine, return_index=True)
    first = first[begin[first] > facts.called_out_ms]
    muster = inner(
        len(first), kind=np.full(len(first), KIND["muster"]),
        start=np.full(len(first), facts.called_out_ms), end=begin[first], window=windows[first],
    )  # fmt: skip
    return pd.concat([shift, muster], ignore_index=True)


def _stand_downs(rows: LogRows, facts: RunFacts, groups: GroupRows) -> pd.DataFrame:
    """Each machine's and party's `stand_down`: after its last work, once snow has stopped."""
    if facts.sky.stops_ms is None:
        return inner(0)
    first = len(facts.machines)
    last = np.full(first + len(facts.parties), -1, dtype=np.int64)
    np.maximum.at(last, rows.machine[rows.is_pass], rows.end[rows.is_pass])
    at_work = np.isin(groups.kind, WORK)
    np.maximum.at(last, first + groups.party[at_work], groups.end[at_work])
    at = np.maximum(last, facts.sky.stops_ms)
    machine = np.flatnonzero((last >= 0) & (at < facts.horizon_ms))
    kinds = np.full(len(machine), KIND["stand_down"])
    return inner(len(machine), kind=kinds, machine=machine, start=at[machine], end=at[machine])


def _unserved(facts: RunFacts) -> pd.DataFrame:
    """`unserved`: each segment that the horizon left with strips due, from when they were."""
    segment, due = np.array(facts.left_due, dtype=np.int64).reshape(-1, 2).T
    return inner(
        len(due), kind=np.full(len(due), KIND["unserved"]), segment=segment,
        start=due, end=np.full(len(due), facts.horizon_ms), due=due,
    )  # fmt: skip


def _worded(parts: pd.DataFrame, facts: RunFacts, roster: Roster) -> pd.DataFrame:
    """The inner form with names instead of numbers, in the declared columns."""
    network = facts.network
    get = {name: parts[name].to_numpy() for name in COLUMNS}
    section = np.append(np.array(network.seg.section, dtype=np.int64), -1)[get["segment"]]
    direction = np.append(np.array(network.seg.direction, dtype=np.int64), -1)[get["segment"]]
    ids = _words([s.id for s in network.sections])
    return pd.DataFrame(
        {
            "event_id": np.arange(1, len(parts) + 1, dtype=np.int64),
            "kind": np.array(EVENT_KINDS, dtype=object)[get["kind"]],
            "decided_ms": _nullable(get["decided"]),
            "start_ms": get["start"],
            "end_ms": get["end"],
            "machine": _words([m.id for m in facts.owners])[get["machine"]],
            "crew": named(get["window"], roster),
            "team": _teams(get["team"]),
            "section": ids[section],
            "direction": _words(DIRECTIONS)[direction],
            "strip_from": _nullable(get["lo"]),
            "strip_to": _nullable(np.where(get["hi"] > 0, get["hi"] - 1, MISSING)),
            "depot": _words([d.id for d in facts.depots])[get["depot"]],
            "dump_point": _words([d.id for d in facts.dumps])[get["dump"]],
            "zone": _zones(get, facts, roster),
            "passes": _nullable(get["passes"]),
            "amount_g": _nullable(get["amount_g"]),
            "distance_m": np.round(get["metres"], 3),
            "reason": _words([*REASONS[1:]], first=True)[get["reason"]],
            "unfinished": get["unfinished"].astype(np.bool_),
            "part": _words([part.key for part in Part])[get["part"]],
            "due_ms": _nullable(get["due"]),
        }
    )


def _words(names: list[str] | tuple[str, ...], first: bool = False) -> NDArray[np.object_]:
    """Names by number, with None for -1 (or, with `first`, for 0 and the names from 1)."""
    return np.array([None, *names] if first else [*names, None], dtype=object)


def _teams(team: Ints) -> NDArray[np.object_]:
    found = np.full(len(team), None, dtype=object)
    for row in np.flatnonzero(team > 0):
        found[row] = f"team-{team[row]:05d}"
    return found


def _zones(get: dict[str, Ints], facts: RunFacts, roster: Roster) -> NDArray[np.object_]:
    """The zone of the road, else of the depot or dump point, else of whoever it is about."""
    network = facts.network
    sections, machine = network.sections, get["machine"]
    owner = np.where(machine >= 0, machine, np.append(roster.machine, -1)[get["window"]])
    found = _words([m.zone for m in facts.owners])[owner]
    for name, zones in (
        ("dump", [d.zone for d in facts.dumps]),
        ("depot", [d.zone for d in facts.depots]),
        ("segment", [sections[s].duty.zone for s in network.seg.section]),
    ):
        found = np.where(get[name] >= 0, _words(zones)[get[name]], found)
    return found


def _nullable(values: Ints) -> pd.arrays.IntegerArray:
    missing: Bools = values == MISSING
    return pd.arrays.IntegerArray(np.where(missing, 0, values).astype(np.int64), missing)
