"""What a readiness report takes from plan and tables, against the plan check and by hand."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from snowplan.inputs.fact_files import Fact, read_facts
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.scenario import Scenario
from snowplan.planning.finding_words import finding_text
from snowplan.planning.ground_facts import Lie
from snowplan.planning.plan_check import plan_findings
from snowplan.planning.readiness_assumptions import assumption_rows, facts_used, tag_counts
from snowplan.planning.readiness_facts import crews_at_once, finding_rows, plan_facts, treatment
from tests.planning.plans import depot, with_plan, with_resources
from tests.simulation.towns import crew, plan, ploughs, snow, street, town

STORM = snow((1, 1000), (3, 0))


@pytest.fixture(scope="module")
def light() -> Scenario:
    """The shipped light snow."""
    return load_scenario("light")


def treated_town(cutoff_c: float = -22.0) -> Scenario:
    """108,000 m² that get 20 g/m² at the -5 °C of the pavement, unless the cut-off is above."""
    rules = plan(dose_g_m2=20.0, spread_classes=("main",))
    rules = replace(rules, doses=replace(rules.doses, cutoff_on=True, cutoff_c=cutoff_c))
    mine = [street(f"m{k}", "a", "b", 3000.0, 9.0, oneway=True) for k in range(4)]
    back = street("back", "b", "a", 3000.0, operator="province")
    return town([*mine, back], ploughs(), STORM, rules=rules, horizon_h=12)


def test_one_treatment_is_area_times_dose_shared_by_stock() -> None:
    """108,000 m² at 20 g/m² are 2.16 t; depots with 20 and 10 t have two thirds and one third."""
    scenario = treated_town()
    depots = (*scenario.resources.depots, depot("centre", 10_000))
    found = treatment({"town": Lie(with_resources(scenario, depots=depots))})
    assert found == {
        "scenario": "town",
        "dose_g_m2": 20.0,
        "pavement_c": -5.0,
        "depot_t": {"depot": 1.44, "depot-centre": 0.72},
    }


def test_in_the_cold_the_next_scenario_that_treats_is_taken_and_none_is_said() -> None:
    """Below the cut-off nothing is spread: the mild one counts; where all are cold, none does."""
    cold, mild = Lie(treated_town(cutoff_c=-4.0)), Lie(treated_town())
    found = treatment({"cold": cold, "mild": mild})
    assert found is not None
    assert found["scenario"] == "mild"
    assert treatment({"cold": cold}) is None
    assert treatment({"town": Lie(with_plan(mild.scenario, treatments=plan().treatments))}) is None


def test_crews_at_one_time_are_counted_over_the_day() -> None:
    """12 h with two crews and 6 h of the same with three more: none, two, five; at least none."""
    crews = (
        crew("plough", "16:00", 12.0, 2),
        crew("plough", "20:00", 6.0, 3),
        crew("spreader", "00:00", 24.0, 1),
    )
    scenario = with_resources(treated_town(), crews=crews)
    assert crews_at_once(scenario) == {"centre": {"plough": (0, 5), "spreader": (1, 1)}}


@pytest.mark.slow
def test_findings_are_those_of_the_check_at_the_grades_of_the_report(light: Scenario) -> None:
    """Of light snow, what the check says of light snow or of no grade, in both languages."""
    mine = [f for f in plan_findings(light) if not f.grades or "light" in f.grades]
    lie = Lie(light)
    rows = finding_rows([lie])
    assert {(row["code"], row["severity"], row["text_zh"], row["text_en"]) for row in rows} == {
        (f.code, f.severity, finding_text(f, "zh"), finding_text(f, "en")) for f in mine
    }
    assert all(row["grades"] in ([], ["light"]) for row in rows)
    assert finding_rows([lie, lie]) == rows  # the same again is told once
    assert {row["about"] for row in rows if row["code"] == "limit_hand"} == {
        f"clearing/{zone}" for zone in ("centre", "east", "north", "south", "west")
    }


def test_every_assumed_fact_of_the_tables_is_in_one_line(light: Scenario) -> None:
    """The lines count as many rows as the tables that the run read have facts tagged A."""
    used = facts_used(light.inputs)
    files = {name for name, _ in light.inputs} | {"seeds/readiness.toml"}
    known = [fact for fact in read_facts() if fact.file in files]
    assert Counter(fact.file for fact in used) == Counter(fact.file for fact in known)
    rows = assumption_rows(used, light)
    assumed = Counter(fact.file for fact in known if fact.tag == "A")
    lines = Counter[str]()
    for row in rows:
        lines[row["file"]] += row["rows"]
    assert all(row["figure"].count(", ") == row["value"].count(", ") for row in rows[:-4])
    assert lines == assumed + Counter({"pingcheng": len(light.road_map.assumed)})
    assert tag_counts(used)["A"] == sum(assumed.values())
    (machines,) = (row for row in rows if row["file"] == "seeds/machines.csv")
    assert machines["rows"] == 140
    assert machines["where"] == "blower-001 … spreader-016"


def test_assumptions_of_the_shipped_tables_have_chinese_words(light: Scenario) -> None:
    """Names of figures but a and b are Chinese, a map's lines and title stand by language, and most
    sources are Chinese: what is told in nobody's words is told as it is."""
    rows = assumption_rows(facts_used(light.inputs), light)
    names = {name for row in rows if "figure_zh" in row for name in row["figure_zh"].split(", ")}
    assert {name for name in names if not re.search("[一-鿿]", name)} <= {"a", "b", "zh"}
    lines = [row for row in rows if row["where"] == "map"]
    assert not any(re.search("[一-鿿]", row["value_en"] + row["source_en"]) for row in lines)
    assert all(" / " not in row["value_zh"] + row["source_zh"] for row in lines)
    chinese = [row for row in rows if re.search("[一-鿿]", row["source_zh"].partition(" from ")[0])]
    assert len(chinese) > 0.9 * len(rows)


def test_alike_rows_of_one_source_are_one_line_with_their_values() -> None:
    """Two depots of one source: bays 2 to 3, one product, two names; another source apart."""

    def fact(number: int, name: str, bays: str, source: str = "guess", tag: str = "A") -> Fact:
        figures = {"id": name, "name": f"库{number}", "bays": bays, "product": "nacl", "kind": ""}
        return Fact("seeds/depots.csv", f"row {number}", figures, source, tag)

    facts = [
        fact(2, "d1", "10"),
        fact(3, "d2", "9"),
        fact(4, "d3", "4", source="other"),
        fact(5, "d4", "4", tag="N"),
    ]
    rows = assumption_rows(facts, treated_town())
    common = {"file": "seeds/depots.csv", "figure": "bays, product",
              "figure_zh": "装料车位, 品种", "figure_en": "bays, product"}  # fmt: skip
    assert rows == [
        {
            **common,
            "where": "d1 … d2",
            "value": "9–10, nacl",
            "source": "guess",
            "rows": 2,
            "source_zh": "guess",
            "source_en": "guess",
        },
        {
            **common,
            "where": "d3",
            "value": "4, nacl",
            "source": "other",
            "rows": 1,
            "source_zh": "other",
            "source_en": "other",
        },
    ]


def test_own_tables_count_only_as_they_were_read(tmp_path: Path) -> None:
    """A user's table beside the scenario is told by its tags; one changed since is left out."""
    table = tmp_path / "own.csv"
    table.write_text("id,bays,source,tag\nd1,2,guess,A\nd2,3,,\n", encoding="utf-8")
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    (fact,) = [f for f in facts_used([("own.csv", digest)], [tmp_path]) if f.file == "own.csv"]
    assert (fact.where, fact.figures["bays"], fact.tag) == ("row 2", "2", "A")
    changed = facts_used([("own.csv", "0" * 64)], [tmp_path])
    assert {f.file for f in changed} == {"seeds/readiness.toml"}


def test_all_that_a_report_takes_goes_by_the_names_of_its_fields() -> None:
    """The keys are fields of what a report is given; needs stand by scenario, zone and kind."""
    from dataclasses import fields

    from snowplan.analysis.readiness_given import Given

    found = plan_facts({"one": treated_town(), "two": treated_town()})
    assert set(found) <= {field.name for field in fields(Given)}
    assert set(found["needed"]) == {"one", "two"}
    assert found["needed"]["one"]["centre"]["plough"] == 1
