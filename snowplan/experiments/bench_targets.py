"""What the bench is held to: for each figure the value to reach and the one to aim for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """One figure; `at_most` says on which side of `reach` and `aim` it should lie."""

    key: str
    reach: float
    aim: float
    at_most: bool = True

    def judged(self, found: float | None) -> dict[str, Any]:
        """Found, reach and aim; whether each is met; and found ÷ aim (aim ÷ found if at least)."""
        row: dict[str, Any] = {
            "key": self.key, "at_most": self.at_most, "reach": self.reach, "aim": self.aim,
            "found": found, "reached": None, "aimed": None, "times_reach": None, "times_aim": None,
        }  # fmt: skip
        if found is None or not math.isfinite(found):
            return row
        return row | {
            "reached": self._met(found, self.reach),
            "aimed": self._met(found, self.aim),
            "times_reach": self._apart(found, self.reach),
            "times_aim": self._apart(found, self.aim),
        }

    def _met(self, found: float, bound: float) -> bool:
        return found <= bound if self.at_most else found >= bound

    def _apart(self, found: float, bound: float) -> float | None:
        over, under = (found, bound) if self.at_most else (bound, found)
        return over / under if under > 0 else None


TARGETS = (
    Target("times_bare_simpy", 8.0, 6.5),
    Target("pass_over_timeout", 14.0, 11.0),
    Target("times_bare_simpy_first", 15.0, 10.0),
    Target("events_per_pass", 1.8, 1.6),
    Target("fixed_fleet_cost_a_pass", 0.25, 0.1),
    Target("fleet_in_proportion_total", 1.25, 1.15),
    Target("bytes_per_segment", 2_000.0, 1_200.0),
    Target("bytes_per_pass", 40.0, 26.0),
    Target("oracle_ratio", 50.0, 200.0, at_most=False),
    Target("timelines_share", 0.05, 0.02),
    Target("group_cost", 1.3, 1.2),
    Target("help_over_click", 1.5, 1.2),
)

STUDY_TARGETS = (
    Target("study_overhead", 0.02, 0.01),
    Target("cluster_overhead", 0.05, 0.02),
    Target("workers_gain", 0.9, 0.95, at_most=False),
    Target("estimate_off", 2.0, 1.25),
    Target("estimate_off_10", 2.0, 1.25),
)

READINESS_TARGETS = (Target("documents_share", 0.1, 0.05),)


def judged(
    found: Mapping[str, float | None], targets: Sequence[Target] = TARGETS
) -> list[dict[str, Any]]:
    """Every target with what was found, None where it was not measured."""
    return [target.judged(found.get(target.key)) for target in targets]


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of log y over log x by least squares; None below two different x."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    above = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    return above / sum((x - mean_x) ** 2 for x, _ in logs)
