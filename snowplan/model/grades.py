"""Snow grades (降雪量等级): water equivalent over 12 h and 24 h."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from snowplan.units import MS_PER_H


class Grade(IntEnum):
    """Grades in order of snow; the order is the rule. NONE is less than a trace."""

    NONE = 0
    LIGHT = 1
    MODERATE = 2
    HEAVY = 3
    BLIZZARD = 4
    SEVERE_BLIZZARD = 5
    EXTREME_BLIZZARD = 6

    @property
    def key(self) -> str:
        """The word used in files: `heavy`, `blizzard`, …"""
        return self.name.lower()

    @property
    def plan_grade(self) -> Grade:
        """The row of the plan: 大暴雪 and 特大暴雪 are handled as 暴雪, nothing as 小雪."""
        return Grade(min(max(self.value, Grade.LIGHT), Grade.BLIZZARD))


GRADES = {g.key: g for g in Grade}
PLAN_GRADES = (Grade.LIGHT, Grade.MODERATE, Grade.HEAVY, Grade.BLIZZARD)


@dataclass(frozen=True, slots=True)
class GradeRow:
    """Lower bounds of one grade, whole micrometres of water equivalent."""

    grade: Grade
    zh: str
    from_12h_um: int
    from_24h_um: int


def grade_of(rows: Sequence[GradeRow], total_12h_um: int, total_24h_um: int) -> Grade:
    """The higher of the two gradings (A: the standard does not say which prevails)."""
    found = Grade.NONE
    for row in rows:
        if total_12h_um >= row.from_12h_um or total_24h_um >= row.from_24h_um:
            found = max(found, row.grade)
    return found


WINDOWS_MS = (12 * MS_PER_H, 24 * MS_PER_H)
