"""What the pages say of studies: one that runs, every key, every measure with its unit."""

from __future__ import annotations

import re
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest

from snowplan.analysis.comparison_report import report
from snowplan.given import given_path, study_names
from snowplan.inputs.study_files import load_study
from snowplan.inputs.study_schema import (
    DepotTable,
    QuestionTable,
    ShiftTable,
    StormCaseTable,
    StudyFile,
    VariantTable,
)
from snowplan.model.comparison import Question
from snowplan.model.measures import KINDS, OF_ZONE, SHARES, WHOLE
from tests.analysis.synthetic import comparison_of, run, runs_of
from tests.test_house import ROOT

TABLES = (StudyFile, QuestionTable, StormCaseTable, VariantTable, ShiftTable, DepotTable)
MEASURES = {"users.md": "| 指标 measure |", "comparing.md": "| key | unit |"}
UNITS = {"l": "L", "mm_h": "mm·h", "share": "0–1", "cny": "元", "times": "次", "percent": "%"}
UNITS_EN = UNITS | {"share": "0 or 1", "cny": "yuan", "times": "times"}


@cache
def page(name: str) -> str:
    """A page of docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def chapter() -> str:
    """自己写一个比较, as far as the next chapter."""
    return page("users.md").split("\n## 自己写一个比较\n")[1].split("\n## ")[0]


def rows_below(text: str, head: str) -> list[list[str]]:
    """Cells of the table with this head."""
    lines = text[text.index(head) :].splitlines()
    table = lines[2 : next(n for n, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_the_study_in_the_manual_is_the_one_that_it_tells_of(tmp_path: Path) -> None:
    """Today's five depots, one moved, a sixth and one given up: 300 t in each, under two storms."""
    (text,) = re.findall(r"^```toml\n(.*?)^```", chapter(), flags=re.MULTILINE | re.DOTALL)
    path = tmp_path / "my_study.toml"
    path.write_text(text, encoding="utf-8")
    found = load_study(path)
    assert [variant.id for variant in found.variants] == ["today", "east", "six", "four"]
    assert [len(variant.depots) for variant in found.variants] == [5, 5, 6, 4]
    assert {sum(d.stock_kg for d in v.depots) for v in found.variants} == {300_000}
    assert [(storm.id, storm.weight) for storm in found.storms] == [("moderate", 3), ("wet", 1)]
    assert (found.replications, found.cap) == (36, 72)
    moved = [key for key, *_ in found.variants[1].differences]
    assert moved == ["depots.depot-east.lat", "depots.depot-east.lon"]


def test_the_example_on_the_page_is_a_sound_study(tmp_path: Path) -> None:
    """What docs/comparing.md shows can be compared once a second variant differs."""
    path = tmp_path / "study.toml"
    path.write_text(page("comparing.md").split("```toml\n")[1].split("```")[0], encoding="utf-8")
    found = load_study(path)
    assert [variant.id for variant in found.variants] == ["today", "south"]
    (south,) = (depot for depot in found.variants[1].depots if depot.id == "depot-south")
    assert (south.lat, south.bays, south.stock_kg) == (40.02, 3, 60_000)


def test_the_manual_explains_every_key_of_a_study() -> None:
    """Each key stands in the first cells of the table, or among the columns of a depot."""
    cells = [cell for row in rows_below(chapter(), "| 键 key |") for cell in row[:2]]
    told = set(re.findall(r"`(\w+)`", " ".join(cells)))
    keys = {key for table in TABLES for key in table.model_fields}
    assert keys - told == set()


def test_every_key_of_the_schema_is_described_in_the_page_or_the_files() -> None:
    """The page on comparing, or a shipped study, shows each key of a study."""
    texts = [page("comparing.md")]
    texts += [
        given_path(f"scenarios/studies/{name}.toml").read_text(encoding="utf-8")
        for name in study_names()
    ]
    assert [key for key in StudyFile.model_fields if not any(key in text for text in texts)] == []


@pytest.mark.parametrize("name", MEASURES)
def test_measures_are_told_with_their_units(name: str) -> None:
    """A page's table has every measure once, with its unit and what it may be about."""
    units = UNITS if name == "users.md" else UNITS_EN
    told: dict[str, tuple[str, set[str]]] = {}
    for keys, unit, *_ in rows_below(page(name), MEASURES[name]):
        about = re.findall(r"`(\w+)(/\w+)?`", keys)
        names = list(dict.fromkeys(key for key, _ in about))
        of_zone = "/zone:" in keys
        shown = dict(zip(names, cycle(unit.split(", ")), strict=False))
        for key in names:
            assert key not in told
            forms = {after for at, after in about if at == key} | ({"/zone"} if of_zone else set())
            told[key] = (shown[key], forms)
    assert set(told) == set(KINDS)
    for key, (unit, forms) in told.items():
        info, subjects = KINDS[key]
        assert unit == units.get(info.unit, info.unit), key
        assert ("" in forms) == (WHOLE in subjects), key
        assert ("/zone" in forms) == (subjects == (WHOLE, OF_ZONE)), key
        assert ("/S" in forms) == (set(subjects) not in ({WHOLE}, {WHOLE, OF_ZONE})), key
    assert set(SHARES) <= set(told)


def test_the_page_of_formats_names_every_part_of_a_comparison() -> None:
    """Each key of `compare.json` stands in its table, and no other; the command comes on top."""
    comparison = comparison_of(["base", "south"], Question(("fuel_l",), {}))
    runs = runs_of(
        [run(name, seed, {"fuel_l": 1.0}) for name in ("base", "south") for seed in (1, 2)]
    )
    found = report(comparison, runs, stopped="fixed", schematic=True, sections=[], varied=[])
    text = page("formats.md").split("## `compare.json`")[1]
    told = " ".join(row[0] for row in rows_below(text, "| key |"))
    assert set(re.findall(r"`(\w+)", told)) == {*found, "command"}
