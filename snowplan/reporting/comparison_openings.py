"""Which openings of sections are mapped: those under the storm that counts most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from snowplan.reporting.comparison_verdicts import Report

NEVER, LATE = "never", "late"  # in place of minutes


def heaviest_storm(report: Report) -> Mapping[str, Any] | None:
    """The storm of the greatest weight that has openings, the first of equals."""
    known = [row for row in report["storms"] if report["openings"].get(row["id"])]
    return max(known, key=lambda row: row["weight"], default=None)


def mapped(report: Report) -> list[Mapping[str, Any]]:
    """The variants of which that storm's openings are known."""
    storm = heaviest_storm(report)
    known = {} if storm is None else report["openings"][storm["id"]]
    return [row for row in report["variants"] if row["id"] in known]
