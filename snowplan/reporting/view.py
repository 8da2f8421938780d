"""What every picture of a run shares: its clock, its language, the snow, and the time axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from snowplan.clock import Clock
from snowplan.units import MS_PER_H
from snowplan.words import name_of, say

if TYPE_CHECKING:  # the tables of a run share this, and draw nothing
    from matplotlib.axes import Axes

SNOW_COLOUR = "#dde6ee"


@dataclass(frozen=True, slots=True)
class View:
    """How a run is shown; `snow_spells` are half-open spells in which snow fell, in order.

    `title` is the scenario's, in the language of `lang`; `schematic` is the map's own word; `grade`
    is the key of the snow grade in force at the end, "" where nobody says it.
    """

    clock: Clock
    horizon_ms: int
    snow_spells: tuple[tuple[int, int], ...]
    snow_stops_ms: int | None
    title: str
    schematic: bool
    lang: str = "zh"
    grade: str = ""

    @property
    def heading(self) -> str:
        """The title with the grade that the snow was given, which the title need not know."""
        if not self.grade:
            return self.title
        grade = name_of("grade", self.grade, self.lang)
        return self.say("view.graded", title=self.title, grade=grade)

    @property
    def snow_unfinished(self) -> bool:
        """Whether snow falls until the horizon: then nobody knows when it stops."""
        return self.snow_stops_ms is not None and self.snow_stops_ms >= self.horizon_ms

    def say(self, key: str, **values: object) -> str:
        """Words in the view's language."""
        return say(key, self.lang, **values)


def tick_hours(horizon_ms: int) -> int:
    """Hours between ticks, so that an axis has some six to twelve of them."""
    hours = horizon_ms / MS_PER_H
    return next((step for step in (1, 2, 3, 6, 12) if hours / step <= 12), 24)


def ticks(view: View) -> list[tuple[int, str]]:
    """Instants on whole local hours, and their labels: the date at the first and at midnights."""
    step = tick_hours(view.horizon_ms) * 60
    marks: list[tuple[int, str]] = []
    day = ""
    for t_ms in range(0, view.horizon_ms + 1, MS_PER_H // 4):
        if view.clock.minute_of_day(t_ms) % step:
            continue
        at = view.clock.local(t_ms)
        date = at.strftime("%m-%d")
        marks.append((t_ms, at.strftime("%H:%M") + (f"\n{date}" if date != day else "")))
        day = date
    return marks


def time_axis(ax: Axes, view: View) -> None:
    """Local time along x (data in ms since the start), from 0 to the horizon, snow shaded."""
    marks = ticks(view)
    ax.set_xlim(0, view.horizon_ms)
    ax.set_xticks([t_ms for t_ms, _ in marks], [label for _, label in marks])
    for begin, end in view.snow_spells:
        ax.axvspan(begin, min(end, view.horizon_ms), color=SNOW_COLOUR, lw=0, zorder=0)
