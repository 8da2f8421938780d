"""Storms that grow or come again, so that the grade and what it calls change during a run.

Forecasts tell every shower at its hours but with another rate, so that the centre learns the grade
by and by and is never wrong about when it snows.
"""

from __future__ import annotations

import random
from dataclasses import replace

from snowplan.model.grades import Grade, GradeRow
from snowplan.model.scenario import Scenario
from snowplan.model.weather import Forecast, Snowfall, WeatherSpell
from tests.simulation.towns import H

BOUNDS_UM = (100, 2_500, 5_000, 10_000)  # light, moderate, heavy, blizzard; 12 h and 24 h alike
GRADE_ROWS = tuple(
    GradeRow(grade, grade.key, bound, bound)
    for grade, bound in zip(tuple(Grade)[1:5], BOUNDS_UM, strict=True)
)


def with_changing_grade(seed: int, scenario: Scenario) -> Scenario:
    """The scenario, sometimes with no named grade, sometimes with a second storm after hours."""
    rng = random.Random(f"weather {seed}")
    actual = scenario.around.snowfall.actual
    grade, horizon_ms = scenario.grade, scenario.study.horizon_ms
    if rng.random() < 0.3:
        actual = _again(rng, actual)
        horizon_ms = max(horizon_ms, 24 * H)
    forecasts: tuple[Forecast, ...] = ()
    if rng.random() < 0.6:
        grade, forecasts = None, _forecasts(rng, actual)
    return replace(
        scenario,
        grade=grade,
        study=replace(scenario.study, horizon_ms=horizon_ms),
        around=replace(
            scenario.around, snowfall=Snowfall(actual, forecasts), grade_rows=GRADE_ROWS
        ),
    )


def _again(rng: random.Random, actual: tuple[WeatherSpell, ...]) -> tuple[WeatherSpell, ...]:
    """Snow once more, so late after the last that the centre found in between that it stopped."""
    last = actual[-1]
    begin = last.start_ms + round(rng.choice((6.5, 8.0, 9.25)) * H)
    end = begin + round(rng.choice((0.5, 1.5)) * H)
    rate = rng.choice((300, 1_000, 6_000))
    return (*actual, replace(last, start_ms=begin, um_per_h=rate), replace(last, start_ms=end))


def _forecasts(rng: random.Random, actual: tuple[WeatherSpell, ...]) -> tuple[Forecast, ...]:
    """Two issues: the first far too little or too much, the second not quite as wrong."""
    first, second = rng.choice(((0.05, 0.6), (0.2, 1.0), (6.0, 1.0), (0.3, 3.0)))
    hour = rng.choice((2, 3, 5, 8))
    return tuple(Forecast(at, _scaled(actual, by)) for at, by in ((0, first), (hour * H, second)))


def _scaled(spells: tuple[WeatherSpell, ...], factor: float) -> tuple[WeatherSpell, ...]:
    return tuple(replace(s, um_per_h=round(s.um_per_h * factor)) for s in spells)
