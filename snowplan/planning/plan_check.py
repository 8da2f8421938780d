"""A plan read as a plan: what cannot be done, what nobody does, what is called twice.

Arithmetic on a scenario, before any run. What is called impossible is a proof at the stated
rates: with the best speed of every machine on everything it may work on, without driving, waiting
or failure, and with the most that de-icer can melt, it still cannot be done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from snowplan.model.grades import PLAN_GRADES, Grade
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import IMPOSSIBLE, SEVERITIES, Finding
from snowplan.planning.ground_facts import Lie
from snowplan.planning.groups_check import crew_findings, group_findings
from snowplan.planning.hands_check import hand_findings
from snowplan.planning.hauling_check import hauling_findings
from snowplan.planning.limits_check import limit_findings
from snowplan.planning.owners_check import owner_findings, reach_findings, stock_findings
from snowplan.planning.storms import design_storms


def plan_findings(scenario: Scenario) -> list[Finding]:
    """Every finding on the plan of a scenario, the gravest first."""
    return gravest_first(together(findings_at(Lie(scenario), PLAN_GRADES)))


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by their severity; those of one keep their order."""
    return sorted(findings, key=lambda item: SEVERITIES.index(item.severity))


def together(findings: Iterable[Finding]) -> list[Finding]:
    """Gaps and notes that differ by grade alone as one; those with other figures stay apart.

    Impossible limits stay apart, too: each grade has its own limit.
    """
    kept: dict[object, Finding] = {}
    for number, item in enumerate(findings):
        who = tuple(str(item.values.get(name)) for name in ("zone", "road_class", "group", "kind"))
        more = tuple(item.values.get(name) for name in ("section", "id", "start"))
        figures = item.found, item.needed
        key = number if item.severity == IMPOSSIBLE else (item.code, who, more, figures)
        old = kept.get(key)
        if old is None:
            kept[key] = item
            continue
        grades = tuple(dict.fromkeys((*old.grades, *item.grades)))
        kept[key] = replace(old, grades=grades, own_storm=old.own_storm or item.own_storm)
    return list(kept.values())


def findings_at(lie: Lie, grades: Collection[Grade]) -> Iterator[Finding]:
    """Findings one by one: of storms and treatments those of some grades, and all others."""
    for storm in design_storms(lie.scenario):
        if storm.grade not in grades:
            continue
        yield from limit_findings(lie, storm)
        yield from hauling_findings(lie, storm)
        yield from hand_findings(lie, storm)
    yield from reach_findings(lie.scenario)
    for grade in grades:
        yield from owner_findings(lie, grade)
        yield from stock_findings(lie, grade)
    yield from group_findings(lie)
    yield from crew_findings(lie)
