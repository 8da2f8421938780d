"""What holds in any town, whatever is drawn; seeds that once broke it stand in the list."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest

from snowplan.model.network import build_network
from snowplan.results.log import KIND, PASS_KINDS
from snowplan.simulation.running import Finished, run
from tests.simulation.random_towns import random_town

SEEDS = (*range(60), 134, 137, 192, 353, 369, 378)
PASSES = [KIND[kind] for kind in PASS_KINDS]


def whole(seed: int, finder: str = "matrix") -> Finished:
    """The run of a random town; its ledgers are swept (a residual would raise)."""
    scenario = random_town(seed)
    return run(scenario, build_network(scenario.road_map), finder)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_finders_write_the_same_log(seed: int) -> None:
    """networkx asked afresh at every decision is the reference for both fast finders."""
    logs = {f: whole(seed, f).world.log.table() for f in ("matrix", "search", "oracle")}
    assert logs["matrix"].tobytes() == logs["oracle"].tobytes()
    assert logs["search"].tobytes() == logs["oracle"].tobytes()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_machine_is_somewhere_at_every_instant(seed: int) -> None:
    """By definition: intervals of a machine follow each other from 0 to the horizon, no gaps."""
    world = whole(seed).world
    table = world.log.table()
    for unit in world.units:
        rows = table[table["machine"] == unit.order]
        begins = np.where(np.isin(rows["kind"], PASSES), rows["decided"], rows["start"])
        lasting = rows["end"] > begins
        begins, ends = begins[lasting].tolist(), rows["end"][lasting].tolist()
        assert [*begins, world.horizon] == [0, *ends]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_strip_is_worked_by_one_machine_at_a_time(seed: int) -> None:
    """By definition of a claim: from its decision to its end a pass has its strips alone."""
    claims: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for row in whole(seed).world.log.table():
        if row["kind"] in PASSES:
            for strip in range(row["strip_from"], row["strip_to"]):
                span = (int(row["decided"]), int(row["end"]))
                claims[int(row["place"]), strip].append(span)
    for spans in claims.values():
        assert all(later[0] >= former[1] for former, later in pairwise(sorted(spans)))
