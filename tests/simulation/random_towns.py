"""Towns, fleets, storms and plans drawn at random, to find what nobody thought of.

The same seed gives the same town: the draws stand in a fixed order.
"""

from __future__ import annotations

import random
from dataclasses import fields, replace

from snowplan.model.fleet import CrewGroup, Machine, MachineType, Pace, Tool, Work
from snowplan.model.physics import Spread, TrafficHour, TravelRegime
from snowplan.model.plan import Phrases, Plan
from snowplan.model.roads import RoadClass, Section
from snowplan.model.scenario import Scenario
from snowplan.model.weather import WeatherSpell
from tests.simulation.towns import (
    BRUSH,
    GRADER,
    PHYSICS,
    PLOUGH,
    SPREADER,
    Fleet,
    crew,
    plan,
    snow,
    street,
    town,
)

KINDS = ("plough", "roller_brush", "grader", "spreader")
SEQUENCES = (
    (Work.PLOUGH,),
    (Work.BRUSH,),
    (Work.PLOUGH, Work.BRUSH),
    (Work.PLOUGH, Work.GRADE, Work.BRUSH),
)
SHIFTS = (
    (("16:00", 12), ("04:00", 12)),
    (("08:00", 12), ("20:00", 12)),
    (("16:00", 6), ("23:00", 6)),
)


def random_town(seed: int) -> Scenario:
    """A town of two to seven junctions, everything about it drawn."""
    rng = random.Random(seed)
    names = "abcdefg"[: rng.randint(2, 7)]
    streets = _streets(rng, names)
    sequence = rng.choice(SEQUENCES)
    fleet = _fleet(rng, names[0])
    storm = _storm(rng)
    types = _types(rng)
    rules = _plan(rng, sequence)
    traffic = _traffic(rng)
    uncertainty = _uncertainty(rng)
    regimes = (TravelRegime("bare", 0.0, 1.0), TravelRegime("deep", 20.0, 0.5))
    film = rng.choice((5.0, 2.0))
    return town(
        streets,
        fleet,
        storm,
        rules=rules,
        horizon_h=rng.choice((10, 20, 30.5)),
        physics=replace(PHYSICS, regimes=regimes, packing_film_mm=film),
        types=types,
        uncertainty=uncertainty,
        traffic=traffic,
        run_seed=rng.randint(0, 99),
    )


def _streets(rng: random.Random, names: str) -> list[Section]:
    """Some streets anywhere, and a row of two-way ones that joins all junctions."""
    streets = []
    for k in range(rng.randint(1, 10)):
        start, end = rng.choice(names), rng.choice(names)
        length, width = (
            rng.choice((100.0, 250.0, 400.0, 1000.0)),
            rng.choice((3.0, 6.0, 12.0, 15.0, 24.0)),
        )
        oneway = rng.random() < 0.2
        road_class = rng.choice(list(RoadClass))
        operator = rng.choice((*["centre"] * 5, "province"))
        closed = rng.random() < 0.1
        flags = rng.choice(((), (), (), ("bridge",)))
        streets.append(
            street(
                f"s{k:02d}", start, end, length, width, oneway=oneway, road_class=road_class,
                operator=operator, closed=closed, flags=flags,
            )
        )  # fmt: skip
    for k in range(len(names) - 1):
        length, width = rng.choice((100.0, 300.0)), rng.choice((3.0, 6.0, 12.0))
        streets.append(street(f"t{k:02d}", names[k], names[k + 1], length, width))
    return streets


def _fleet(rng: random.Random, home: str) -> Fleet:
    counts = {kind: rng.randint(0, 4) for kind in KINDS}
    machines = tuple(Machine(f"{k}-{n}", k, "depot") for k in KINDS for n in range(counts[k]))
    crews: list[CrewGroup] = []
    for kind in KINDS:
        shifts = rng.choice(SHIFTS)
        crews += (crew(kind, start, hours, max(1, counts[kind])) for start, hours in shifts)
    return Fleet(
        machines,
        tuple(crews),
        home,
        bays=rng.randint(1, 2),
        loading_kg_per_min=rng.choice((50.0, 100.0)),
        stock_kg=rng.choice((0, 100, 1000, 20000)),
    )


def _storm(rng: random.Random) -> tuple[WeatherSpell, ...]:
    hour = rng.choice((0.5, 1.0, 2.0))
    spells = []
    for _ in range(rng.randint(1, 5)):
        spells.append((hour, rng.choice((0, 300, 1000, 2700, 6000))))
        hour += rng.choice((0.5, 1.0, 1.7, 3.0))
    spells.append((hour, 0))
    pavement = rng.choice((-5.0, -5.0, 1.0, -12.0))
    return tuple(replace(s, pavement_c=pavement + rng.choice((0, 0, -3))) for s in snow(*spells))


def _types(rng: random.Random) -> tuple[MachineType, ...]:
    ceiling, depth_k = rng.choice((0.0, 50.0)), rng.choice((0.0, 2.06))
    brush = replace(
        BRUSH,
        tool=Tool(3.0, 2.0, 2.0, ceiling_mm=ceiling),
        pace=Pace(18.0, 18.0, 36.0, depth_k),
    )
    plough = replace(PLOUGH, tool=Tool(rng.choice((3.0, 6.1, 2.0)), 5.0, 8.0))
    spreader = replace(SPREADER, capacity_kg=rng.choice((30, 200, 2000)))
    return brush, GRADER, plough, spreader


def _plan(rng: random.Random, sequence: tuple[Work, ...]) -> Plan:
    trigger_mm, dose = rng.choice((5.1, 10.0, 15.0)), rng.choice((0.0, 20.0))
    rules = plan(sequence, trigger_mm, dose, ("critical", "main", "secondary"))
    phrases = Phrases(**{f.name: rng.random() < 0.75 for f in fields(Phrases)})
    dispatch = replace(
        rules.rules,
        team_min_strips=rng.choice((2, 4, 99)),
        team_on_open=rng.random() < 0.5,
        due_rounding_min=rng.choice((1.0, 30.0)),
    )
    return replace(rules, phrases=phrases, rules=dispatch)


def _traffic(rng: random.Random) -> tuple[TrafficHour, ...]:
    if rng.random() < 0.3:
        return ()
    return tuple(
        TrafficHour(c, h, rng.choice((0.0, 300.0, 1000.0)), rng.choice((1.0, 0.7)))
        for c in RoadClass
        for h in range(24)
    )


def _uncertainty(rng: random.Random) -> tuple[Spread, ...]:
    rows = (
        ("failure", "exponential", rng.choice((0.3, 2.0, 20.0)), 0.0, 0.0, None),
        ("repair", "lognormal", 0.5, 0.5, 0.1, 4.0),
        ("working_speed", "normal", 1.0, 0.05, 0.8, 1.2),
        ("loading_time", "lognormal", 1.0, 0.15, 0.5, 3.0),
        ("muster_delay", "exponential", 5.0, 0.0, 0.0, 60.0),
        ("turn_out", "normal", 0.9, 0.05, 0.5, 1.0),
    )
    return tuple(
        Spread(what, law, a, b, rng.random() < 0.5, low, high)
        for what, law, a, b, low, high in rows
    )
