"""A finding on a plan: what does not fit, where it is written, and the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

IMPOSSIBLE = "impossible"  # a proof: at the stated rates it cannot be done
GAP = "gap"  # somebody or something is missing
NOTE = "note"  # it can be meant so
SEVERITIES = (IMPOSSIBLE, GAP, NOTE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a plan; `found` and `needed` are in `unit`.

    `where` is a key of the plan or a table; `grades` the snow that it is about, none for any;
    `values` are figures and words (`zone`, `road_class`, … by their keys) that its text names.
    """

    code: str
    severity: str
    where: str
    found: float | None = None
    needed: float | None = None
    unit: str = ""
    grades: tuple[str, ...] = ()
    own_storm: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
