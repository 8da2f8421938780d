"""Every number of a readiness report, found anew from the files of its runs, in JSON and on paper.

What finds them anew (tests/oracles/readiness_*.py) shares no code with the report. With
SNOWPLAN_READINESS set the shipped scenarios are looked at, too; otherwise a town that is small.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from snowplan.reporting.readiness_page import readiness_pdf
from tests.cli.compare_lines import folder_of, run
from tests.conftest import ROOT
from tests.oracles.readiness_anew import all_differences, found_anew
from tests.oracles.readiness_documents import numbers_in, sections_of, strangers
from tests.oracles.readiness_files import Files
from tests.oracles.readiness_findings import findings, told
from tests.oracles.readiness_one_run import faults
from tests.oracles.readiness_papers import assumed_rows, assumed_words
from tests.oracles.readiness_printed import cells, paper, tokens
from tests.results.synthetic import grid_roads

CAMPAIGN = "SNOWPLAN_READINESS"
VARIED = """
extends = "toy_town"
name = "varied"
title = "多变镇"
title_en = "A town that varies"
horizon_h = 60
snow = { onset = "18:00", shape = "uniform", air_c = -5, total_mm = 3, duration_h = 5 }

[uncertainty]
"""
VARYING = ("muster_delay", "turn_out", "working_speed", "loading_time", "failure", "repair")
SHEETS = (
    "head", "head", "verdicts", "machines", "machines", "deicer", "people", "people", "people",
    "hauling", "hauling", "timeline", "curves", "opening", "streets", "access", "envelope",
    "marginal", "held_back",
)  # fmt: skip
NEAR = 5e-6
TRIED = 8  # numbers of each section that are changed
ODD = 7351  # put before a figure
PLANTED = (
    ("verdicts", "rows", 0, "limit_h"), ("machines", "rows", 0, "listed"),
    ("deicer", "rows", 0, "stock_t"), ("people", "shifts", 0, "crews"),
    ("hauling", "dumps", 0, "room_m3"), ("streets", 0, "rows", 0, "length_km"),
    ("envelope", "rows", 0, "low_mm"), ("envelope", "rows", 0, "mm"),
    ("envelope", "rows", 0, "high_mm"), ("marginal", "rows", 0, "sum_min"),
    ("held_back", 0, "shares", "not_due"), ("assumptions", 0, "rows"),
    ("appendix", "tags", "A"), ("appendix", "ledgers", "varied", "snow", "residual"),
)  # fmt: skip
NO_ROADS = grid_roads(3).iloc[:0]  # maps have no numbers
Made = tuple[Files, dict[str, Any], dict[str, Any]]
pytestmark = pytest.mark.slow


def lines(out: Path) -> Iterator[list[str]]:
    """The reports that are looked at: of a town that varies, and of the shipped scenarios."""
    file = out / "varied.toml"
    file.write_text(VARIED + "\n".join(f"{name} = true" for name in VARYING), encoding="utf-8")
    yield [str(file), "--replications", "18"]
    if os.environ.get(CAMPAIGN):
        yield ["--quick"]


COUNT = 2 if os.environ.get(CAMPAIGN) else 1


@pytest.fixture(scope="module", params=range(COUNT))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The files of a report, the report, and the same found anew."""
    out = tmp_path_factory.mktemp("numbers")
    line = list(lines(out))[request.param]
    files = Files(
        folder_of(run(["readiness", *line, "--workers", "2", "--out", str(out)])), ROOT, out
    )
    report = json.loads((files.folder / "readiness.json").read_text(encoding="utf-8"))
    return files, report, found_anew(files)


@pytest.fixture(scope="module")
def texts(made: Made) -> dict[str, str]:
    """The text of the PDF by language, as it stands on its pages; skips without pdftotext."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    english = readiness_pdf(made[1], NO_ROADS, "en").pdf
    return {
        "zh": text_of((made[0].folder / "readiness.pdf").read_bytes()),
        "en": text_of(english),
    }


def text_of(pdf: bytes) -> str:
    """The text of a PDF, laid out as on its pages."""
    command = ["pdftotext", "-layout", "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return found.stdout.decode("utf-8")


def test_every_figure_is_found_anew(made: Made) -> None:
    """Each number of each section is what plain code makes of runs, tables and map."""
    _, report, found = made
    assert all_differences(report, found) == {}


def test_what_runs_keep_is_in_their_logs(made: Made) -> None:
    """What the reference runs keep is what their states, events and tables of the folder say."""
    files, _, _ = made
    assert {name: faults(files, name) for name in files.names} == {name: [] for name in files.names}


def test_every_assumption_is_listed_once(made: Made) -> None:
    """The tagged rows of the tables are as many, by file and source, and hold the values told."""
    files, report, _ = made
    told = [(row["file"], row["source"], row["rows"]) for row in report["assumptions"]]
    assert sorted(told) == sorted(assumed_rows(files).elements())
    words = assumed_words(files)
    for row in report["assumptions"]:
        if row["where"] != "map":
            assert tokens(row["value"]) <= tokens(words[row["file"], row["source"]])


def test_findings_of_tables_and_map(made: Made) -> None:
    """What nobody may clear, never gets clean, has too little stock or has nobody is as found."""
    files, report, _ = made
    assert told(report["findings"]) == Counter(one for one, _ in findings(files))


def test_a_changed_number_is_noticed(made: Made) -> None:
    """Whichever number of whichever section is changed, the difference is told."""
    _, report, found = made
    for name, section in found.items():
        count = len(list(places(report[name])))
        assert count
        for number in range(0, count, max(1, count // TRIED)):
            planted = copy.deepcopy(report[name])
            value, key = list(places(planted))[number]
            value[key] += 1
            assert name in all_differences({name: planted}, {name: section}), (name, number)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Where the numbers of a section stand: what holds them, and the key."""
    for key in value if isinstance(value, dict) else range(len(value)):
        inner = value[key]
        if isinstance(inner, dict | list):
            yield from places(inner)
        elif isinstance(inner, int | float) and not isinstance(inner, bool):
            yield value, key


def severe(report: dict[str, Any]) -> list[int]:
    """How many findings of each severity: they are counted on the first page."""
    rows = report["findings"]
    kinds = {row["severity"] for row in rows}
    places = [
        {
            (row["code"], row["where"], row["about"], grade)
            for row in rows if row["severity"] == kind for grade in row["grades"] or [None]
        }
        for kind in kinds
    ]  # fmt: skip
    return [len(some) for some in places]


def test_every_number_on_paper_was_found(made: Made, texts: dict[str, str]) -> None:
    """No number stands in a section of the PDF that is not a figure of that section, rounded."""
    known = paper(made[0], made[2] | {"severe": severe(made[1])})
    for lang, text in texts.items():
        sections = sections_of(text, lang)
        odd = {name: strangers(part, known[name]) for name, part in sections.items()}
        assert odd == {name: [] for name in sections}, lang


def test_a_stranger_on_paper_is_noticed(made: Made, texts: dict[str, str]) -> None:
    """A decimal figure of the PDF that is changed is a number that nobody knows."""
    known = paper(made[0], made[2] | {"severe": severe(made[1])})
    for name, part in sections_of(texts["zh"]).items():
        figures = [one for one in numbers_in(part) if "." in one]
        noticed = [one for one in figures if strangers(f" {ODD}{one.lstrip('−')} ", known[name])]
        assert len(noticed) == len(figures), name


@pytest.mark.usefixtures("texts")
def test_a_changed_report_is_noticed_on_paper(made: Made) -> None:
    """A figure that is changed before the PDF is set is a stranger in its section."""
    files, report, found = made
    if files.names != ["varied"]:
        pytest.skip("the changes are those of the town that varies")
    planted = copy.deepcopy(report)
    for path in PLANTED:
        *before, last = path
        inner = planted
        for key in before:
            inner = inner[key]
        inner[last] = ODD
    planted["findings"][0]["text_zh"] += f" {ODD}"
    page = readiness_pdf(planted, NO_ROADS, "zh")
    known = paper(files, found | {"severe": severe(report)})
    for name, part in sections_of(text_of(page.pdf)).items():
        assert strangers(part, known[name]), name


def test_every_number_in_the_workbook_was_found(made: Made) -> None:
    """No cell holds a number that is not a figure of its section, in full."""
    files, _, found = made
    book, known = CalamineWorkbook.from_path(str(files.folder / "readiness.xlsx")), cells(found)
    for sheet, name in zip(book.sheet_names, SHEETS, strict=False):
        for row in book.get_sheet_by_name(sheet).to_python():
            for cell in row:
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    assert any(abs(cell - one) <= NEAR for one in known[name]), (sheet, cell)
