"""Ledgers: an independent sweep over every account at the end of a run; residual 0 or an error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from snowplan.errors import LedgerError
from snowplan.model.snow import GRAM_DIVISOR
from snowplan.results.group_log import NOBODY
from snowplan.results.log import KIND, PASS_KINDS
from snowplan.simulation.world import MACHINES, World
from snowplan.units import DM2_PER_M2

Terms = dict[str, int]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Terms of each account in whole grams (machines: milliseconds); residuals are 0."""

    snow: Terms
    deicer: Terms
    machines: Terms
    groups: Terms

    def as_dict(self) -> dict[str, Terms]:
        """For `ledger.json`."""
        return {
            "snow": self.snow, "deicer": self.deicer, "machines": self.machines,
            "groups": self.groups,
        }  # fmt: skip


def sweep(world: World) -> Ledger:
    """Balance every account. Raises LedgerError that names each term when one does not."""
    ledger = Ledger(
        snow_account(world), deicer_account(world), machine_account(world), group_account(world)
    )
    wrong = {name: t for name, t in ledger.as_dict().items() if t["residual"]}
    if wrong:
        raise LedgerError(f"accounts do not balance: {wrong}")
    return ledger


def snow_account(world: World) -> Terms:
    """initial + fallen = lying + pushed aside + in trucks + dumped + melted."""
    ground, seg = world.ground, world.network.seg
    horizon = world.horizon
    initial, fallen, on_contact = world.kerbs_at_start_g, 0, 0
    loose, packed = world.sky.initial_snow(world.network)
    gross, net = world.sky.fall.gross_at(horizon), world.sky.fall.net_at(horizon)
    for segment, count in enumerate(seg.strips):
        area = seg.strip_dm2[segment]
        initial += count * (area * loose[segment] // DM2_PER_M2)
        initial += count * (area * packed[segment] // DM2_PER_M2)
        fallen += count * (area * gross // GRAM_DIVISOR)
        on_contact += count * (area * gross // GRAM_DIVISOR - area * net // GRAM_DIVISOR)
        at = ground.curves[segment].at(horizon)
        for s in range(seg.strip0[segment], seg.strip0[segment] + count):
            ground.touch(s, segment, horizon, at)
    sides = world.sides
    for area, dm2 in enumerate(sides.dm2):
        initial += dm2 * world.sky.initial_um // DM2_PER_M2
        fallen += dm2 * gross // GRAM_DIVISOR
        on_contact += dm2 * gross // GRAM_DIVISOR - dm2 * net // GRAM_DIVISOR
        sides.touch(area, net)
    lying = sum(ground.loose) + sum(ground.packed) + sum(sides.grams)
    terms = {
        "initial": initial, "fallen": fallen, "lying": lying,
        "pushed_aside": sum(ground.pushed) - sum(ground.loaded),
        "in_trucks": sum(party.load_g for party in world.parties),
        "dumped": sum(dump.held_g - dump.initial_g for dump in world.dumps),
        "melted": ground.melted_g + on_contact,
    }  # fmt: skip
    out = ("lying", "pushed_aside", "in_trucks", "dumped", "melted")
    terms["residual"] = initial + fallen - sum(terms[name] for name in out)
    return terms


def deicer_account(world: World) -> Terms:
    """Delivered = in depots + in hoppers + on roads (swept aside salt lies there too)."""
    delivered = world.hoppers_at_start_g + sum(store.initial_g for store in world.stores)
    in_depots = sum(store.stock_g for store in world.stores)
    in_hoppers = sum(unit.hopper_g for unit in world.units)
    rows = world.log.table()
    on_roads = int(rows["amount_g"][rows["kind"] == KIND["spread"]].sum())
    return {
        "delivered": delivered, "in_depots": in_depots, "in_hoppers": in_hoppers,
        "on_roads": on_roads, "residual": delivered - in_depots - in_hoppers - on_roads,
    }  # fmt: skip


def machine_account(world: World) -> Terms:
    """Every machine's intervals are the horizon; the residual adds up each machine's own gap."""
    rows = world.log.table()
    passes = np.isin(rows["kind"], [KIND[name] for name in PASS_KINDS])
    begin = np.where(passes, rows["decided"], rows["start"]).astype(np.int64)
    lengths = rows["end"].astype(np.int64) - begin
    number = rows["machine"].astype(np.int64) - MACHINES
    own = (number >= 0) & (number < len(world.units))
    return _tiled(number[own], lengths[own], len(world.units), world.horizon)


def group_account(world: World) -> Terms:
    """Every party's intervals are the horizon; the residual adds up each party's own gap."""
    rows = world.group_log.table()
    own = rows["party"] != NOBODY
    lengths = rows["end"].astype(np.int64) - rows["start"].astype(np.int64)
    owner = rows["party"][own].astype(np.int64)
    return _tiled(owner, lengths[own], len(world.parties), world.horizon)


def _tiled(
    owner: NDArray[np.int64], lengths: NDArray[np.int64], count: int, horizon_ms: int
) -> Terms:
    """Intervals (ms) of `count` owners beside the horizon; the residual adds up their own gaps."""
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, owner, lengths)
    gaps = int(np.abs(total - horizon_ms).sum())
    return {"intervals": int(total.sum()), "horizon": horizon_ms * count, "residual": gaps}
