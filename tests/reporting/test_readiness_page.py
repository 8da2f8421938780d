"""The readiness PDF: one page to sign, every name as it is, the same bytes, in both languages."""

from __future__ import annotations

import copy
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import matplotlib.image as mpimg
import numpy as np
import pandas as pd
import pytest

from snowplan.reporting.readiness_page import TEMPLATE, readiness_pdf, readiness_words
from snowplan.reporting.typesetting import typeset
from tests.reporting.ready_sample import GRADES, ready_sample
from tests.results.synthetic import grid_roads

ROADS = grid_roads(8)
NO_ROADS = ROADS.iloc[:0]
NASTY = '=1+1路 #panic("x") $\\frac{1}{$ *b* _i_ @r <a> [c] \\ `d` // ~e'
Words = dict[str, tuple[dict[str, Any], dict[str, bytes]]]
A4_PT = ("595.27", "841.89")


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """A made-up report; not to be changed."""
    return ready_sample()


@pytest.fixture(scope="module")
def words(report: dict[str, Any]) -> Words:
    """What the template reads, in both languages; not to be changed."""
    return {lang: readiness_words(report, ROADS, lang) for lang in ("zh", "en")}


@pytest.fixture(scope="module")
def pdfs(
    words: Words,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """The document in both languages, as files."""
    folder = tmp_path_factory.mktemp("readiness")
    found = {}
    for lang, (told_words, images) in words.items():
        page = typeset(TEMPLATE, told_words, images)
        assert page.missing == ""
        found[lang] = folder / f"{lang}.pdf"
        found[lang].write_bytes(page.pdf)
    return found


def unpictured(report: dict[str, Any]) -> dict[str, Any]:
    """A copy of the report in which nothing can be drawn."""
    found = copy.deepcopy(report)
    found["timeline"]["curves"] = found["timeline"]["map"] = {}
    return found | {"envelope": {"rows": []}, "held_back": []}


def told(program: str, *args: str) -> str:
    """What a program of poppler prints; the test is left out where there is none."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"no {program} here")
    return subprocess.run([found, *args], check=True, capture_output=True).stdout.decode()


def text_of(pdf: Path, page: int | None = None) -> str:
    """The text of a PDF, or of one of its pages, without line breaks and spaces."""
    span = ["-f", str(page), "-l", str(page)] if page else []
    return "".join(told("pdftotext", "-layout", *span, str(pdf), "-").split())


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has, by its own objects."""
    return len(re.findall(rb"/Type\s*/Page(?!s)", pdf))


def table_of(words: dict[str, Any], caption: str) -> dict[str, Any]:
    """The first table whose caption has these words."""
    return next(p for p in words["parts"] if p["is"] == "table" and caption in p["caption"])


def test_fonts_are_embedded_and_subset(pdfs: dict[str, Path]) -> None:
    """Every font of the PDF is ours, embedded and subset, as pdffonts says."""
    for pdf in pdfs.values():
        rows = told("pdffonts", str(pdf)).splitlines()[2:]
        assert rows
        for row in rows:
            assert re.search(r"[A-Z]{6}\+NotoSansCJKsc", row)
            assert re.search(r"\byes\s+yes\s+yes\s+\d+\s+\d+$", row)


def test_the_text_comes_back(pdfs: dict[str, Path]) -> None:
    """Streets, verdicts, headings and marks can be searched for and copied out of the PDF."""
    text = text_of(pdfs["zh"])
    for wanted in ("校园路", "圐圙街", "平城区清雪准备情况报告", "守不住", "◎", "△", "二、机械",
                   "（一）逐项判定", "附录", "$1#*路_<a>@", "液压泵漏油", "晚≥1.7"):  # fmt: skip
        assert wanted in text
    english = text_of(pdfs["en"])
    assert "notheld" in english
    assert "Readinessof" in english


def test_the_summary_and_the_signatures_stand_on_the_first_page(pdfs: dict[str, Path]) -> None:
    """Page one of A4 holds verdicts of every grade, all limits and who signs; the foot counts."""
    pages = page_count(pdfs["zh"].read_bytes())
    first = text_of(pdfs["zh"], 1)
    foot = f"第1页共{pages}页"
    for wanted in ("编制", "审核", "签发", "盖章", "×暴雪", "人行道清净", "标记：", foot):
        assert wanted in first
    assert "（一）逐项判定" not in first
    last = page_count(pdfs["en"].read_bytes())
    assert f"Page{last}of{last}" in text_of(pdfs["en"], last)
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told("pdfinfo", str(pdfs["zh"])))
    assert size is not None
    assert [float(x) for x in size.groups()] == pytest.approx([float(x) for x in A4_PT], abs=0.1)


def test_text_keeps_the_margins_of_the_standard(pdfs: dict[str, Path]) -> None:
    """Text lies from 28 to 184 mm across and, but for head and foot, from 37 to 262 mm down.

    What cannot be broken would run over the edge. The blank half of a Chinese bracket or stop
    hangs over it, and letters are lower than their boxes.
    """
    point_mm = 25.4 / 72
    for lang, pdf in pdfs.items():
        slack = 2.1 if lang == "zh" else 0.3
        boxes = told("pdftotext", "-bbox", str(pdf), "-")
        for x0, y0, x1, y1 in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', boxes
        ):
            assert float(x0) * point_mm > 28 - slack
            assert float(x1) * point_mm < 184 + slack
            assert float(y1) * point_mm < 262.5 or float(y0) * point_mm > 265
            assert float(y0) * point_mm > 35 or float(y1) * point_mm < 32


def test_cells_of_the_summary_are_never_broken(pdfs: dict[str, Path]) -> None:
    """Each margin of page one stands in one piece, in Chinese and in English."""
    for lang, pattern in (("zh", "晚≥1.7"), ("en", "late[\u00a0 ]≥1.7")):
        lines = told("pdftotext", "-layout", "-l", "1", str(pdfs[lang]), "-").splitlines()
        rows = [line for line in lines if re.search(r"\d\s?%", line) and re.search("≥", line)]
        told_there = sum(len(re.findall(pattern, line)) for line in rows)
        assert told_there >= sum(row["margin_bound"] for row in ready_sample()["verdicts"]["rows"])


@pytest.mark.slow
def test_the_same_report_is_the_same_bytes(report: dict[str, Any], pdfs: dict[str, Path]) -> None:
    """Neither the day, the folder nor the order of keys enters the document."""
    other = {key: report[key] for key in reversed(report)}
    assert readiness_pdf(other, ROADS, "zh").pdf == pdfs["zh"].read_bytes()


def test_names_are_never_read_as_markup(report: dict[str, Any], tmp_path: Path) -> None:
    """Marks of Typst and mathtext in titles, depots, places and streets come out as they are."""
    found = unpictured(report)
    found["head"]["title_zh"] = NASTY
    for row in (*found["head"]["scenarios"], *found["deicer"]["rows"]):
        row |= {"title_zh": NASTY, "name_zh": NASTY}
    found["streets"][0]["rows"][0]["road"] = NASTY
    found["access"][0]["rows"][0]["place_zh"] = NASTY
    page = readiness_pdf(found, NO_ROADS, "zh")
    assert page.missing == ""
    file = tmp_path / "nasty.pdf"
    file.write_bytes(page.pdf)
    assert "".join(NASTY.split()) in text_of(file)


def test_what_the_font_lacks_is_told_and_stands_as_a_box(report: dict[str, Any]) -> None:
    """A rare character in a street and in a storm's title, of words and pictures alike."""
    found = unpictured(report)
    found["streets"][0]["rows"][0]["road"] = "𠮷路"
    found["head"]["scenarios"][0]["title_zh"] = "小雪\U0001f6d2"
    page = readiness_pdf(found, NO_ROADS, "zh")
    assert page.missing == "\U0001f6d2𠮷"


def test_quick_marks_every_page_table_and_picture(words: Words) -> None:
    """示意 stands in the head of each page and in the caption of each table and picture."""
    found, _ = readiness_words(ready_sample(quick=True), NO_ROADS, "zh")
    assert found["quick"].startswith("示意")
    captions = [part["caption"] for part in found["parts"] if "caption" in part]
    captions.append(found["summary"]["table"]["caption"])
    assert len(captions) > 20
    assert all(caption.endswith("（示意）") for caption in captions)
    assert words["en"][0]["quick"] == ""


def test_pictures_are_grey(words: Words) -> None:
    """No picture needs its colours: there are none."""
    _, images = words["en"]
    assert {name.rstrip("0123456789") for name in images} == {
        "curves", "maps", "envelope", "marginal", "held",
    }  # fmt: skip
    for data in images.values():
        pixels = mpimg.imread(io.BytesIO(data), format="png")[:, :, :3]
        assert float(np.ptp(pixels, axis=2).max()) == 0.0


def test_each_verdict_is_told_with_share_interval_and_margin(
    report: dict[str, Any], words: Words
) -> None:
    """A row a limit below the row of its storm, with the report's own figures."""
    found, _ = words["zh"]
    table = table_of(found, "各项时限的达标情况")
    rows = [row for row in table["rows"] if isinstance(row, list)]
    assert len(rows) == len(report["verdicts"]["rows"])
    for cells, row in zip(rows, report["verdicts"]["rows"], strict=True):
        known = row["share"] is not None
        assert cells[2] == (f"{row['met']}/{row['n']}" if known else "—")
        assert cells[3] == (f"{100 * row['share']:.0f} %" if known else "—")
        assert len(cells) == len(table["columns"])
    shown = found["summary"]["table"]
    assert len(shown["rows"]) == len({row["item"] for row in report["verdicts"]["rows"]})
    assert len(shown["columns"]) == 1 + 3 * len(GRADES)


def test_every_table_is_whole(words: Words) -> None:
    """Each row has as many cells as there are heads; groups of heads span them all."""
    for found, _ in words.values():
        tables = [part for part in found["parts"] if part["is"] == "table"]
        for part in (*tables, found["summary"]["table"]):
            count = len(part["columns"])
            assert len(part["widths"]) == len(part["align"]) == count
            assert all(len(row) == count for row in part["rows"] if isinstance(row, list))
            assert not part["groups"] or sum(span for _, span in part["groups"]) == count


@pytest.mark.slow
def test_more_storms_than_fit_side_by_side_are_told_below_one_another() -> None:
    """Six storms, three of one name: five on the first page, the rest in the tables."""
    found = ready_sample()
    heavy = next(row for row in found["head"]["scenarios"] if row["id"] == "heavy")
    for number in range(2):
        key = f"h{number}"
        found["head"]["scenarios"].append(heavy | {"id": key})
        found["verdicts"]["marks"][key] = found["verdicts"]["marks"]["heavy"]
        for rows in (found["verdicts"]["rows"], found["envelope"]["rows"], found["held_back"],
                     found["timeline"]["rows"], found["streets"], found["access"]):  # fmt: skip
            rows += [row | {"scenario": key} for row in rows if row["scenario"] == "heavy"]
        for by_storm in (found["timeline"]["curves"], found["timeline"]["map"]):
            by_storm[key] = by_storm["heavy"]
    told_words, images = readiness_words(found, ROADS, "zh")
    assert len(told_words["summary"]["table"]["columns"]) == 1 + 3 * 5
    assert "其余见表 2" in told_words["summary"]["below"][0]
    spans_of = [row["span"] for row in table_of(told_words, "各项时限的达标")["rows"]
                if isinstance(row, dict)]  # fmt: skip
    assert any("大雪（h0）" in span for span in spans_of)
    assert {"maps1", "curves1", "envelope1", "held1"} <= set(images)


def test_sections_without_rows_say_so(report: dict[str, Any]) -> None:
    """A town without machines, depots, crews, trucks or roads still has a report."""
    found = copy.deepcopy(report)
    found["machines"] = {"rows": [], "in_repair": []}
    found["deicer"] = {"rows": [], "treatment": None, "lead_storms": {}}
    found["people"] = {"shifts": [], "hands": [], "muster": {
        "promised_min": None, "start_min": None, "scenarios": {}}}  # fmt: skip
    found["hauling"] = {"trucks": [], "dumps": [], "total": {
        "room_m3": 0.0, "shut_m3": 0.0, "per_storm_m3": {}, "storms": {}, "must_m3": {},
        "storms_must": {}, "weakest": {}}}  # fmt: skip
    found["timeline"] = {"rows": [], "curves": {}, "map": {}}
    found["marginal"] = {"scenario": "heavy", "tightest": None, "best": None, "rows": []}
    for key in ("streets", "access", "held_back", "findings", "assumptions"):
        found[key] = []
    found["envelope"] = {"rows": []}
    found["verdicts"] = {"marks": {}, "rows": []}
    for lang in ("zh", "en"):
        page = readiness_pdf(found, NO_ROADS, lang)
        assert page_count(page.pdf) > 1


def test_without_roads_there_is_no_map(report: dict[str, Any]) -> None:
    """The rest of the report does not need the map's geometry."""
    found = report | {"envelope": {"rows": []}, "held_back": []}
    _, images = readiness_words(found, pd.DataFrame(columns=ROADS.columns), "zh")
    assert not any(name.startswith("maps") for name in images)
