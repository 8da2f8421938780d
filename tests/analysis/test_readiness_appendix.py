"""The appendix of a readiness report: what it is a function of, and the items of STRESS-DES."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from snowplan.analysis.readiness_appendix import appendix
from snowplan.analysis.readiness_stress_words import STRESS
from snowplan.results.reading import RunRecord
from snowplan.results.ready_run import ItemTime
from tests.analysis.ready_cases import given_of, run, seen
from tests.planning.plans import depot, with_resources
from tests.simulation.towns import ploughs, snow, street, town

LEDGER = {name: {"residual": 0} for name in ("snow", "deicer", "machines", "groups")}


@pytest.fixture
def told(tmp_path: Path) -> dict[str, Any]:
    """The appendix of two runs of a town with two depots."""
    scenario = town([street("s", "a", "b", 100.0)], ploughs(3), snow((1, 1000), (3, 0)))
    scenario = with_resources(scenario, depots=(*scenario.resources.depots, depot("centre")))
    scenario = replace(scenario, inputs=(("b.csv", "22"), ("a.csv", "11")))
    (tmp_path / "ledger.json").write_text(json.dumps(LEDGER), encoding="utf-8")
    given = given_of(
        {"light": scenario},
        references={"light": RunRecord(tmp_path, {})},
        tags={"A": 3, "N": 4},
        assumptions=[{"where": "map", "rows": 5}, {"where": "plan", "rows": 3}],
        inputs=(("a.csv", "11"), ("seeds/readiness.toml", "33")),
    )
    limits = {
        "open/main": ItemTime(8.0, 1.0, 0, 1, False), "haul/main": ItemTime(8.0, -1.0, 0, 0, False),
    }  # fmt: skip
    runs = [run("light", seed, limits=limits) for seed in (4, 3)]
    return appendix(seen(given, runs))


def test_the_appendix_names_files_texts_seeds_and_ledgers(told: dict[str, Any]) -> None:
    """Files once and by name, run seeds in order, every account with its residual."""
    assert [row["file"] for row in told["inputs"]] == ["a.csv", "b.csv", "seeds/readiness.toml"]
    assert told["seeds"] == {"light": [3, 4]}
    assert told["scenario_toml"] == {"light": 'name = "light"\n'}
    assert told["ledgers"] == {"light": LEDGER}
    assert told["tags"] == {"A": 3, "N": 4}


def test_every_item_of_the_reporting_list_is_answered(told: dict[str, Any]) -> None:
    """The 24 items of STRESS-DES in order, in both languages, with nothing left to fill in."""
    parts = {1: 3, 2: 4, 3: 4, 4: 3, 5: 4, 6: 1}
    items = [f"{part}.{k}" for part, n in parts.items() for k in range(1, n + 1)]
    place = items.index("2.4") + 1
    items[place:place] = [f"2.5.{k}" for k in range(1, 6)]
    assert [row["item"] for row in told["stress"]] == items
    assert len({row["key"] for row in told["stress"]}) == len(items) == 24
    for row in told["stress"]:
        assert row["text_zh"].endswith("。")
        assert row["text_en"].endswith(".")
        assert not re.search(r"[{}]|None", row["text_zh"] + row["text_en"])


def test_the_answers_have_the_figures_of_the_study(told: dict[str, Any]) -> None:
    """One section, three machines, two depots of a bay each, 2 mm in 2 h, two runs, 7 facts."""
    said = {row["key"]: row["text_en"] for row in told["stress"]}
    zh = {row["key"]: row["text_zh"] for row in told["stress"]}
    assert (
        "1 sections that the centre clears (of 1, with 2 junctions), 3 machines"
        in (said["entities"])
    )
    assert "2 depots with 2 bays" in said["resources"]
    assert "By hand (2 mm in 2 h)" in said["aims"]
    assert "手算（2 mm，2 h）" in zh["aims"]
    assert "7 rows of given facts, each with source and tag, 3 of them assumed" in said["sources"]
    assert "; 5 more are assumptions of the map." in said["sources"]
    assert "给定数据 7 行，每行有出处和标记，其中假设 3 行；另有路网的假设 5 项。" in zh["sources"]
    assert said["execution"].startswith("2 runs (scenarios 2, envelope 0, reliefs 0, one more 0)")
    assert "(3 to 4 for the scenarios)" in said["random_sampling"]
    assert "snowplan 0.1, Python 3.11, NumPy 2.4" in said["software"]
    assert "schematic" in said["pre_processing"]


def test_both_languages_have_the_same_figures() -> None:
    """Every figure of an answer stands in the Chinese and in the English text."""
    for item, _, zh, en in STRESS:
        names = [set(re.findall(r"{(\w+)", text)) - {"map_zh", "map_en"} for text in (zh, en)]
        assert names[0] == names[1], item


def test_one_figure_is_not_told_as_a_span(told: dict[str, Any]) -> None:
    """Two runs of one scenario of 12 h: 2, not 2—2; limits are those that have a verdict."""
    zh = {row["key"]: row["text_zh"] for row in told["stress"]}
    assert "各情景 2 次" in zh["estimation"]
    assert re.search(r"每次模拟 [0-9.]+ h", zh["run_length"])
    assert zh["outputs"].startswith("1 项时限")
