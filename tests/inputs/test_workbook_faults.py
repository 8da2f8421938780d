"""Workbooks with one thing wrong: each message has the sheet, the row, the column and the field."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from snowplan.inputs.workbook_scan import MOST_COLUMNS, MOST_ROWS
from tests.inputs.studies import faults_of
from tests.inputs.workbooks import (
    Formula,
    Rows,
    form_bytes,
    put,
    scenario_beside,
    toy_sheets,
    write_book,
)

BOOK = "台账.xlsx"
AT = f"{BOOK} sheet "
KINDS = "a machine type: 抛雪机, 平地机"
# Sheet, cell, what stands there, how the place and the field read, and part of what was expected.
CELLS: tuple[tuple[str, str, object, str, str], ...] = (
    ("机械", "A3", "loader-001", "机械 row 3, column A 编号: found 'loader-001'", "of row 2"),
    ("机械", "A2", "", "机械 row 2, column A 编号: found ''", "a text that is not blank"),
    ("机械", "A2", date(2026, 1, 2), "机械 row 2, column A 编号: found 'a date'", "a value"),
    ("机械", "A2", time(1, 2), "机械 row 2, column A 编号: found 'a time of day'", "a value"),
    ("机械", "A2", Formula("=NA()|#N/A"), "机械 row 2, column A 编号: found '#N/A'", "a value"),
    (
        "机械", "A2", Formula("=1+1"),
        "机械 row 2, column A 编号: found 'a formula without a value'", "a value",
    ),
    ("机械", "A2", "a\x01b", "机械 row 2, column A 编号: found ", "control characters"),
    ("机械", "B2", "推土机", "机械 row 2, column B 机种: found '推土机'", KINDS),
    ("机械", "B2", "撒布", "机械 row 2, column B 机种: found '撒布'", KINDS),
    ("机械", "B3", "", "机械 row 3, column B 机种: found ''", KINDS),
    ("机械", "B3", 12, "机械 row 3, column B 机种: found '12'", KINDS),
    ("机械", "C2", "东门储备点", "机械 row 2, column C 所属储备点", "did you mean '粮库储备点'"),
    ("机械", "D2", "可以", "机械 row 2, column D 可用: found '可以'", "true or false: 是, 否"),
    ("机械", "D2", 1, "机械 row 2, column D 可用: found '1'", "true or false: 是, 否"),
    ("储备点", "C2", "北区", "储备点 row 2, column C 区: found '北区'", "中区, 东区"),
    ("储备点", "D2", 213.0, "储备点 row 2, column D 经度（°）: found '213'", "from -180 to 180"),
    ("储备点", "D2", 113.5, "储备点 row 2, column D 经度（°）, E 纬度（°）", "within 2 km"),
    ("储备点", "E2", "40°", "储备点 row 2, column E 纬度（°）: found '40°'", "a number"),
    ("储备点", "F2", 1.5, "储备点 row 2, column F 装料车位: found '1.5'", "a whole number"),
    ("储备点", "F2", 0, "储备点 row 2, column F 装料车位: found '0'", "from 1 to 100"),
    ("储备点", "G2", Formula("=1/0|#DIV/0!"), "G 装料速度（kg/min）: found '#DIV/0!'", "kg/min"),
    ("库存", "A2", "南库", "库存 row 2, column A 储备点: found '南库'", "a depot: 粮库储备点"),
    ("库存", "B2", "盐", "库存 row 2, column B 融雪剂: found '盐'", "a de-icer: "),
    ("库存", "C2", "20 t", "库存 row 2, column C 库存量（kg）: found '20 t'", "without the unit"),
    ("库存", "C2", -1, "库存 row 2, column C 库存量（kg）: found '-1'", "from 0 to"),
    ("库存", "C2", "", "库存 row 2, column C 库存量（kg）: found ''", "a number of kg"),
    ("班组", "C2", "司机", "班组 row 2, column C 所开机种: found '司机'", "a machine type, truck"),
    ("班组", "D2", "25:00", "班组 row 2, column D 上班: found '25:00'", "a time of day"),
    ("班组", "D2", "八点", "班组 row 2, column D 上班: found '八点'", "a time of day"),
    ("班组", "D2", 8, "班组 row 2, column D 上班: found '8'", "a time of day"),
    ("班组", "D2", Formula("=A1"), "column D 上班: found 'a formula without a value'", "07:30"),
    ("班组", "E2", 30, "班组 row 2, column E 班次时长（h）: found '30 h'", "at most 12 h"),
    ("班组", "E2", time(8, 0), "column E 班次时长（h）: found 'a time of day'", "a number of h"),
    ("班组", "F2", "两", "班组 row 2, column F 班组数: found '两'", "a number"),
    ("运雪车", "C2", 0, "运雪车 row 2, column C 每车装雪（m³）: found '0'", "above 0"),
    ("运雪车", "D2", "inf", "运雪车 row 2, column D 重车车速（km/h）", "a finite number"),
    ("堆雪点", "K2", "绿", "堆雪点 row 2, column K 绿地: found '绿'", "true or false"),
    ("堆雪点", "J2", 501, "堆雪点 row 2, column J 已用（m³）: found '501'", "at most capacity_m3"),
    ("人工班组", "C2", "志愿者", "人工班组 row 2, column C 组: found '志愿者'", "清雪组"),
    ("人工班组", "G2", "s1 s1", "人工班组 row 2, column G 所包路段: found 's1'", "once"),
    ("门前五包", "B2", 1.5, "门前五包 row 2, column B 责任区份额（0–1）", "from 0 to 1"),
    ("检修", "A2", "loader-9", "检修 row 2, column A 机械: found 'loader-9'", "'loader-001'"),
    ("检修", "B2", Formula("=NOW()"), "检修 row 2, column B 送修日期", "a value"),
    ("机械", "B1", "种类", "机械 row 1, column B: found '种类'", "a known column"),
    ("机械", "B1", "编号", "机械 row 1, column B: found the same as column A", "each column once"),
    ("机械", "F3", "多余", "机械 row 1, column F: found 'a column without a heading'", "known"),
    ("库存", "C1", "库存量（t）", "库存 row 1, column C: found '库存量（t）'", "库存量（kg）"),
)  # fmt: skip


def faults(
    folder: Path, sheets: dict[str, Rows], touch: Callable[[Any], None] | None = None
) -> str:
    """What a scenario with this workbook is told, a line a fault."""
    return "\n".join(faults_of(scenario_beside(write_book(folder / BOOK, sheets, touch))))


@pytest.mark.parametrize(("sheet", "cell", "value", "place", "expected"), CELLS)
def test_a_wrong_cell_is_told_with_sheet_row_column_and_heading(
    tmp_path: Path, sheet: str, cell: str, value: object, place: str, expected: str
) -> None:
    """The message names the cell that was spoilt, and what should stand there."""
    sheets = toy_sheets()
    put(sheets[sheet], cell, value)
    lines = faults(tmp_path, sheets).splitlines()
    told = [line for line in lines if place in line and expected in line]
    assert told, lines
    assert told[0].startswith(f"{AT}{sheet} row ")


def test_every_fault_of_every_sheet_is_told_at_once(tmp_path: Path) -> None:
    """Three wrong cells in three sheets are three faults."""
    sheets = toy_sheets()
    put(sheets["机械"], "B2", "推土机")
    put(sheets["班组"], "D2", "25:00")
    put(sheets["库存"], "C2", "20 t")
    lines = faults(tmp_path, sheets).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"{AT}库存 row 2, column C 库存量（kg）",
        f"{AT}机械 row 2, column B 机种",
        f"{AT}班组 row 2, column D 上班",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s: s.update(机戒=s.pop("机械")), f"{AT}机戒: found an unknown sheet"),
        (lambda s: s.update(Machines=s["机械"]), f"{BOOK}: found 'Machines'; expected one sheet"),
        (lambda s: s.update(班组=[]), f"{AT}班组: found 'nothing'; expected the columns 编号"),
        (lambda s: s.update(班组=[["一", "二"]]), f"{AT}班组: found 'no row of headings'"),
        (lambda s: s.update(机械=s["机械"][:1]), f"{AT}机械: found 'no rows'"),
        (lambda s: [row.pop(1) for row in s["机械"]], "'no such column'; expected a column 机种"),
        (lambda s: s["库存"].append(s["库存"][1]), f"{AT}库存 row 3, column A 储备点"),
        (lambda s: s.update(库存=[*s["库存"][:1], ["", ""]]), f"{AT}库存: found 'no rows'"),
        (lambda s: s.pop("库存"), f"{AT}储备点 row 1, column 融雪剂 De-icer: found 'no such"),
        (lambda s: s["检修"].extend([["loader-001"], ["loader-001"]]), f"{AT}检修 row 3, column A"),
        (lambda s: s.clear() or s.update({"说明": [["字"]]}), f"{BOOK}: found 'no table'"),
    ],
)  # fmt: skip
def test_a_wrong_sheet_is_told(
    tmp_path: Path, change: Callable[[dict[str, Rows]], object], told: str
) -> None:
    """Sheets by a wrong name, twice, empty, without a column, or with a row twice."""
    sheets = toy_sheets()
    change(sheets)
    assert told in faults(tmp_path, sheets)


def test_a_depot_without_a_stock_is_told(tmp_path: Path) -> None:
    """Where stocks stand in a sheet of their own, every depot of the workbook needs one there."""
    sheets = toy_sheets()
    sheets["储备点"].append(["d2", "新库", "东区", 113.007, 39.9965, 1, 350, ""])
    assert f"{AT}储备点 row 3, column A 编号: found 'd2'; expected a row of 新库 in {AT}库存" in (
        faults(tmp_path, sheets)
    )


def test_merged_cells_are_told_below_the_headings_and_allowed_above(tmp_path: Path) -> None:
    """A merged cell hides rows; a merged title above the headings hides nothing."""
    sheets = toy_sheets()
    sheets["机械"] = [["平城区机械台账", "", "", "", ""], *sheets["机械"]]
    title = lambda book: book.get_worksheet_by_name("机械").merge_range("A1:E1", "平城区机械")  # noqa: E731
    assert faults(tmp_path, sheets, title) == ""
    both = lambda book: book.get_worksheet_by_name("机械").merge_range("C3:C4", "粮库储备点")  # noqa: E731
    assert f"{AT}机械 cell C3: found merged cells C3:C4" in faults(tmp_path, sheets, both)


@pytest.mark.parametrize(("row", "column"), [(1048575, 16383), (MOST_ROWS, 0), (5, MOST_COLUMNS)])
def test_a_stray_cell_far_out_is_told_and_costs_nothing(
    tmp_path: Path, row: int, column: int
) -> None:
    """One cell at the far corner would make a grid of 17 thousand million; it is refused first."""
    stray = lambda book: book.get_worksheet_by_name("机械").write(row, column, "x")  # noqa: E731
    told = faults(tmp_path, toy_sheets(), stray)
    assert f"{AT}机械 cell " in told
    assert "expected cells up to row 20000 and column CV" in told


def test_a_cell_far_out_that_is_only_coloured_does_no_harm(tmp_path: Path) -> None:
    """Cells with a format and no value hold nothing."""

    def colour(book: Any) -> None:
        look = book.add_format({"bg_color": "yellow"})
        book.get_worksheet_by_name("机械").write_blank(1048575, 16383, None, look)

    assert faults(tmp_path, toy_sheets(), colour) == ""


FAR = b'<row r="1048576"><c r="XFD1048576" %s</c></row></sheetData>'
NEAR = "a.xlsx sheet 机械 cell XFD1048576: found 'a value far out'"
CORNERS = (
    b't="inlineStr"><is><t></t></is>',
    b't="str"><f>""</f><v></v>',
    b't="s"><v></v>',
    b't="e"><v>#N/A</v>',
    b't="e">',
)


@pytest.mark.parametrize("cell", CORNERS)
def test_a_far_cell_that_only_looks_empty_is_told(tmp_path: Path, cell: bytes) -> None:
    """An empty text far out would make the same grid as a value: it is refused, too."""
    part = "xl/worksheets/sheet2.xml"
    with zipfile.ZipFile(io.BytesIO(form_bytes())) as packed:
        sheet = packed.read(part).replace(b"</sheetData>", FAR % cell)
    (tmp_path / "a.xlsx").write_bytes(with_part(part, sheet))
    assert NEAR in "\n".join(faults_of(scenario_beside(tmp_path / "a.xlsx")))


SWOLLEN = "a.xlsx sheet 机械 cell {cell}: found 'too long a text'; expected at most 32767 char"


@pytest.mark.parametrize(
    ("length", "times", "cell"), [(32_767, 2, ""), (32_768, 1, "E6"), (32_767, 611, "E616")]
)
def test_a_text_that_many_cells_share_is_weighed_before_it_is_read(
    tmp_path: Path, length: int, times: int, cell: str
) -> None:
    """Excel's longest text may stand in a cell; 611 of them, from row 6 on, are 20 million."""
    sheet, texts = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
    with zipfile.ZipFile(io.BytesIO(form_bytes())) as packed:
        old_sheet, old_texts = packed.read(sheet), packed.read(texts)
    item = f"<si><r><t>{'字' * (length - 1)}</t></r><r><t>a</t></r></si></sst>".encode()
    row = '<row r="{0}"><c r="E{0}" t="s"><v>{1}</v></c></row>'
    rows = "".join(row.format(6 + k, old_texts.count(b"<si>")) for k in range(times))
    parts = {
        sheet: old_sheet.replace(b"</sheetData>", f"{rows}</sheetData>".encode()),
        texts: old_texts.replace(b"</sst>", item),
    }
    (tmp_path / "a.xlsx").write_bytes(with_parts(parts))
    told = faults_of(scenario_beside(tmp_path / "a.xlsx"))
    assert [line[: len(SWOLLEN) + len(cell) - 6] for line in told] == (
        [SWOLLEN.format(cell=cell)] if cell else []
    )


def bomb() -> bytes:
    """A small file that unpacks to more than is allowed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("xl/workbook.xml", b" " * (61 * 2**20))
    return packed.getvalue()


def with_part(name: str, part: bytes) -> bytes:
    """The form of the toy town with one part put in place of its own."""
    return with_parts({name: part})


def with_parts(parts: Mapping[str, bytes]) -> bytes:
    """The form of the toy town with these parts put in place of its own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form_bytes())) as old, zipfile.ZipFile(packed, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, parts.get(info.filename, old.read(info.filename)))
    return packed.getvalue()


ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'
FILES: tuple[tuple[str, str, bytes, str], ...] = (
    ("old", "a.xls", b"\xd0\xcf\x11\xe0", "found 'a.xls'; expected an Excel workbook (.xlsx)"),
    ("ods", "a.ods", b"PK", "found 'a.ods'; expected an Excel workbook (.xlsx)"),
    ("csv", "a.csv", b"id,kind\n", "found 'a.csv'; expected an Excel workbook (.xlsx)"),
    ("password", "a.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 99, "one with a password"),
    ("text", "a.xlsx", b"id,kind\n", "found 'a damaged file'"),
    ("nothing", "a.xlsx", b"", "found 'a damaged file'"),
    ("half", "a.xlsx", form_bytes()[:9000], "found 'a damaged file'"),
    ("bomb", "a.xlsx", bomb(), "found more than 60 MB; expected at most 60 MB unpacked"),
    ("big", "a.xlsx", b"0" * (10 * 2**20 + 1), "found 10 MB; expected at most 10 MB"),
    ("main", "a.xlsx", with_part("xl/workbook.xml", b"<workbook"), "found 'a damaged file'"),
    ("main_entity", "a.xlsx", with_part("xl/workbook.xml", ENTITY), "found 'a damaged file'"),
    ("sheet", "a.xlsx", with_part("xl/worksheets/sheet2.xml", b"<x"), "found 'a damaged"),
    ("entity", "a.xlsx", with_part("xl/worksheets/sheet2.xml", ENTITY), "found 'a damaged"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "data", "told"), [each[1:] for each in FILES],
                         ids=[each[0] for each in FILES])  # fmt: skip
def test_a_file_that_is_no_sound_workbook_is_told(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    """Other formats, passwords, damage, bombs: one clear fault on the file."""
    (tmp_path / name).write_bytes(data)
    lines = faults_of(scenario_beside(tmp_path / name))
    assert any(line.startswith(name) and told in line for line in lines), lines


def test_a_workbook_damaged_anywhere_is_told_or_read_never_a_crash(tmp_path: Path) -> None:
    """Whatever bytes are changed, the reader answers with faults or with a scenario."""
    whole = form_bytes()
    for k in range(0, len(whole), len(whole) // 30):
        (tmp_path / "a.xlsx").write_bytes(whole[:k] + b"\xff\x00<&]\n" + whole[k + 6 :])
        faults_of(scenario_beside(tmp_path / "a.xlsx"))


def test_a_table_named_by_itself_and_in_the_workbook_is_a_fault(tmp_path: Path) -> None:
    """Nobody could know which of the two was meant."""
    path = scenario_beside(write_book(tmp_path / BOOK, toy_sheets()))
    machines = 'seeds.machines="scenarios/toy_town/machines.csv"'
    assert f"expected either this file or {AT}机械, not both" in "\n".join(
        faults_of(path, machines)
    )
