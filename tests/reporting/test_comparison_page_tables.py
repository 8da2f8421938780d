"""The page tells what each variant is, which limits it meets, and how to have it again."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from snowplan.reporting.comparison_page_tables import limits_table, variants_table
from snowplan.reporting.comparison_page_words import page_words
from snowplan.reporting.comparison_variants import depot_name, listed, what_it_is
from tests.reporting.comparison_report_fixture import DECIDE, KEYS, made_up, placement
from tests.results.synthetic import grid_roads


def depot(name: str, zone: str, **other: Any) -> dict[str, Any]:
    """A depot on the equator, where a ten-thousandth of a degree is 11.12 m either way."""
    place = {"lon": 0.0, "lat": 0.0, "bays": 2, "stock_kg": 60_000, "product": "nacl"}
    return {"id": name, "name": f"{zone}储备点", "zone": zone} | place | other


def variant(name: str, depots: list[dict[str, Any]], *differences: list[str]) -> dict[str, Any]:
    """A variant with these depots."""
    return {"id": name, "title": name, "depots": depots, "differences": list(differences)}


TODAY = [depot("depot-north", "north"), depot("depot-south", "south"), depot("depot-west", "west")]
GONE = [
    ["depots.depot-west", "west储备点", ""], ["depots.depot-north.stock_kg", "60000", "90000"],
]  # fmt: skip
CASES = [
    (variant("v", TODAY), "与基准布局相同", "as the baseline"),
    (
        variant("v", [one | {"stock_kg": 90_000} for one in TODAY[:2]], *GONE),
        "撤销west储备点；其余每点存量 60 → 90 t",
        "given up: West depot; each of the others: stock 60 → 90 t",
    ),
    (
        # 0.01° = 1111.95 m along the equator and as much across it.
        variant("v", [TODAY[0] | {"lon": 0.01, "lat": -0.01}, *TODAY[1:]]),
        "north储备点东南移 1.6 km",
        "North depot moved 1.6 km south-east",
    ),
    (
        variant("v", [one | {"lat": -0.001} for one in TODAY]),
        "每点南移 111 m",
        "each moved 111 m south",
    ),
    (
        variant("v", [*TODAY, depot("depot-new", "south", bays=1, stock_kg=45_500)]),
        "新设south储备点（南区，45.5 t，1 个车位）",
        "new: new depot (South, 45.5 t, bays: 1)",
    ),
    (
        variant("v", [TODAY[0] | {"bays": 4}, *TODAY[1:]], ["crews.night", "3", "5"]),
        "north储备点车位 2 → 4；crews.night：3 → 5",
        "North depot: bays 2 → 4; crews.night: 3 → 5",
    ),
]


@pytest.mark.parametrize(("changed", "zh", "en"), CASES)
def test_a_variant_is_told_by_what_is_other(changed: dict[str, Any], zh: str, en: str) -> None:
    """Given up, new, moved how far and where to, tonnes and bays; whatever else by its key."""
    report = {"baseline": "today", "variants": [variant("today", TODAY), changed]}
    assert what_it_is(report, changed, "zh") == zh
    assert what_it_is(report, changed, "en") == en


def test_other_sites_are_named_by_their_roads_and_zones() -> None:
    """Where no depot stays all are named; English has no names of junctions but their ids."""
    site = depot("a-lu+b-jie", "south") | {"name": "甲路×乙街"}
    other = depot("c-lu+d-jie", "north") | {"name": "丙路×丁街"}
    report = {"baseline": "today", "variants": [variant("today", TODAY)]}
    told = what_it_is(report, variant("v", [site, other]), "zh")
    assert told == "另选 2 点：甲路×乙街（南区）、丙路×丁街（北区）"
    assert depot_name(site, "en") == "A Lu × B Jie"


def test_what_all_names_end_with_stands_once() -> None:
    """Whole words of English; never half a bracket, and nothing of a single name."""
    assert listed(["中区储备点", "东区储备点"], "zh") == "中、东区储备点"
    assert listed(["Centre depot", "East depot"], "en") == "Centre, East depot"
    assert listed(["West", "East"], "en") == "West, East"
    assert listed(["甲路（南区）", "乙路（南区）"], "zh") == "甲路（南区）、乙路（南区）"
    assert listed(["中区储备点"], "zh") == "中区储备点"


def test_a_row_a_variant_with_its_tonnes_bays_and_waits() -> None:
    """Today 4 depots of 2 bays, 40 t each and 20 t more: 180 t; 4 × 1.25 h and 4 × 0.3 times."""
    report = made_up(grid_roads(4))
    report["depots"]["today"][1] |= {"loading_wait_h": 2.25}
    shown = report["variants"][1:3]
    table = variants_table(report, shown, "zh", full=True)
    assert table["rows"][0][2:] == [["180"], ["8"], ["6.0"], ["1.2"]]
    assert (
        table["rows"][0][1][1]
        == "等装料最多：east储备点（2.2 h）；缺料最多：centre储备点（0.3 次）"
    )
    assert [len(row) for row in table["rows"]] == [6] * 3
    brief = variants_table(report, shown, "zh", full=False)
    assert [len(row[1]) for row in brief["rows"]] == [1] * 3


def test_ranks_of_models_and_simulation_stand_side_by_side() -> None:
    """South is second by the model and first by simulation; a variant of no proposal has none."""
    report = made_up(grid_roads(4)) | {"placement": placement()}
    rows = variants_table(report, report["variants"][1:], "en", full=False)["rows"]
    told = {row[0][0]: [cell[0] for cell in row[-2:]] for row in rows}
    assert told["Shifted south"] == ["4.50", "2 / 1"]
    assert told["Four, centre closed"] == ["–", "– / –"]


def test_limits_are_runs_of_runs_with_their_interval() -> None:
    """39 of 40 today and 35 with four depots; two runs that cannot know are told as a span.

    What all runs met stands below the table, in which it has no row.
    """
    report = made_up(grid_roads(4))
    for row in report["limits"]:
        if (row["variant"], row["storm"], row["zone"]) == ("four", "heavy_cold", None):
            row["unknown"] = 2 if row["aspect"] == "clean" and row["road_class"] == "main" else 0
    table = limits_table(report, report["variants"][1:2], "zh", full=True)
    assert [row[0][0] for row in table["rows"]] == [
        "中雪（-3 °C）：主干路净路 24 h", "大雪（-12 °C）：主干路净路 24 h",
    ]  # fmt: skip
    assert table["rows"][0][1][0].startswith("39/40 [")
    assert table["rows"][0][2][0].startswith("35/40 [")
    assert table["rows"][1][2][0].startswith("35 至 37/40 [")
    assert any("主干路" in line and "通行" in line for line in table["below"])


def test_the_page_says_what_it_leaves_out() -> None:
    """Of 16 deciding measures 8 have a row and 6 a panel; of 5 maps 4 are drawn."""
    report = made_up(grid_roads(4)) | {"decide": KEYS[:16]}
    words = page_words(report, "zh", variants=4, notes=True)
    assert "另有 8 项决定性指标见 comparison.xlsx。" in words["table"]["below"]
    assert words["forest_head"] == "差别与区间（另有 10 项见上表）"
    assert words["maps_head"] == "何时通行（中雪（-3 °C），各次推演的中位；另有 1 个方案未画）"
    few = page_words(report | {"decide": DECIDE}, "en", variants=3, notes=True)
    assert few["forest_head"] == "Differences with intervals"


def test_the_foot_gives_the_command_again() -> None:
    """As it was given, with the version, run seed and digest; without one, that of the study."""
    report = made_up(grid_roads(4))
    command = "snowplan plan depots heavy --best 2 --replications 4"
    foot = page_words(report | {"command": command}, "en", variants=1, notes=True)["foot"]
    assert command in foot
    assert report["digest"][:12] in foot
    bare = copy.deepcopy(report)
    assert (
        "snowplan compare depot_placement" in page_words(bare, "zh", variants=1, notes=True)["foot"]
    )
