"""The readiness report, `readiness.json`: every figure of its documents, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.analysis.envelope import envelope_rows
from snowplan.analysis.held_back import held_shares
from snowplan.analysis.marginal import best_row, marginal_rows, tightest_of
from snowplan.analysis.readiness_access import access
from snowplan.analysis.readiness_appendix import appendix
from snowplan.analysis.readiness_deicer import deicer
from snowplan.analysis.readiness_given import Evidence, Given, Row, evidence
from snowplan.analysis.readiness_hauling import hauling
from snowplan.analysis.readiness_head import head, stage_of
from snowplan.analysis.readiness_machines import machines
from snowplan.analysis.readiness_people import people
from snowplan.analysis.readiness_streets import streets
from snowplan.analysis.readiness_timeline import timeline
from snowplan.analysis.readiness_verdicts import verdicts
from snowplan.model.comparison import Comparison, Job
from snowplan.results.replications import Replication

__all__ = ["Given", "readiness_report"]


def readiness_report(
    study: Comparison, replications: Mapping[Job, Replication], given: Given
) -> dict[str, Any]:
    """All sections by docs/readiness.md; the same for the same runs, in whatever order they came.

    Every scenario of `given` has at least one run as it is.
    """
    found = evidence(given, replications)
    judged = verdicts(found)
    return {
        "head": head(found, study.run_seed),
        "verdicts": judged,
        "machines": machines(found),
        "deicer": deicer(found),
        "people": people(found),
        "hauling": hauling(found),
        "timeline": timeline(found),
        "streets": streets(found),
        "access": access(found),
        "envelope": {"rows": _envelope(found, judged["rows"])},
        "marginal": _marginal(found),
        "held_back": [row for name in given.scenarios for row in _held_back(found, name)],
        "findings": [dict(row) for row in given.findings],
        "assumptions": [dict(row) for row in given.assumptions],
        "appendix": appendix(found),
    }


def _envelope(found: Evidence, judged: Sequence[Row]) -> list[Row]:
    """How much snow each limit of each scenario holds; of limits that have a verdict."""
    told = {(row["scenario"], row["item"]) for row in judged}
    scenarios = found.given.scenarios.values()
    rows = [row for one in scenarios for row in envelope_rows(one, found.runs, found.given.rules)]
    return [row for row in rows if (row["scenario"], row["item"]) in told]


def _marginal(found: Evidence) -> Row:
    """What one more buys, in the scenario in which that was run (the last one where none was)."""
    tried = {job.storm for job in found.runs if stage_of(job) == "marginal"}
    name = next((one for one in found.given.scenarios if one in tried), list(found.own)[-1])
    scenario = found.given.scenarios[name]
    tightest = tightest_of(found.runs, name)
    given = found.given
    rows = marginal_rows(scenario, found.runs, given.rules, tightest, given.effort.marginal)
    return {"scenario": name, "tightest": tightest, "best": best_row(rows), "rows": rows}


def _held_back(found: Evidence, scenario: str) -> list[Row]:
    """What held the city back in a reference run, by road class."""
    reference = found.given.references[scenario]
    rows = held_shares(
        reference.frame("sections.parquet"),
        reference.frame("states.parquet"),
        reference.frame("events.parquet"),
        int(reference.manifest["clock"]["horizon_ms"]),
    )
    return [{"scenario": scenario, **row} for row in rows]
