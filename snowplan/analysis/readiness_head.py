"""What a readiness report is about: map, scenarios, how many runs of which kind."""

from __future__ import annotations

from collections import Counter

from snowplan.analysis.measure_sections import roads_of
from snowplan.analysis.readiness_given import Evidence, Row
from snowplan.model.comparison import Job
from snowplan.model.network import build_network
from snowplan.model.readiness import FACTOR, MORE, RELIEF
from snowplan.model.scenario import Scenario
from snowplan.model.snow import spans
from snowplan.model.storm_grades import own_grade, own_storm
from snowplan.units import DM2_PER_M2, M_PER_KM, ms_hours

TITLE = ("清雪准备情况报告", "Readiness report for snow clearing")
STAGES = ("grades", "envelope", "relief", "marginal")
DIGITS = 2


def head(found: Evidence, run_seed: int) -> Row:
    """`head`: what the figures are figures of."""
    given, first = found.given, found.first
    roads = roads_of(build_network(first.road_map))
    road_map = first.road_map
    stages = Counter(stage_of(job) for job in found.runs)
    area_km2 = int(roads.dm2.sum()) / DM2_PER_M2 / M_PER_KM**2
    return {
        "title_zh": TITLE[0],
        "title_en": TITLE[1],
        "made": dict(given.made),
        "quick": given.quick,
        "probability": given.rules.probability,
        "confidence": given.rules.confidence,
        "run_seed": run_seed,
        "map": {
            "title_zh": road_map.title,
            "title_en": road_map.title_en,
            "schematic": road_map.schematic,
        },
        "varied": [spread.quantity for spread in first.around.uncertainty if spread.on],
        "scenarios": [_scenario(found, name) for name in given.scenarios],
        "runs": {
            **{stage: stages[stage] for stage in STAGES},
            "failed": len(given.failed),
        },
        "area_km2_cleared": round(area_km2, DIGITS),
        "sections": len(roads.ids),
        "machines": len(first.resources.machines),
    }


def stage_of(job: Job) -> str:
    """The stage that asks for a run; the marginal one compares with runs of the grades' stage."""
    if job.variant.startswith(MORE):
        return "marginal"
    if job.variant.startswith(RELIEF):
        return "relief"
    return "envelope" if FACTOR in job.storm else "grades"


def _scenario(found: Evidence, name: str) -> Row:
    """One scenario; of its weather what is given, nothing drawn."""
    scenario = found.given.scenarios[name]
    study, storm = scenario.study, own_storm(scenario)
    stops_ms = _stops_ms(scenario)
    return {
        "id": name,
        "title_zh": study.title,
        "title_en": study.title_en,
        "grade": own_grade(scenario).key,
        "snow_mm": 0.0 if storm is None else round(storm.total_mm, DIGITS),
        "snow_h": 0.0 if storm is None else round(storm.snow_h, DIGITS),
        "air_c": None if storm is None else round(storm.air_c, DIGITS),
        "start": study.clock.text(0),
        "snow_stops": None if stops_ms is None else study.clock.text(stops_ms),
        "horizon_h": round(ms_hours(study.horizon_ms), DIGITS),
        "replications": len(found.own[name]),
        "failed": sum(
            stage_of(job) == "grades" and job.storm == name for job in found.given.failed
        ),
        "reference": found.given.references[name].path.name,
    }


def _stops_ms(scenario: Scenario) -> int | None:
    """When the snow that is given stops; None where none falls, or it falls until the horizon."""
    horizon_ms = scenario.study.horizon_ms
    snows = spans(scenario.around.snowfall.actual, horizon_ms)
    last = max((end for _, end, spell in snows if spell.um_per_h > 0), default=None)
    return None if last == horizon_ms else last
