"""The engine against closed forms; conditions and derivations stand in each test."""

from __future__ import annotations

import heapq
import math
from collections.abc import Generator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import simpy

from snowplan.analysis.exposure import exposure_table
from snowplan.model.draws import uniform
from snowplan.model.fleet import Machine
from snowplan.model.network import build_network
from snowplan.model.physics import Spread
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.results.log import KIND
from snowplan.results.lying import depth_hours
from snowplan.results.replaying import replay
from snowplan.simulation.handing_over import run_scenario
from snowplan.simulation.loading import at_bay
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import Ending, World
from tests.simulation.towns import (
    PLOUGH,
    SPREADER,
    Fleet,
    H,
    crew,
    plan,
    ploughs,
    ran,
    snow,
    street,
    town,
    world_of,
)

# ---- one plough on one road ---------------------------------------------------------------------


def test_one_plough_on_one_road_keeps_a_period() -> None:
    """Closed form: period = time to fall due + drive back + pass, and all that falls in it goes.

    Conditions: one strip of A m² on one two-way street, one plough, constant snow f, no traffic,
    crew throughout. A pass leaves ρ. The strip falls due when ρ + f·τ exceeds the trigger θ, at
    the next whole millisecond: τ = floor((θ - ρ) / f) + 1. The plough then stands at the far end:
    it drives back d, works w. So the period is P = τ + d + w, the depth before each pass ends is
    ρ + f·P, and f·P·A grams go a pass.

    Numbers: θ = 1,000, ρ = 500 g/m², f = 2,700 g/m²/h = 0.00075 g/m²/ms: τ = 666,667 ms;
    1,000 m: d = 100,000, w = 200,000 ms; P = 966,667 ms, depth 500 + 725.00025 g/m², and
    725.00025 × 3,000 = 2,175,000.75 g a pass: each pass takes the whole grams that fell since
    the last, 2,175,000 or 2,175,001, three of four times the latter.
    """
    scenario = town([street("ab", "a", "b", 1_000)], ploughs(), snow((1, 2_700)), horizon_h=12)
    world = ran(scenario).world
    rows = world.log.table()
    done = rows[(rows["kind"] == KIND["plough"]) & (rows["reason"] == 0)]
    first, period = 3_600_000 + 1_333_334, 966_667
    decided = [first] + [first + 200_000 + 666_667 + k * period for k in range(len(done) - 1)]
    assert len(done) == 1 + (12 * H - (first + 200_000)) // period == 40
    assert done["decided"].tolist() == decided
    assert done["start"].tolist() == decided[:1] + [t + 100_000 for t in decided[1:]]
    assert done["end"].tolist() == [t + 200_000 for t in done["start"].tolist()]
    # Grams: floor(A·N) telescopes. N = 0.00075 × (ms since 1:00), A = 3,000: 9/4 g a ms.
    fallen = [9 * (end - H) // 4 for end in done["end"].tolist()]
    pushed = [fallen[0] - 1_500_000, *(b - a for a, b in pairwise(fallen))]
    assert done["amount_g"].tolist() == pushed
    assert set(pushed[1:]) == {2_175_000, 2_175_001}
    assert abs(sum(pushed[1:]) - 39 * 2_175_000.75) < 1
    # Depth just before the pass takes effect, as dispatch and speed see it.
    again = world_of(scenario)
    again.env.run(until=int(done["end"][1]))
    assert again.ground.areal(0, 0, int(done["end"][1])) == pytest.approx(1_225.00025, abs=1e-9)


# ---- snow exposure ------------------------------------------------------------------------------


def untouched() -> Scenario:
    """A lane that no machine may clear, beside a street that a plough clears."""
    streets = [
        street("ab", "a", "b", 1_000),
        street("bc", "b", "c", 1_000, road_class=RoadClass.LANE),
    ]
    storm = snow((1, 1_000), (4, 3_000), (5, 0))
    types = (replace(PLOUGH, classes=("main",)),)
    return town(streets, ploughs(), storm, types=types, horizon_h=10)


def test_exposure_of_an_untouched_road() -> None:
    """Closed form: the integral of a depth that rises in straight lines and then stays.

    Conditions: no traffic, no melt, nobody works. Density 100 kg/m³: 1,000 µm/h are 10 mm/h.
    0-1 h nothing; 1-4 h up to 30 mm: 3 × 30 / 2 = 45 mm·h; 4-5 h from 30 to 60 mm: 45 mm·h;
    5-10 h 60 mm: 300 mm·h. Together 390 mm·h, times the weight of a lane.
    """
    scenario = untouched()
    handed = run_scenario(scenario, build_network(scenario.road_map))
    depth = depth_hours(replay(handed.log, handed.facts), handed.facts)
    lane = depth[depth["section"] == "bc"]
    assert lane["depth_mm_h"].tolist() == pytest.approx([390.0], rel=1e-12)
    roads = lane[["section"]].assign(road_class="lane")
    for weight in (1.0, 2.5):
        weighed = exposure_table(lane, roads, {"main": 9.0, "lane": weight})
        assert weighed["exposure"].tolist() == pytest.approx([390.0 * weight])
    assert depth["depth_mm_h"].min() < 390.0  # the street that was worked


def test_exposure_of_an_untouched_road_from_the_engines_own_depths() -> None:
    """Closed form as above; the engine's areal snow, summed by trapezoids at each half hour.

    The depth is straight between half hours, so the trapezoids are exact.
    """
    world = world_of(untouched())
    assert world.network.seg.strips == (1, 0, 1, 0)  # the lane is segment 2, its strip number 1
    depth = [world.ground.areal(1, 2, t) / 100.0 for t in range(0, 10 * H, H // 2)]
    depth.append(depth[-1])
    area = sum((a + b) / 2 * 0.5 for a, b in pairwise(depth))
    assert area == pytest.approx(390.0, rel=1e-12)


# ---- loading as a finite-source queue -----------------------------------------------------------

SPREADERS, BAYS, WORK_MIN, LOAD_MIN = 12, 2, 90.0, 20.0
QUEUE_H = 24 * 45
SEEDS = range(1, 17)


def queue_world(run_seed: int) -> World:
    """A depot with two bays, twelve spreaders of 7 t, 350 kg/min, exponential loading times."""
    spreader = replace(SPREADER, capacity_kg=7_000)
    machines = tuple(Machine(f"spreader-{k:02d}", "spreader", "depot") for k in range(SPREADERS))
    fleet = Fleet(
        machines, (), bays=BAYS, loading_kg_per_min=7_000 / LOAD_MIN, stock_kg=1_000_000_000
    )
    loading_time = Spread("loading_time", "exponential", 1.0, 0.0, True)
    return world_of(
        town(
            [street("ab", "a", "b", 1_000)], fleet, snow(), types=(spreader,),
            uncertainty=(loading_time,), run_seed=run_seed, horizon_h=24,
        )
    )  # fmt: skip


def work_ms(run_seed: int, name: str, number: int) -> int:
    """Exponential time on the road before the `number`-th visit."""
    return 1 + int(-WORK_MIN * 60_000 * math.log(uniform(run_seed, name, "test_work", number)))


def load_ms(run_seed: int, name: str, number: int) -> int:
    """The `number`-th loading time by its definition: 20 min × exponential(1), up to 100 ms."""
    factor = -math.log1p(-uniform(run_seed, name, "loading_time", number))
    tenths = math.ceil(round(LOAD_MIN * 600 * factor, 5))
    return max(1, tenths * 100)


def at_work(world: World, unit: Unit) -> Generator[simpy.Event, object, None]:
    """Work for an exponential time, come back empty, load by the engine's own process, again."""
    number = 0
    while True:
        yield Ending(world.env, work_ms(world.draws.run_seed, unit.id, number), unit.order)
        unit.hopper_g = 0
        number += 1
        yield from at_bay(world, unit, world.stores[0])


def by_the_engine(run_seed: int) -> list[tuple[int, int, int]]:
    """(start, end, spreader) of every loading, in the order of their ends."""
    world = queue_world(run_seed)
    world.env = simpy.Environment()
    world.stores[0].bays = simpy.Resource(world.env, capacity=BAYS)
    for unit in world.units:
        world.env.process(at_work(world, unit))
    world.env.run(until=QUEUE_H * H)
    rows = world.log.table()
    loads = rows[rows["kind"] == KIND["load"]]
    assert set(loads["amount_g"].tolist()) == {7_000_000}
    return [(int(r["start"]), int(r["end"]), int(r["machine"]) - 1000) for r in loads]


def by_recursion(run_seed: int) -> list[tuple[int, int, int]]:
    """The same without events: whoever arrives first starts when it is there and a bay is free.

    First come, first served: a start is the later of the arrival and the earliest free bay, and a
    spreader's next arrival follows its own end. Arrivals that follow are later than the one in
    hand, so taking the earliest each time is the order of the queue.
    """
    names = [f"spreader-{k:02d}" for k in range(SPREADERS)]
    arrivals = [(work_ms(run_seed, name, 0), k, 0) for k, name in enumerate(names)]
    heapq.heapify(arrivals)
    bays = [0] * BAYS
    loads = []
    while True:
        at, k, number = heapq.heappop(arrivals)
        if at >= QUEUE_H * H:
            break
        start = max(at, heapq.heappop(bays))
        end = start + load_ms(run_seed, names[k], number)
        heapq.heappush(bays, end)
        loads.append((start, end, k))
        heapq.heappush(arrivals, (end + work_ms(run_seed, names[k], number + 1), k, number + 1))
    return [load for load in loads if load[1] < QUEUE_H * H]


def machine_repair_per_h() -> float:
    """Throughput of M/M/c//N: birth and death with n spreaders at the depot.

    Out of n the rate in is (N - n)·λ, the rate out min(n, c)·μ, so p(n + 1) / p(n) =
    (N - n)·λ / (min(n + 1, c)·μ); loadings an hour are the sum of p(n)·min(n, c)·μ.
    """
    rate_in, rate_out = 60 / WORK_MIN, 60 / LOAD_MIN
    p = [1.0]
    for n in range(SPREADERS):
        p.append(p[-1] * (SPREADERS - n) * rate_in / (min(n + 1, BAYS) * rate_out))
    busy = sum(share * min(n, BAYS) for n, share in enumerate(p))
    return busy / sum(p) * rate_out


@pytest.mark.slow
def test_loading_is_a_finite_source_queue() -> None:
    """Theory: the machine-repair formula within 0.5 %, and an own recursion to the millisecond.

    Conditions: N = 12 spreaders, each out for an exponential time (mean 90 min), c = 2 bays, first
    come first served, exponential loading times (mean 20 min), stock without end. Steps of 100 ms
    make a loading 50 ms too long on average, 0.004 %. All are out at the start, which costs about
    one loading in 5,800. Runs of 1,080 h scatter by about 1 %, so 16 of them by 0.25 %: the
    tolerance is twice the standard error.
    """
    total = 0
    for run_seed in SEEDS:
        loads = by_the_engine(run_seed)
        assert loads == sorted(by_recursion(run_seed), key=lambda load: (load[1], load[2]))
        total += len(loads)
    assert total / (len(SEEDS) * QUEUE_H) == pytest.approx(machine_repair_per_h(), rel=0.005)


# ---- availability -------------------------------------------------------------------------------

MTBF_H, MTTR_H, MACHINES = 2.0, 0.5, 4
LONG_H = 1_000


@pytest.mark.slow
def test_availability_in_continuous_operation() -> None:
    """Closed form: MTBF ÷ (MTBF + MTTR) = 2 ÷ 2.5 = 0.8 for a machine that always has work.

    Conditions: it snows 1 mm of depth an hour without end and a strip is due 0.1 mm above what a
    pass leaves, 6 min after it; there are twice as many strips as ploughs, of 10 min of work each,
    so one is always due; two crews of 12 h change without stopping. Failure (mean 2 h) and repair
    (mean 0.5 h) are exponential. Life and repair are independent, so by the delta method the
    standard error of the availability A over n cycles is A·(1 - A)·√(2/n); 4 × 1,000 h ÷ 2.5 h =
    1,600 cycles give 0.0057. Tolerance: three of them.

    Beside it, exactly: every life in the log is as many milliseconds of driving and working as
    its draw says, and so is every repair.
    """
    roads = [street(f"r{k}", "a", f"b{k}", 3_000, 6) for k in range(MACHINES)]
    crews = (
        crew("plough", "16:00", 12, MACHINES),
        crew("plough", "04:00", 12, MACHINES),
    )
    spreads = (
        Spread("failure", "exponential", MTBF_H, 0.0, True),
        Spread("repair", "exponential", MTTR_H, 0.0, True),
    )
    scenario = town(
        roads, ploughs(MACHINES, crews), snow((0, 100)), rules=plan(trigger_mm=5.1),
        horizon_h=LONG_H, uncertainty=spreads,
    )  # fmt: skip
    world = ran(scenario).world
    up, down, cycles = 0, 0, 0
    for unit in world.units:
        lives, repairs = lives_and_repairs(world, unit)
        assert lives == [drawn_ms(unit.id, "failure", MTBF_H, k) for k in range(len(lives))]
        assert repairs == [drawn_ms(unit.id, "repair", MTTR_H, k) for k in range(len(repairs))]
        up, down, cycles = up + sum(lives), down + sum(repairs), cycles + len(repairs)
    standard_error = 0.8 * 0.2 * math.sqrt(2 / cycles)
    assert cycles > 1_500
    assert up / (up + down) == pytest.approx(0.8, abs=3 * standard_error)


def lives_and_repairs(world: World, unit: Unit) -> tuple[list[int], list[int]]:
    """Milliseconds driven and worked up to each failure, and of each repair that was finished."""
    rows = world.log.table()
    own = rows[rows["machine"] == unit.order]
    work = np.isin(own["kind"], [KIND["plough"], KIND["travel"]])
    lives, repairs, life = [], [], 0
    for row, busy in zip(own, work, strict=True):
        if busy:
            life += int(row["end"]) - int(row["decided"])
        elif row["kind"] == KIND["breakdown"]:
            lives.append(life)
            life = 0
        elif row["kind"] == KIND["repair"] and row["end"] < world.horizon:
            repairs.append(int(row["end"]) - int(row["start"]))
    waited = own[own["kind"] == KIND["wait"]]
    assert int(waited["end"].max()) < 6 * H  # 5.1 mm lie after 5.1 h; from then on it always works
    return lives, repairs


def drawn_ms(name: str, quantity: str, mean_h: float, number: int) -> int:
    """An exponential draw by its definition, in whole milliseconds."""
    return max(1, round(-mean_h * math.log1p(-uniform(1, name, quantity, number)) * H))
