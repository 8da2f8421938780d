"""One run of a comparison: the same figures whatever ran before, and wherever it runs."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from snowplan.experiments.replicating import City, build_city, replicate
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.comparison import Comparison, Job, Question, StormCase, Variant
from snowplan.model.roads import RoadMap
from snowplan.model.scenario import Scenario
from snowplan.results.replications import Replication

MILD, LONG = StormCase("mild", "小", "Mild"), StormCase("long", "长", "Long", 2.0)
STORM_SETS = {"mild": (), "long": ("snow.duration_h=14", "snow.total_mm=9")}


def toy(storm: str) -> Scenario:
    """The toy town with everything that varies varying, and no groups beside the machines."""
    names = [spread.quantity for spread in load_scenario("toy_town").around.uncertainty]
    varied = [f"uncertainty.{name}=true" for name in names]
    sets = [*varied, "without=['hauling','hand','frontage']", *STORM_SETS[storm]]
    return load_scenario("toy_town", sets)


def moved(scenario: Scenario) -> Scenario:
    """The depot at another junction."""
    depot, *rest = scenario.resources.depots
    far = max(scenario.road_map.junctions, key=lambda j: abs(j.lon - depot.lon))
    there = replace(depot, lon=far.lon, lat=far.lat)
    return replace(scenario, resources=replace(scenario.resources, depots=(there, *rest)))


def slower(scenario: Scenario) -> Scenario:
    """Every kind of machine drives half as fast, so that the limits of roads bind no more."""
    types = tuple(
        replace(kind, pace=replace(kind.pace, travel_kph=kind.pace.travel_kph / 2))
        for kind in scenario.resources.types
    )
    return replace(scenario, resources=replace(scenario.resources, types=types))


def closed(scenario: Scenario) -> Scenario:
    """A lane is closed: another map."""
    road_map = scenario.road_map
    lane = max(road_map.sections, key=lambda s: s.duty.road_class)
    shut = replace(lane, duty=replace(lane.duty, closed=True))
    sections = tuple(shut if s is lane else s for s in road_map.sections)
    return replace(scenario, road_map=replace(road_map, sections=sections))


MAKE = {
    "today": lambda s: s,
    "copy": lambda s: s,
    "moved": moved,
    "slower": slower,
    "closed": closed,
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Five variants of the toy town, one of them a copy, one on another map, under two storms."""
    scenarios = {
        (name, storm.id): make(toy(storm.id))
        for name, make in MAKE.items()
        for storm in (MILD, LONG)
    }
    variants = tuple(Variant(name, name, name) for name in MAKE)
    question = Question(("open_last/all",))
    return Comparison("toy", "", "", variants, "today", (MILD, LONG), scenarios, question)


@pytest.fixture(scope="module")
def jobs(comparison: Comparison) -> list[Job]:
    """Every variant and storm, twice."""
    return [*comparison.jobs(0), *comparison.jobs(1)]


@pytest.fixture(scope="module")
def fresh(comparison: Comparison, jobs: list[Job]) -> dict[Job, str]:
    """Each job in a city of its own."""
    return {job: replicate(build_city(comparison), job).payload() for job in jobs}


def all_in(city: City, jobs: list[Job]) -> dict[Job, str]:
    """Jobs one after the other in one city."""
    return {job: replicate(city, job).payload() for job in jobs}


def test_a_warm_city_gives_what_a_fresh_one_gives(
    comparison: Comparison, jobs: list[Job], fresh: dict[Job, str]
) -> None:
    """In order, and backwards when all travel times are known: byte for byte."""
    city = build_city(comparison)
    assert all_in(city, jobs) == fresh
    assert all_in(city, jobs[::-1]) == fresh


def test_the_variants_differ_but_for_the_copy(fresh: dict[Job, str], jobs: list[Job]) -> None:
    """A copy does the same to the last event and has the same figures; any other does not."""
    for job in jobs:
        here = Replication.from_payload(fresh[job])
        base = Replication.from_payload(fresh[job._replace(variant="today")])
        same = job.variant in ("today", "copy")
        assert (here.events_sha256 == base.events_sha256) is same
        assert (replace(here, job=base.job) == base) is same


def test_run_seeds_differ(fresh: dict[Job, str], comparison: Comparison) -> None:
    """Replication 0 and 1 of every variant and storm meet other draws."""
    for first, second in zip(comparison.jobs(0), comparison.jobs(1), strict=True):
        one, other = (Replication.from_payload(fresh[job]) for job in (first, second))
        assert one.events_sha256 != other.events_sha256


def test_equal_maps_share_one_network(comparison: Comparison) -> None:
    """Ten scenarios, each with a map object of its own, on two maps: two networks."""
    city = build_city(comparison)
    assert len({id(s.road_map) for s in comparison.scenarios.values()}) > 2
    grounds = {id(ground): ground for ground in city.grounds.values()}
    assert len(grounds) == 2
    for key, scenario in comparison.scenarios.items():
        found: RoadMap = city.grounds[key].network.road_map
        assert found == scenario.road_map


def test_travel_times_are_kept_by_the_fastest_machine(comparison: Comparison) -> None:
    """Ways of the slower fleet stand beside those of today's, by its fastest machine."""
    city = build_city(comparison)
    for name in ("today", "moved", "slower"):
        replicate(city, Job(name, "mild", 1))
    roads = city.grounds["today", "mild"].roads
    speeds = sorted({shape[0] for shape in roads})
    assert len(speeds) == 2
    assert 2 * speeds[0] == speeds[1]


def test_a_payload_survives_the_store(fresh: dict[Job, str]) -> None:
    """Written, read and written again it is the same line, without timings or odd numbers."""
    for job, text in fresh.items():
        found = Replication.from_payload(text)
        assert found.job == job
        assert found.payload() == text
        assert "\n" not in text
        assert all(value is None or round(value, 3) == value for value in found.values.values())


READ = """
import pickle, sys
from snowplan.experiments.replicating import build_city, replicate
comparison, jobs = pickle.load(open(sys.argv[1], "rb"))
city = build_city(comparison)
sys.stdout.reconfigure(encoding="utf-8", newline="\\n")
print("\\n".join(replicate(city, job).payload() for job in jobs))
"""


@pytest.mark.slow
def test_another_process_with_another_hash_seed(
    comparison: Comparison, jobs: list[Job], fresh: dict[Job, str], tmp_path: Path
) -> None:
    """Hashes of texts differ there, and the time zone; the figures do not."""
    given = tmp_path / "given"
    given.write_bytes(pickle.dumps((comparison, jobs)))
    env = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "America/New_York"}
    told = subprocess.run(
        [sys.executable, "-c", READ, str(given)], env=env, capture_output=True, check=True
    )
    assert told.stdout.decode("utf-8").splitlines() == [fresh[job] for job in jobs]
