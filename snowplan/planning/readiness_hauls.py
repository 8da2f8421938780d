"""What must be hauled under a scenario's own storm, as the plan check reckons it."""

from __future__ import annotations

from snowplan.planning.ground_facts import HAULING, Lie
from snowplan.planning.hauling_check import windrows
from snowplan.planning.readiness_needs import own_storm_of
from snowplan.planning.side_snow import cleared_sides_m2

DECIMALS = 1


def must_haul_m3(lie: Lie) -> float | None:
    """m³ as they would lie in the dumps: carriageways, and what hands bring to the kerb.

    The snow of treated roads is kept off verges where the plan says so; an estimate. None where
    hauling is not called at the grade, or the storm lasts beyond the horizon.
    """
    storm = own_storm_of(lie)
    rules, piled = lie.plan.haul, lie.scenario.around.physics.piled
    if storm is None or rules is None or piled is None:
        return None
    if HAULING not in lie.plan.treatment(storm.grade).groups:
        return None
    in_trucks = 0.0
    for limit in lie.plan.limits:
        if limit.grade == storm.grade:
            sides = cleared_sides_m2(lie, storm, storm.limit_ms(limit.haul_h, None))
            rows = windrows(
                lie, storm, rules, piled, {},
                sure=False, sides_m2=sides, of_class=limit.road_class,
            )  # fmt: skip
            in_trucks += sum(row.m3 for row in rows)
    return round(in_trucks * piled.hauled_kg_m3 / piled.dumped_kg_m3, DECIMALS)
