"""Measures of the fleet: shares of time, deadhead, fuel, de-icer, operators' hours, money."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from snowplan.analysis.group_totals import LOADING, engaged_hours, group_costs
from snowplan.analysis.groups import party_times
from snowplan.analysis.measure_sections import DECIMALS, Values
from snowplan.analysis.outcome import Storm
from snowplan.analysis.section_times import Ints
from snowplan.analysis.summary import fleet_totals, operator_hours
from snowplan.model.measures import SHARES
from snowplan.results.approach import approaches
from snowplan.results.facts import RunFacts
from snowplan.results.group_rows import GroupRows
from snowplan.results.log import EVENT_KINDS, KIND, REASON, REASONS
from snowplan.results.rows import LogRows
from snowplan.results.tables import PARTY_TIMES
from snowplan.units import DM_PER_M

PERCENT = 100.0
WAIT, TRAVEL, LOAD, REPAIR = KIND["wait"], KIND["travel"], KIND["load"], KIND["repair"]
CALLED_OFF = REASON["called_off"]
WAITS = {REASON[cause]: f"share_wait_{cause}" for cause in ("crew", "stock", "bay", "work")}
OTHER = "share_wait_other"


@dataclass(frozen=True, slots=True)
class MachineTimes:
    """Milliseconds of every machine of the facts at work, driving and loading, and its metres."""

    work_ms: Ints
    travel_ms: Ints
    load_ms: Ints
    team_ms: Ints  # waiting for the team
    deadhead_m: pd.Series


def machine_times(rows: LogRows, facts: RunFacts) -> MachineTimes:
    """Sums by machine; the drive and the wait for a team before a pass are taken out of it."""
    count = len(facts.machines)

    def total(which: Ints, ms: Ints) -> Ints:
        return np.bincount(rows.machine[which], weights=ms, minlength=count).astype(np.int64)

    drives = approaches(rows, facts)
    arrived = np.minimum(drives.arrival, drives.until)
    length = rows.end - rows.start
    passes, loads = np.flatnonzero(rows.is_pass), np.flatnonzero(rows.kind == LOAD)
    metres = np.bincount(rows.machine[drives.row], weights=drives.metres, minlength=count)
    return MachineTimes(
        work_ms=total(passes, length[passes]),
        travel_ms=total(drives.row, arrived - drives.begin),
        load_ms=total(loads, length[loads]),
        team_ms=total(drives.row, drives.until - arrived),
        deadhead_m=pd.Series(metres),
    )


def share_values(rows: LogRows, times: MachineTimes, facts: RunFacts) -> Values:
    """Per cent of the time of the machines that work on roads, from the call-out to the horizon."""
    values: Values = dict.fromkeys(SHARES)
    called = facts.called_out_ms
    if called is None or not facts.machines or called >= facts.horizon_ms:
        return values
    ms = dict.fromkeys(SHARES, 0)
    ms["share_work"] = int(times.work_ms.sum())
    ms["share_travel"] = int(times.travel_ms.sum())
    ms["share_load"] = int(times.load_ms.sum())
    ms[OTHER] = int(times.team_ms.sum())
    length = rows.end - np.maximum(rows.start, called)
    ms["share_repair"] = int(length[rows.kind == REPAIR].sum())
    waits = (rows.kind == WAIT) & (length > 0)
    for reason in np.unique(rows.reason[waits]).tolist():
        ms[WAITS.get(reason, OTHER)] += int(length[waits & (rows.reason == reason)].sum())
    whole = len(facts.machines) * (facts.horizon_ms - called)
    return {name: round(PERCENT * part / whole, DECIMALS) for name, part in ms.items()}


def fleet_values(
    rows: LogRows, groups: GroupRows, times: MachineTimes, facts: RunFacts, storm: Storm
) -> Values:
    """`deadhead_km`, `fuel_l`, `deicer_t`, `operator_h`, `cost_cny`, as the summary has them."""
    parties = _party_times(groups, facts)
    machines = _machines(times, parties, facts)
    totals = fleet_totals(machines, storm.types, storm.costs, spread_g(rows, facts))
    drivers_h = engaged_hours(parties)[1]
    found = {
        **{name: totals[name] for name in ("deadhead_km", "fuel_l", "deicer_t")},
        "operator_h": operator_hours(machines, storm.types) + drivers_h,
        "cost_cny": totals["cost_cny"] + group_costs(parties, storm.costs)["cny"],
    }
    return {name: round(float(value), DECIMALS) for name, value in found.items()}


def spread_g(rows: LogRows, facts: RunFacts) -> dict[str, int]:
    """Grams spread, by the product of the spreader's home depot."""
    passes = np.flatnonzero(rows.done & (rows.kind == KIND["spread"]))
    home = np.array([m.depot for m in facts.machines], dtype=np.int64)[rows.machine[passes]]
    grams: dict[str, int] = {}
    for depot in np.unique(home).tolist():
        product = facts.depots[depot].product.id
        amount = int(rows.amount_g[passes][home == depot].sum())
        grams[product] = grams.get(product, 0) + amount
    return {product: amount for product, amount in grams.items() if amount}


def _machines(times: MachineTimes, parties: pd.DataFrame, facts: RunFacts) -> pd.DataFrame:
    """Machines on roads, then loaders and blowers, which count among the machines of the fleet."""
    on_roads = pd.DataFrame(
        {
            "kind": pd.Series([m.type.kind for m in facts.machines], dtype=object),
            "work_ms": times.work_ms,
            "travel_ms": times.travel_ms,
            "load_ms": times.load_ms,
            "worked_m": 0.0,
            "deadhead_m": times.deadhead_m,
        }
    )
    loaders = parties[parties["kind"].isin(LOADING)]
    if not len(loaders):
        return on_roads
    rest = loaders[["kind", "work_ms", "travel_ms", "deadhead_m"]]
    return pd.concat([on_roads, rest.assign(load_ms=0, worked_m=0.0)], ignore_index=True)


def _party_times(groups: GroupRows, facts: RunFacts) -> pd.DataFrame:
    """kind, people, times by state and deadhead metres of every loader, truck and squad."""
    parties = pd.DataFrame(
        {
            "kind": pd.Series([party.kind for party in facts.parties], dtype=object),
            "people": np.array([party.people for party in facts.parties], dtype=np.int64),
        }
    )
    own = np.flatnonzero(groups.party >= 0)
    words = pd.DataFrame(
        {
            "machine": groups.party[own],
            "kind": np.array(EVENT_KINDS, dtype=object)[groups.kind[own]],
            "reason": np.array(REASONS, dtype=object)[groups.reason[own]],
            "start_ms": groups.start[own],
            "end_ms": groups.end[own],
        }
    )
    times = party_times(words) if len(own) else pd.DataFrame()
    times = times.reindex(index=parties.index, columns=list(PARTY_TIMES), fill_value=0)
    empty = own[groups.kind[own] == TRAVEL]
    metres = groups.dm[empty] / DM_PER_M
    driven = np.bincount(groups.party[empty], weights=metres, minlength=len(parties))
    return pd.concat([parties, times], axis=1).assign(deadhead_m=driven)
