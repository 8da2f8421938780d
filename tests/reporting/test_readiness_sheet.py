"""The workbook and the CSV files hold the report's figures, ready to print, and no formulas."""

from __future__ import annotations

import copy
import csv
import io
import re
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from snowplan.reporting.readiness_sheet import readiness_csv, readiness_sheet
from snowplan.reporting.readiness_sheet_tables import tables_of
from tests.reporting.ready_sample import ready_sample

Rows = list[list[Any]]
SECTIONS = {  # of the report: the sheets that hold it
    "head": ("概况", "情景"), "verdicts": ("时限结论",), "machines": ("机械", "停用和在修"),
    "deicer": ("融雪剂",), "people": ("班组", "集结", "人工"), "hauling": ("运雪车", "堆雪点"),
    "timeline": ("进度", "进度曲线", "路段通行时刻"), "streets": ("最晚的路",),
    "access": ("重点部位",), "envelope": ("能力边界",), "marginal": ("再添一份",),
    "held_back": ("时间去向",), "findings": ("预案检查",), "assumptions": ("假设的数字",),
    "appendix": ("收支账", "随机种子", "输入文件", "情景全文", "报告条目"),
}  # fmt: skip


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """Four grades, five zones; not to be changed."""
    return ready_sample()


def _book(report: dict[str, Any], lang: str = "zh") -> dict[str, tuple[list[str], Rows]]:
    """Heads and rows by sheet, as another program reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(readiness_sheet(report, lang)))
    found = {}
    for name in book.sheet_names:
        head, *rows = book.get_sheet_by_name(name).to_python()
        found[name] = ([str(cell) for cell in head], rows)
    return found


def _column(book: dict[str, tuple[list[str], Rows]], sheet: str, head: str) -> list[Any]:
    heads, rows = book[sheet]
    place = heads.index(head)
    return [None if row[place] == "" else row[place] for row in rows]


def test_every_section_has_its_sheets_in_the_order_of_the_report(report: dict[str, Any]) -> None:
    """The sheets of the fifteen sections, no other; in English as many, by other names."""
    assert list(SECTIONS) == list(report)
    names = [name for part in SECTIONS.values() for name in part]
    assert list(_book(report)) == names
    english = list(_book(report, "en"))
    assert len(english) == len(names)
    assert not re.search("[\u4e00-\u9fff]", "".join(english))


def test_figures_read_back_as_the_report_has_them(report: dict[str, Any]) -> None:
    """Verdicts, machines, de-icer, envelope, marginal values: to the last digit, gaps stay gaps."""
    book = _book(report)
    checks = {
        ("时限结论", "达标率"): [row["share"] for row in report["verdicts"]["rows"]],
        ("时限结论", "余量 h（中位）"): [row["margin_h"] for row in report["verdicts"]["rows"]],
        ("机械", "完好"): [row["serviceable"] for row in report["machines"]["rows"]],
        ("机械", "算术下限 · 大雪"): [row["needed"]["heavy"] for row in report["machines"]["rows"]],
        ("融雪剂", "存量 t"): [row["stock_t"] for row in report["deicer"]["rows"]],
        ("融雪剂", "够几场 · 暴雪"): [
            row["storms"]["blizzard"] for row in report["deicer"]["rows"]
        ],
        ("班组", "缺班组"): [row["short"] for row in report["people"]["shifts"]],
        ("堆雪点", "每场运来 m³ · 大雪"): [
            *(row["per_storm_m3"]["heavy"] for row in report["hauling"]["dumps"]),
            report["hauling"]["total"]["per_storm_m3"]["heavy"],
            report["hauling"]["total"]["must_m3"]["heavy"],
        ],
        ("进度", "最后一段净路 h"): [row["clean_last_h"] for row in report["timeline"]["rows"]],
        ("路段通行时刻", "通行 h（雪停后） · 暴雪"): report["timeline"]["map"]["blizzard"][
            "opened_h"
        ],
        ("最晚的路", "道路"): [r["road"] for part in report["streets"] for r in part["rows"]],
        ("重点部位", "接通 min（中位）"): [
            r["joined_min"] for part in report["access"] for r in part["rows"]
        ],
        ("能力边界", "守得住的最大降雪 mm"): [row["mm"] for row in report["envelope"]["rows"]],
        ("再添一份", "合计早 min"): [row["sum_min"] for row in report["marginal"]["rows"]],
        ("时间去向", "占时 · 等：正在装料"): [
            row["shares"]["waiting:load"] for row in report["held_back"]
        ],
        ("假设的数字", "值"): [row["value"] for row in report["assumptions"]],
    }
    for (sheet, head), wanted in checks.items():
        assert _column(book, sheet, head) == wanted, (sheet, head)
    ledgers = report["appendix"]["ledgers"]
    amounts = [
        (n if term == "residual" else n / (1e6 if account in ("snow", "deicer") else 3.6e6))
        for books in ledgers.values()
        for account, terms in books.items()
        for term, n in terms.items()
    ]
    assert _column(book, "收支账", "数") == pytest.approx(amounts, rel=1e-14)
    curve = report["timeline"]["curves"]["heavy"]["clean/main"]
    shown = zip(_column(book, "进度曲线", "情景"), _column(book, "进度曲线", "主干路净路"),
                strict=True)  # fmt: skip
    assert [share for name, share in shown if name == "大雪"] == [x / 1000 for x in curve]


def test_bounds_are_told_as_bounds_and_limits_in_the_order_of_the_paper(
    report: dict[str, Any],
) -> None:
    """`<` and ≥ stand beside figures; below the least snow tried no grade is reached."""
    found = copy.deepcopy(report)
    found["verdicts"]["rows"].reverse()
    for rows in (found["envelope"]["rows"], found["timeline"]["rows"], found["held_back"]):
        rows.sort(key=lambda row: [row["scenario"], row.get("item") or row["road_class"]])
    book = _book(found)
    assert _column(book, "融雪剂", "够几场的界 · 大雪") == [None, "<", "<", "<", "<"]
    bounds = _column(book, "融雪剂", "再订货点的界")
    assert bounds == ["≥" if row["zone"] == "centre" else None for row in found["deicer"]["rows"]]
    reached = zip(_column(book, "能力边界", "界"), _column(book, "能力边界", "按量属"), strict=True)
    assert {bound == "<" for bound, grade in reached if grade is None} == {True}
    assert "<" in _column(book, "能力边界", "界")
    storms = [row["title_zh"] for row in report["head"]["scenarios"]]
    classes = ["快速路", "主干路", "次干路", "支路", "背街小巷"]
    for sheet, head in (("进度", "道路等级"), ("时间去向", "道路等级"), ("时限结论", "时限")):
        told = list(zip(_column(book, sheet, "情景"), _column(book, sheet, head), strict=True))
        assert [storm for storm, _ in told] == sorted((s for s, _ in told), key=storms.index)
        places = [
            classes.index(name) for storm, name in told if storm == "大雪" and name in classes
        ]
        assert places == sorted(places)
    opened = [name for storm, name in zip(
        _column(book, "时限结论", "情景"), _column(book, "时限结论", "时限"), strict=True
    ) if storm == "大雪" and "通行" in name]  # fmt: skip
    assert [name.removesuffix("通行") for name in opened] == [
        name for name in classes if f"{name}通行" in opened
    ]


def test_no_key_of_the_program_stands_where_words_should(report: dict[str, Any]) -> None:
    """Zones, kinds, classes, marks and shares are told in the language asked for."""
    for lang, letters in (
        ("zh", "[a-z]+_[a-z]+|waiting|roller"),
        ("en", "waiting:[a-z]|[a-z]_|[一-龥]"),
    ):
        for sheet, (heads, rows) in _book(report, lang).items():
            assert not re.search(letters, "".join(heads)), (sheet, heads)
            own = {"假设的数字", "Assumptions", "预案检查", "Findings", "情景全文",
                   "Scenario texts", "输入文件", "Inputs", "报告条目", "STRESS-DES",
                   "最晚的路", "Last streets",
                   "Out of service", "概况"}  # fmt: skip
            cells = [] if sheet in own else [cell for row in rows for cell in row]
            texts = [cell for cell in cells if isinstance(cell, str)]
            assert not [text for text in texts if re.search(letters, text)], sheet


def test_no_figure_of_the_rows_is_left_out(report: dict[str, Any]) -> None:
    """Every key of a row has a column, but names in the other language and what is spread out."""
    for table in tables_of(report, "zh"):
        columns = {column.partition("/")[0] for column in table.columns}
        for row in table.rows:
            keys = {key.partition("/")[0] for key in row}
            left = {key for key in keys - columns if not key.endswith(("_zh", "_en"))}
            assert left <= {"shares", "kind"}, table.key


def test_squads_and_all_roads_have_names_too(report: dict[str, Any]) -> None:
    """Crews of a group of squads stand among those of machines; curves have one of all roads."""
    found = copy.deepcopy(report)
    found["people"]["shifts"][0]["kind"] = "clearing"
    for curves in found["timeline"]["curves"].values():
        curves["opened/all"] = curves["opened/main"]
    book = _book(found)
    assert _column(book, "班组", "机种")[0] == "清雪组"
    assert "各路通行" in book["进度曲线"][0]
    assert "all roads open" in _book(found, "en")["Curves"][0]


def test_the_same_report_is_the_same_bytes(report: dict[str, Any]) -> None:
    """Nothing of the day stands in the file."""
    assert readiness_sheet(report, "zh") == readiness_sheet(copy.deepcopy(report), "zh")


@pytest.mark.parametrize("quick", [False, True])
def test_sheets_are_set_up_for_printing(quick: bool) -> None:
    """A4 across, as wide as the paper, heads repeated and frozen, filters, page of pages.

    Indicative figures say so on the head of every sheet and of every page.
    """
    data = readiness_sheet(ready_sample(quick=quick), "zh")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = sorted(name for name in parts.namelist() if name.startswith("xl/worksheets/s"))
        texts = [parts.read(name).decode() for name in sheets]
        titles = parts.read("xl/workbook.xml").decode().count("_xlnm.Print_Titles")
    assert titles == len(texts)
    for text in texts:
        assert 'paperSize="9"' in text
        assert 'orientation="landscape"' in text
        assert 'fitToHeight="0"' in text
        assert "第 &amp;P 页 共 &amp;N 页" in text
        assert 'state="frozen"' in text
        assert "<autoFilter" in text
        assert "<f>" not in text
        assert ("（示意）" in text) is quick
    for heads, _ in _book(ready_sample(quick=quick)).values():
        assert heads[0].endswith("（示意）") is quick


def test_texts_that_look_like_formulas_stay_texts(report: dict[str, Any]) -> None:
    """In the workbook as they are; in CSV behind an apostrophe, which Excel takes for text."""
    found = copy.deepcopy(report)
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.invalid"]
    for row, name in zip(found["streets"][0]["rows"], nasty, strict=False):
        row["road"] = name
    found["head"]["title_zh"] = "R&D &P 报告"
    assert _column(_book(found), "最晚的路", "道路")[:5] == nasty
    rows = list(csv.reader(io.StringIO(_text(readiness_csv(found, "zh")["streets.csv"]))))
    told = [row[rows[0].index("道路")] for row in rows[1:6]]
    assert told == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "http://example.invalid"]
    with zipfile.ZipFile(io.BytesIO(readiness_sheet(found, "zh"))) as parts:
        assert "R&amp;&amp;D &amp;&amp;P 报告" in parts.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_csv_is_the_workbook(report: dict[str, Any], lang: str) -> None:
    """A file a sheet with its heads and figures; the mark that tells Excel of UTF-8 first."""
    files = readiness_csv(report, lang)
    book = _book(report, lang)
    assert len(files) == len(book)
    for (name, data), (heads, rows) in zip(files.items(), book.values(), strict=True):
        assert data.startswith(b"\xef\xbb\xbf"), name
        head, *told = list(csv.reader(io.StringIO(_text(data))))
        assert head == heads
        for line, row in zip(told, rows, strict=True):
            for cell, value in zip(line, row, strict=True):
                if isinstance(value, float):
                    assert float(cell) == pytest.approx(
                        value, rel=1e-14
                    )  # XlsxWriter keeps 16 digits
                else:
                    assert cell.removeprefix("'") == str(value)


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")
