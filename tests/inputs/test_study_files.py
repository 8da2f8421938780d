"""Studies: what their scenarios are composed of, what variants share, what is written out."""

from __future__ import annotations

import hashlib
import pickle
import tomllib
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from unittest.mock import Mock

import pytest

from snowplan.clock import Clock
from snowplan.errors import UseError
from snowplan.given import given_path, study_names
from snowplan.inputs import map_files
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.study_files import load_study
from snowplan.model.comparison import Comparison
from snowplan.model.places import distance_m
from snowplan.model.scenario import Scenario
from snowplan.planning.storms import design_storms

STUDY = """\
name = "mine"
title = "试验"
base = "mine.toml"
baseline = "today"
replications = 4
cap = 9
run_seed = 11

[question]
decide = ["open_last/all", "exposure"]
half_width = { "open_last/all" = 0.5 }

[changes]
without = ["hauling"]
horizon_h = 20

[[storm]]
id = "mild"
title = "中雪"

[[storm]]
id = "cold"
title = "严寒"
title_en = "Cold"
weight = 2.5
apply = ["cold"]

[storm.snow]
total_mm = 5

[[storm]]
id = "wet"
title = "三月"
scenario = "datong_wet_march"

[[variant]]
id = "today"
title = "现有"

[[variant]]
id = "two"
title = "两处"

[variant.depots.depot-east]
name = "东门"
zone = "east"
lon = 113.014088
lat = 40.0
bays = 2
loading_kg_per_min = 350
product = "nacl"

[[variant]]
id = "north"
title = "北移，改预案"
shift_m = { east = 100, north = 200 }

[variant.changes.switches]
main_first = false
"""
BASE = """\
extends = "scenarios/toy_town.toml"
name = "mine"
title = "我的镇"
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study beside the scenario that it starts from."""
    (tmp_path / "mine.toml").write_text(BASE, encoding="utf-8")
    path = tmp_path / "mine_study.toml"
    path.write_text(STUDY, encoding="utf-8")
    return path


def apart_from(scenario: Scenario, *names: str) -> dict[str, object]:
    """The parts of a scenario by name, without some."""
    parts = (field.name for field in fields(Scenario) if field.name not in names)
    return {name: getattr(scenario, name) for name in parts}


def test_the_question_and_the_numbers_are_those_of_the_file(study: Path) -> None:
    """Names, storms with weights, measures, run seed, replications and cap."""
    found = load_study(study)
    assert (found.name, found.title, found.title_en) == ("mine", "试验", "试验")
    assert [(s.id, s.title_en, s.weight) for s in found.storms] == [
        ("mild", "中雪", 1.0), ("cold", "Cold", 2.5), ("wet", "三月", 1.0),
    ]  # fmt: skip
    assert found.question.decide == ("open_last/all", "exposure")
    assert found.question.half_width == {"open_last/all": 0.5}
    assert (found.replications, found.cap, found.run_seed) == (4, 9, 11)
    assert len(found.jobs(0)) == 9
    assert {job.run_seed for job in found.jobs(3)} == {14}


def test_replications_asked_for_are_fixed_unless_a_cap_goes_with_them(study: Path) -> None:
    """By default the file's; a number alone is both; less than one is no use."""
    fixed = load_study(study, replications=20)
    assert (fixed.replications, fixed.cap) == (20, 20)
    both = load_study(study, replications=2, cap=30)
    assert (both.replications, both.cap) == (2, 30)
    for wrong in ({"replications": 0}, {"cap": 3}):
        with pytest.raises(UseError, match="at most the cap"):
            load_study(study, **wrong)


def test_a_scenario_is_its_base_with_the_changes_of_study_storm_and_variant(study: Path) -> None:
    """The same scenarios as by `--set`, over the base file, for a variant with the same depots."""
    found = load_study(study)
    base = study.parent / "mine.toml"
    sets = ['without=["hauling"]', "horizon_h=20"]
    mild = load_scenario(base, sets, run_seed=11)
    assert found.scenarios["today", "mild"] == mild
    cold = load_scenario(base, [*sets, "overrides=cold", "snow.total_mm=5"], run_seed=11)
    parts = apart_from(cold, "differences")
    assert apart_from(found.scenarios["today", "cold"], "differences") == parts
    assert set(found.scenarios["today", "cold"].differences) == set(cold.differences)
    assert (
        found.scenarios["north", "mild"].plan
        == load_scenario(base, ["switches.main_first=false"]).plan
    )


def test_a_storm_can_be_another_scenarios_weather(study: Path) -> None:
    """The snow, the start and the horizon of the March storm; machines and roads of the base."""
    found = load_study(study).scenarios["today", "wet"]
    march = load_scenario("datong_wet_march")
    assert found.around.snowfall.actual == march.around.snowfall.actual
    assert (found.study.clock, found.study.horizon_ms) == (
        Clock(march.study.clock.start, march.study.clock.zone_name), march.study.horizon_ms,
    )  # fmt: skip
    assert found.road_map.name == "toy_town"
    assert ("snow.total_mm", "4", "10.1") in found.differences


def test_all_scenarios_share_one_map_and_read_it_once(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nine scenarios, one road map, also after the way to another process."""
    reads = Mock(wraps=map_files.read_map)
    monkeypatch.setattr(map_files, "read_map", reads)
    found = load_study(study)
    assert reads.call_count == 1
    assert len({id(scenario.road_map) for scenario in found.scenarios.values()}) == 1
    sent: Comparison = pickle.loads(pickle.dumps(found))
    assert len({id(scenario.road_map) for scenario in sent.scenarios.values()}) == 1
    assert sent == found


def test_variants_have_their_depots_and_tell_the_differences(study: Path) -> None:
    """20 t in one place or 10 t in each of two; all moved by 100 m east and 200 m north."""
    found = load_study(study)
    today, two, north = found.variants
    assert today.differences == ()
    assert [(d.id, d.stock_kg, d.bays) for d in two.depots] == [
        ("depot-centre", 10_000, 1), ("depot-east", 10_000, 2),
    ]  # fmt: skip
    assert ("depots.depot-centre.stock_kg", "20000", "10000") in two.differences
    assert ("depots.depot-east", "", "东门") in two.differences
    assert [row for row in north.differences if row[0] == "switches.main_first"] == [
        ("switches.main_first", "true", "false")
    ]
    (old,), (new,) = today.depots, north.depots
    assert distance_m((old.lon, old.lat), (new.lon, old.lat)) == pytest.approx(100, abs=0.02)
    assert distance_m((old.lon, old.lat), (old.lon, new.lat)) == pytest.approx(200, abs=0.02)
    for variant in found.variants:
        for storm in found.storms:
            assert found.scenarios[variant.id, storm.id].resources.depots == variant.depots


def test_stated_columns_come_after_the_shift(study: Path) -> None:
    """A depot with a latitude of its own has it, whatever the others are shifted by."""
    text = STUDY.replace("[variant.changes.switches]", "[variant.depots.depot-centre]")
    study.write_text(text.replace("main_first = false", "lat = 40.0"), encoding="utf-8")
    (depot,) = load_study(study).variants[2].depots
    assert depot.lat == 40.0
    assert depot.lon > 113.0


def test_inputs_are_all_files_with_their_hashes(study: Path) -> None:
    """The study, the base beside it, what that extends, map and tables; no path of a machine.

    A scenario's own inputs leave the study's file out: other variants in it change nothing there.
    """
    found = load_study(study)
    inputs = dict(found.inputs)
    assert inputs["mine_study.toml"] == hashlib.sha256(study.read_bytes()).hexdigest()
    assert {"mine.toml", "scenarios/base.toml", "maps/toy_town/map.toml"} <= set(inputs)
    assert "scenarios/datong_wet_march.toml" in inputs
    assert not [name for name in inputs if Path(name).is_absolute()]
    own = dict(found.scenarios["today", "mild"].inputs)
    assert "mine_study.toml" not in own
    assert "scenarios/datong_wet_march.toml" not in own
    assert own == dict(load_scenario(study.parent / "mine.toml").inputs)


@pytest.mark.parametrize("name", ["mine", "toy_depots"])
def test_the_resolved_study_says_the_same_from_anywhere(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Written out, put elsewhere and read again: the same scenarios, variants and question."""
    found = load_study(study if name == "mine" else name)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    copy = tmp_path / "elsewhere" / "study.toml"
    copy.write_text(found.toml, encoding="utf-8")
    again = load_study(copy)
    left_out = ("differences", "inputs")  # told against the base as it is written out now
    for key, scenario in found.scenarios.items():
        there = apart_from(again.scenarios[key], *left_out)
        assert there == apart_from(scenario, *left_out)
    assert again.variants == found.variants
    assert replace(again, scenarios={}, inputs=()) == replace(found, scenarios={}, inputs=())


@cache
def shipped(name: str) -> Comparison:
    """A shipped study, by its Chinese title."""
    text = given_path(f"scenarios/studies/{name}.toml").read_text(encoding="utf-8")
    return load_study(str(tomllib.loads(text)["title"]))


def test_every_shipped_study_loads_by_its_title() -> None:
    """Each is sound and found by its Chinese title; other tests load them by name."""
    assert {"depot_placement", "toy_depots"} <= set(study_names())
    for name in study_names():
        found = shipped(name)
        assert found.name == name
        assert found.source
        assert len(found.variants) >= 3


@pytest.mark.parametrize("name", study_names())
def test_storms_are_called_by_the_grade_of_their_snow(name: str) -> None:
    """The title of a shipped storm begins with the grade of its 12 h and 24 h as stated."""
    found = shipped(name)
    for storm in found.storms:
        scenario = found.scenarios[found.baseline, storm.id]
        *_, own = design_storms(scenario)
        (row,) = (row for row in scenario.around.grade_rows if row.grade == own.grade)
        assert storm.title.startswith(row.zh), (storm.id, row.zh)


def test_the_shipped_placements_are_those_of_the_issue() -> None:
    """Five, four, six and five depots; 300 t in each; all machines of a zone still in it."""
    found = shipped("depot_placement")
    assert [len(variant.depots) for variant in found.variants] == [5, 4, 6, 5]
    assert {sum(d.stock_kg for d in v.depots) for v in found.variants} == {300_000}
    counts = []
    for variant in found.variants:
        resources = found.scenarios[variant.id, "moderate"].resources
        zone_of = {depot.id: depot.zone for depot in resources.depots}
        counts.append(sorted((m.zone or zone_of[m.depot], m.kind) for m in resources.machines))
    assert counts == [counts[0]] * 4
    assert found.cap >= found.replications >= 36
    north, south = found.variants[0].depots[2], found.variants[3].depots[2]
    assert distance_m((north.lon, north.lat), (south.lon, south.lat)) == pytest.approx(1500, 1e-4)
