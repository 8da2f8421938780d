"""Sections that nobody has, and depots that cannot treat their zone once."""

from __future__ import annotations

from collections.abc import Iterator

from snowplan.model.grades import Grade
from snowplan.model.hands import FRINGE
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import GAP, Finding
from snowplan.planning.ground_facts import RURAL, Lie, Stretch, residual_mm, works_on
from snowplan.planning.storms import treats
from snowplan.units import G_PER_T, KG_PER_T


def owner_findings(lie: Lie, grade: Grade) -> Iterator[Finding]:
    """Classes of a zone that no machine in reach may clear, or can leave clean, at a grade."""
    treatment = lie.plan.treatment(grade)
    for zone in lie.zones:
        mine = [s for s in lie.stretches if s.zone == zone and not lie.by_hand(s, treatment)]
        for road_class in sorted({s.road_class for s in mine}):
            rows = [s for s in mine if s.road_class == road_class]
            kinds = _kinds(lie, zone, road_class, grade)
            if not kinds:
                yield _no_owner(grade, zone, road_class, rows)
            elif all(
                residual_mm(lie.types[kind], road_class) > lie.plan.thresholds.clean_depth_mm
                for kind in kinds
            ):
                yield Finding(
                    "never_clean", GAP, f"treatments.{grade.key}.sequence",
                    min(residual_mm(lie.types[kind], road_class) for kind in kinds),
                    lie.plan.thresholds.clean_depth_mm, "mm", (grade.key,),
                    values={"zone": zone, "road_class": road_class.key},
                )  # fmt: skip


def _kinds(lie: Lie, zone: str, road_class: RoadClass, grade: Grade) -> set[str]:
    """Kinds with a machine in reach of the zone that may clear the class at the grade."""
    works = lie.clearing_works(lie.plan.treatment(grade), 0.0)
    return {
        kind
        for home, kind in lie.machines
        if home in lie.helpers[zone]
        and lie.types[kind].work in works
        and works_on(lie.types[kind], road_class)
    }


def _no_owner(grade: Grade, zone: str, road_class: RoadClass, rows: list[Stretch]) -> Finding:
    sections = {s.section.id for s in rows}
    fringe = all(FRINGE in s.section.duty.flags for s in rows)
    return Finding(
        "no_owner_fringe" if fringe else "no_owner",
        GAP,
        f"treatments.{grade.key}.groups" if fringe else "machine_types.csv classes",
        0.0,
        float(len(sections)),
        "sections",
        (grade.key,),
        values={"zone": zone, "road_class": road_class.key, "group": RURAL},
    )


def reach_findings(scenario: Scenario) -> Iterator[Finding]:
    """Sections of the centre that cannot be driven to and from the depots."""
    from snowplan.inputs.cross_checks import lost_sections

    lost = set(lost_sections(scenario.resources, scenario.road_map))
    own = [s.id for s in scenario.road_map.sections if s.duty.cleared_by_centre and s.id in lost]
    if own:
        values = {"names": ", ".join(own[:5]) + (" …" if len(own) > 5 else "")}
        where = f"map {scenario.road_map.name}"
        yield Finding("out_of_reach", GAP, where, 0.0, len(own), "sections", values=values)


def stock_findings(lie: Lie, grade: Grade) -> Iterator[Finding]:
    """Depots of a zone that cannot treat its classes once with the plan's largest dose."""
    plan = lie.plan
    treatment = plan.treatment(grade)
    doses = plan.doses
    dose = max(
        (
            doses.dose_g_m2(row.from_c, repeat=False)
            for row in doses.rows
            if not (doses.cutoff_on and row.from_c < doses.cutoff_c)
        ),
        default=0.0,
    )
    for zone in lie.zones if lie.spreads and dose > 0 else ():
        m2 = sum(
            s.m2 for s in lie.stretches
            if s.zone == zone and treats(treatment, s.rank_class)
            and not lie.by_hand(s, treatment)
        )  # fmt: skip
        depots = [d for d in lie.scenario.resources.depots if d.zone == zone]
        stock_t = sum(d.stock_kg for d in depots) / KG_PER_T
        needed_t = m2 * dose / G_PER_T
        if needed_t > stock_t:
            yield Finding(
                "stock_small", GAP, "depots.csv stock_kg", stock_t, needed_t, "t", (grade.key,),
                values={"zone": zone, "m2": m2, "dose": dose,
                        "all_t": sum(d.stock_kg for d in lie.scenario.resources.depots) / KG_PER_T},
            )  # fmt: skip
