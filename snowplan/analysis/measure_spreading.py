"""Measures of spreading: how soon the first gram follows a decision, and what depots gave."""

from __future__ import annotations

import numpy as np

from snowplan.analysis.measure_sections import DECIMALS, Values
from snowplan.analysis.section_times import Bools, Ints
from snowplan.analysis.summary import nearest_rank
from snowplan.model.measures import ZONE, key_of
from snowplan.results.facts import RunFacts
from snowplan.results.log import KIND, REASON
from snowplan.results.rows import LogRows, loaded_at
from snowplan.units import G_PER_T, MS_PER_MIN, ms_hours

SPREAD, LOAD, TRAVEL, WAIT = KIND["spread"], KIND["load"], KIND["travel"], KIND["wait"]
REFUSE, BAY, STOCK = KIND["refuse"], REASON["bay"], REASON["stock"]


def response_values(rows: LogRows, facts: RunFacts) -> Values:
    """`response_mean_min` and `response_p95_min`, and by zone of the road, over all passes."""
    network = facts.network
    passes, waited_ms = responses(rows)
    zones = np.array([network.sections[n].duty.zone for n in network.seg.section], dtype=object)
    zone = zones[rows.place[passes]]
    duties = {s.duty.zone for s in network.sections if s.duty.cleared_by_centre}
    values = _two("", waited_ms)
    for name in sorted(duties):
        values |= _two(f"{ZONE}{name}", waited_ms[zone == name])
    return values


def _two(subject: str, waited_ms: Ints) -> Values:
    mean_key, high_key = (key_of(f"response_{name}_min", subject) for name in ("mean", "p95"))
    high = nearest_rank(np.sort(waited_ms).tolist(), 95)
    if high is None:
        return {mean_key: None, high_key: None}
    mean = int(waited_ms.sum()) / len(waited_ms)
    return {
        mean_key: round(mean / MS_PER_MIN, DECIMALS),
        high_key: round(high / MS_PER_MIN, DECIMALS),
    }


def responses(rows: LogRows) -> tuple[Ints, Ints]:
    """Rows of all spreading passes that put grams down, and the time from decision to first gram.

    A machine that has to load decides twice: before it sets out for the depot, and again at the
    instant when it is done there. Intervals at depots that reach to the second decision, one at the
    other, therefore belong to the first: drives there, lines and loads, at as many as were tried.
    """
    order = np.argsort(rows.machine, kind="stable")
    order = order[(rows.end[order] > rows.start[order]) & (rows.machine[order] >= 0)]
    machine, start, end = rows.machine[order], rows.start[order], rows.end[order]
    to_load = rows.at_depot[order] & ~((rows.kind == WAIT) & (rows.reason == STOCK))[order]
    joined = np.zeros(len(order), dtype=np.bool_)  # to the interval before
    joined[1:] = to_load[1:] & to_load[:-1] & (machine[1:] == machine[:-1])
    joined[1:] &= start[1:] == end[:-1]
    head = np.maximum.accumulate(np.where(joined, 0, np.arange(len(order))))
    at = np.flatnonzero((rows.done & (rows.kind == SPREAD) & (rows.amount_g > 0))[order])
    decided = rows.decided[order][at]
    before = np.maximum(at - 1, 0)
    after_load = to_load[before] & (machine[before] == machine[at]) & (end[before] == decided)
    after_load &= at > 0
    since = np.where(after_load, start[head[before]], decided)
    return order[at], start[at] - since


def depot_figures(rows: LogRows, facts: RunFacts) -> dict[str, dict[str, float]]:
    """By depot: loads, loading_wait_h, stockouts, spread_t, left_t."""
    count = len(facts.depots)
    loads = (rows.kind == LOAD) & (rows.amount_g > 0)
    passes = rows.done & (rows.kind == SPREAD)
    line = (rows.kind == WAIT) & (rows.reason == BAY)
    refused = (rows.kind == REFUSE) & (rows.reason == STOCK)

    def total(which: Bools, depot: Ints, amount: Ints) -> list[int]:
        places, amounts = depot[which], amount[which]
        return [int(amounts[places == number].sum()) for number in range(count)]

    one = np.ones(len(rows.kind), dtype=np.int64)
    loaded_g = total(loads, rows.place, rows.amount_g)
    columns: dict[str, list[int] | list[float]] = {
        "loads": total(loads, rows.place, one),
        "loading_wait_h": [
            round(ms_hours(ms), DECIMALS) for ms in total(line, rows.place, rows.end - rows.start)
        ],
        "stockouts": total(refused, rows.place, one),
        "spread_t": [g / G_PER_T for g in total(passes, loaded_at(rows, facts), rows.amount_g)],
        "left_t": [
            (depot.stock_g - g) / G_PER_T for depot, g in zip(facts.depots, loaded_g, strict=True)
        ],
    }
    return {
        depot.id: {name: column[number] for name, column in columns.items()}
        for number, depot in enumerate(facts.depots)
    }


def depot_values(depots: dict[str, dict[str, float]]) -> Values:
    """`loading_wait_h` and `stockouts` of all depots together."""
    return {
        name: round(sum(depot[name] for depot in depots.values()), DECIMALS)
        for name in ("loading_wait_h", "stockouts")
    }
