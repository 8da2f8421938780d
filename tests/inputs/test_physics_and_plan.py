"""Tables of physics, grades, costs and the plan: what can never be true is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from snowplan.given import given_path
from snowplan.inputs.plan_schema import PlanFile
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.scenario_schema import ScenarioFile
from snowplan.inputs.study_schema import StudyFile
from snowplan.inputs.toml_files import known_keys, line_of
from snowplan.model.fleet import Work
from tests.inputs.studies import change, faults_of, make_study


def spoiled(folder: Path, table: str, old: str, new: str) -> list[str]:
    """The messages after one change to a copy of a given table."""
    path = make_study(folder)
    shutil.copy(given_path("seeds") / table, folder / "tables" / table)
    change(folder / "tables" / table, old, new)
    return faults_of(path)


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("costs.csv", "fuel,,7.5,l", "fuel,,7.5,t", ["column unit: found 't'", "unit of fuel: l"]),
        ("costs.csv", "fuel,,7.5", "feul,,7.5", ["column item: found 'feul'", "mean 'fuel'?"]),
        ("costs.csv", "fuel,,", "fuel,diesel,", ["column kind", "nothing: fuel has no kinds"]),
        ("costs.csv", "machine,plough", "machine,plow", ["found 'plow'", "mean 'plough'?"]),
        ("costs.csv", "deicer,nacl", "deicer,salt", ["no row for deicer nacl", "a price of nacl"]),
        (
            "uncertainty.csv",
            "failure,h,exponential",
            "failure,h,weibull",
            ["column distribution: found 'weibull'", "exponential"],
        ),
        ("uncertainty.csv", "failure,h,", "failure,min,", ["column unit", "unit of failure: h"]),
        ("uncertainty.csv", "lognormal,4,0.5", "lognormal,4,50", ["column b: found 50", "most 5"]),
        ("uncertainty.csv", "normal,1,0.05", "normal,1,1e9", ["column a and b", "within ±1e+06"]),
        ("uncertainty.csv", "exponential,440", "exponential,0", ["column a: found 0", "above 0"]),
        ("uncertainty.csv", "normal,1,0.05", "normal,1,-0.05", ["column b: found -0.05"]),
        ("uncertainty.csv", "normal,1,0.05", "normal,1,", ["column b", "parameter of normal"]),
        ("uncertainty.csv", "normal,1,0.05", "uniform,1,0.5", ["column b", "at least a, 1"]),
        ("uncertainty.csv", "0.05,0.8,1.2", "0.05,1.8,1.2", ["column upper", "lower, 1.8"]),
        ("uncertainty.csv", "repair,h", "repare,h", ["found 'repare'", "did you mean 'repair'?"]),
        ("traffic.csv", "main,7,", "main,24,", ["column hour: found '24'", "from 0 to 23"]),
        ("traffic.csv", "main,7,", "main,8,", ["each once; a duplicate of row"]),
        ("traffic.csv", "main,7,500,0.7", "main,7,500,1.7", ["column travel_factor"]),
        (
            "snow_grades.csv",
            "heavy,大雪,3.0",
            "heavy,大雪,0.9",
            ["found '0.9'", "1 mm of moderate"],
        ),
        ("snow_grades.csv", "heavy,", "hevy,", ["found 'hevy'", "did you mean 'heavy'?"]),
        ("deicers.csv", "nacl,氯化钠,-2,", "nacl,氯化钠,-1.1,", ["duplicate of row 2"]),
        ("machine_types.csv", ",7000,", ",0,", ["column capacity_kg: found 0", "work spread"]),
        ("machine_types.csv", "0,0,0,10,", "0,0,0,0,", ["column layer_mm", "grade_packed"]),
        ("machine_types.csv", "50,0,expressway ", "50,0,motorway ", ["found 'motorway'"]),
        ("physics.toml", "factor = 0.65", "factor = 1.65", ["key travel_regimes.rows.2.factor"]),
        ("physics.toml", "= 30.0, factor", "= 3.0, factor", ["from_depth_mm rising from 0"]),
        ("physics.toml", "film_mm", "flim_mm", ["key packing.flim_mm", "did you mean 'film_mm'?"]),
        ("physics.toml", 'tag = "M"', 'tag = "Q"', ["key new_snow.cold.tag: found 'Q'", "S, G, N"]),
        (
            "contingency_plan.toml",
            '"hauling", "rural"',
            '"hauling", "rurl"',
            ["key treatments.moderate.groups: found 'rurl'", "did you mean 'rural'?"],
        ),
        (
            "contingency_plan.toml",
            "from_c = -2.0",
            "from_c = 2.0",
            ["key doses.table.rows", "from warm to cold"],
        ),
        (
            "contingency_plan.toml",
            'stage = "open", class = "main"',
            'stage = "open", class = "mian"',
            ["key order.rows.2.class: found 'mian'", "did you mean 'main'?"],
        ),
        ("contingency_plan.toml", 'from = "22:00"', 'from = "24:30"', ["call_out.night.from"]),
        ("contingency_plan.toml", "max_shift_h = 12.0", "max_shift_h = 0", ["above 0"]),
        ("contingency_plan.toml", "[limits.lane.heavy]", "[limits.lane.hevy]", ["mean 'heavy'?"]),
    ],
)
def test_one_fault_in_a_given_table(
    tmp_path: Path, table: str, old: str, new: str, words: list[str]
) -> None:
    """One wrong figure is told in the words that name it, with the table's name and place."""
    faults = spoiled(tmp_path, table, old, new)
    told = [fault for fault in faults if all(word in fault for word in words)]
    assert len(told) == 1, faults
    assert told[0].startswith(f"tables/{table}")


def test_failure_asks_for_repair(tmp_path: Path) -> None:
    """What breaks is mended: without a row of repair nobody could say when."""
    path = make_study(tmp_path)
    lines = given_path("seeds/uncertainty.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("repair,")]
    (tmp_path / "tables/uncertainty.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    (fault,) = faults_of(path)
    assert "found 'failure without repair'; expected a row of repair" in fault


def test_a_missing_hour_of_traffic_is_named(tmp_path: Path) -> None:
    """Without the row of 07:00 on main roads, that hour is told."""
    path = make_study(tmp_path)
    table = tmp_path / "tables/traffic.csv"
    lines = given_path("seeds/traffic.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("main,7,")]
    table.write_text("\n".join(kept) + "\n", encoding="utf-8")
    (fault,) = faults_of(path)
    assert "no row for main, hour 7" in fault


def test_a_missing_price_is_named(tmp_path: Path) -> None:
    """Without a price of fuel, that is told."""
    path = make_study(tmp_path)
    lines = given_path("seeds/costs.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("fuel,")]
    (tmp_path / "tables/costs.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    (fault,) = faults_of(path)
    assert "found 'no fuel'; expected a price" in fault


def test_a_switch_for_a_row_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A table without failures cannot have them switched on in silence."""
    path = make_study(tmp_path)
    change(path, "scenarios/toy_town.toml", "scenarios/heavy.toml")
    change(path, "[snow]", 'map = "maps/toy_town"\n[snow]')
    lines = given_path("seeds/uncertainty.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("failure,")]
    (tmp_path / "tables/uncertainty.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    (fault,) = faults_of(path)
    assert "key uncertainty.failure: found 'a change to no row'" in fault


def test_a_user_s_own_plan_is_read(tmp_path: Path) -> None:
    """`plan = "my.toml"` and changes to it go together."""
    text = given_path("seeds/contingency_plan.toml").read_text(encoding="utf-8")
    (tmp_path / "my.toml").write_text(text.replace("clean_depth_mm = 5", "clean_depth_mm = 6"))
    path = make_study(tmp_path)
    change(path, "[snow]", 'plan = "my.toml"\n[snow]')
    assert load_scenario(path).plan.thresholds.clean_depth_mm == 6
    changed = load_scenario(path, ["plan.thresholds.clean_depth_mm=7"])
    assert changed.plan.thresholds.clean_depth_mm == 7
    assert ("plan.thresholds.clean_depth_mm", "6", "7") in changed.differences


def test_the_sequence_of_work_follows_the_grade() -> None:
    """小雪 brushes alone; 中雪 plough, then brush; 大雪 and above also grade packed snow."""
    treatments = load_scenario("heavy").plan.treatments
    assert [row.sequence for row in treatments] == [
        (Work.BRUSH,),
        (Work.PLOUGH, Work.BRUSH),
        (Work.PLOUGH, Work.GRADE, Work.BRUSH),
        (Work.PLOUGH, Work.GRADE, Work.BRUSH),
    ]
    assert [row.level for row in treatments] == ["IV", "III", "II", "I"]


def test_a_brush_slows_to_5_kph_at_its_ceiling() -> None:
    """15 km/h ÷ (1 + k (inches - 1)) at 50 mm is the 5 km/h that depth_k was set for."""
    types = {kind.kind: kind for kind in load_scenario("heavy").resources.types}
    pace, ceiling = types["roller_brush"].pace, types["roller_brush"].tool.ceiling_mm
    assert pace.main_kph / (1 + pace.depth_k * (ceiling / 25.4 - 1)) == pytest.approx(5, abs=0.02)


def test_a_key_is_found_on_its_line() -> None:
    """Keys in tables, dotted keys, and the table itself where the key is not there."""
    text = 'a = 1\n\n[snow]\n# total_mm = 0\ntotal_mm = 4\nmapping.time = "t"\n[[forecast]]\n'
    assert line_of(text, ["a"]) == 1
    assert line_of(text, ["snow", "total_mm"]) == 5
    assert line_of(text, ["snow", "mapping", "time"]) == 6
    assert line_of(text, ["snow", "air_c"]) == 3
    assert line_of(text, ["nothing"]) is None


def test_a_key_is_found_in_its_row_of_a_list_of_tables() -> None:
    """Rows are counted, tables inside them too; quoted keys may hold any letter."""
    text = (
        "[[storm]]\nid = 1\n[storm.snow]\nair_c = 2\n[[storm]]\nid = 3\n"
        '[storm.snow]\nair_c = 4\n[half]\n"a.b/c" = 5\n'
    )
    assert line_of(text, ["storm"]) == 1
    assert line_of(text, ["storm", "0", "id"]) == 2
    assert line_of(text, ["storm", "0", "snow", "air_c"]) == 4
    assert line_of(text, ["storm", "1", "id"]) == 6
    assert line_of(text, ["storm", "1", "snow", "air_c"]) == 8
    assert line_of(text, ["storm", "1", "snow", "total_mm"]) == 7
    assert line_of(text, ["storm", "1", "weight"]) == 5
    assert line_of(text, ["half", "a.b/c"]) == 10


def test_known_keys_are_found_in_lists_and_tables() -> None:
    """The schema is asked at any depth, past the numbers of rows."""
    assert "issued" in known_keys(ScenarioFile, ["forecast", 0])
    assert known_keys(PlanFile, ["order", "rows", 3]) == ["stage", "class"]
    assert known_keys(ScenarioFile, ["name", "deeper"]) == []
    assert "bays" in known_keys(StudyFile, ["variant", 0, "depots", "depot-x"])


def test_schemas_of_scenarios_refuse_what_the_reader_refuses() -> None:
    """Every table of the printed schema refuses unknown keys, as the reader does."""
    for model in (ScenarioFile, PlanFile):
        tables = json.loads(json.dumps(model.model_json_schema()))["$defs"]
        assert all(table["additionalProperties"] is False for table in tables.values())
