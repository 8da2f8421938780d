"""How heavy a storm is by itself: its total, its heaviest 12 h and 24 h, and their grade."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from snowplan.model.grades import WINDOWS_MS, Grade, grade_of
from snowplan.model.scenario import Scenario
from snowplan.model.snow import spans
from snowplan.model.weather import WeatherSpell
from snowplan.units import MS_PER_H, UM_PER_MM, ms_hours

Span = tuple[int, int, int]  # from, to, µm/h


@dataclass(frozen=True, slots=True)
class OwnStorm:
    """The snow of a scenario before its horizon, nothing drawn.

    `snow_h`: from the first snow to the last; `air_c`: the mean while it snows; `most_um`: the
    heaviest 12 h and 24 h.
    """

    total_mm: float
    snow_h: float
    air_c: float
    most_um: tuple[int, int]

    def grade_at(self, scenario: Scenario, factor: float) -> Grade:
        """The grade of this storm with its snowfall times a factor."""
        rows = scenario.around.grade_rows
        return grade_of(rows, *(round(most * factor) for most in self.most_um))


def own_storm(scenario: Scenario) -> OwnStorm | None:
    """The scenario's own storm; None where no snow falls before the horizon."""
    horizon = scenario.study.horizon_ms
    spells = scenario.around.snowfall.actual
    snowing = [(a, b, s) for a, b, s in spans(spells, horizon) if s.um_per_h > 0]
    if not snowing:
        return None
    lasted = sum(b - a for a, b, _ in snowing)
    seen = snow_spans(spells, horizon)
    return OwnStorm(
        total_mm=sum(s.um_per_h * (b - a) for a, b, s in snowing) / MS_PER_H / UM_PER_MM,
        snow_h=ms_hours(snowing[-1][1] - snowing[0][0]),
        air_c=sum(s.air_c * (b - a) for a, b, s in snowing) / lasted,
        most_um=(heaviest_um(seen, WINDOWS_MS[0]), heaviest_um(seen, WINDOWS_MS[1])),
    )


def own_grade(scenario: Scenario) -> Grade:
    """The grade that the scenario names, or else that of its own storm."""
    if scenario.grade is not None:
        return scenario.grade
    storm = own_storm(scenario)
    return Grade.NONE if storm is None else storm.grade_at(scenario, 1.0)


def snow_spans(spells: Sequence[WeatherSpell], horizon_ms: int, factor: float = 1.0) -> list[Span]:
    """(from, to, µm/h times a factor) of all that snows before the horizon."""
    return [
        (a, b, round(s.um_per_h * factor)) for a, b, s in spans(spells, horizon_ms) if s.um_per_h
    ]


def heaviest_um(seen: Sequence[Span], window_ms: int) -> int:
    """The largest fall (µm) in any window of this length; it begins or ends at a span's edge."""
    edges = [min(0, *(a for a, _, _ in seen[:1]), 0)]
    totals = [0]
    for a, b, rate in seen:
        if a > edges[-1]:
            edges.append(a)
            totals.append(totals[-1])
        edges.append(b)
        totals.append(totals[-1] + rate * (b - a))
    best = 0
    for edge in edges:
        for begin, end in ((edge - window_ms, edge), (edge, edge + window_ms)):
            best = max(best, _until(edges, totals, end) - _until(edges, totals, begin))
    return best // MS_PER_H


def _until(edges: Sequence[int], totals: Sequence[int], t_ms: int) -> int:
    j = bisect_right(edges, t_ms) - 1
    if j < 0:
        return 0
    if j + 1 == len(edges) or edges[j + 1] == edges[j]:
        return totals[j]
    return totals[j] + (totals[j + 1] - totals[j]) * (t_ms - edges[j]) // (edges[j + 1] - edges[j])
