"""CSV tables are read strictly; every fault has row, column and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from snowplan.inputs.reading import Reading
from snowplan.inputs.table_files import Row, read_items

HEAD = "id,depth_mm,count,on,start\n"
GOOD = "a,1.5,2,true,07:30\n"


def read(folder: Path, content: bytes | str) -> tuple[list[tuple[object, ...]], list[str]]:
    """Records and messages of a table with one column of each kind."""
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    reading = Reading(folder)

    def build(row: Row) -> tuple[object, ...]:
        return (
            row.text("id"),
            row.number_in("depth_mm", 0, 100),
            row.whole("count", 1, 9),
            row.yes_no("on"),
            row.time("start"),
        )

    items = read_items(reading, path, ("id", "depth_mm", "count", "on", "start"), build)
    return items, [str(fault) for fault in reading.faults.items]


def test_a_sound_table_is_read_whole(tmp_path: Path) -> None:
    """Values come in their types, rows sorted by id."""
    items, faults = read(tmp_path, HEAD + "b,2,3,false,00:00\n" + GOOD)
    assert faults == []
    assert items == [("a", 1.5, 2, True, 450), ("b", 2.0, 3, False, 0)]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_byte_order_mark_and_line_ends_make_no_difference(
    tmp_path: Path, mark: bytes, end: str
) -> None:
    """A table saved by a spreadsheet reads like one saved by an editor."""
    items, faults = read(tmp_path, mark + (HEAD + GOOD).replace("\n", end).encode())
    assert (items, faults) == ([("a", 1.5, 2, True, 450)], [])


def test_columns_may_stand_in_any_order_with_source_and_tag_beside(tmp_path: Path) -> None:
    """Columns are found by name, and source and tag are optional."""
    items, faults = read(
        tmp_path, "tag,start,on,count,depth_mm,id,source\nA,07:30,true,2,1.5,a,a guess\n"
    )
    assert (items, faults) == ([("a", 1.5, 2, True, 450)], [])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a,nan,2,true,07:30", "row 2, column depth_mm: found 'nan'; expected a finite number"),
        ("a,-inf,2,true,07:30", "row 2, column depth_mm: found '-inf'; expected a finite number"),
        ("a,1e999,2,true,07:30", "column depth_mm: found '1e999'; expected a finite number"),
        ("a,-1,2,true,07:30", "found '-1'; expected a number from 0 to 100"),
        ("a,7 cm,2,true,07:30", "found '7 cm'; expected a number of mm, written without the unit"),
        ("a,1_0,2,true,07:30", "column depth_mm: found '1_0'"),
        ("a,,2,true,07:30", "column depth_mm: found ''; expected a number of mm"),
        ("a,1,2.5,true,07:30", "column count: found '2.5'; expected a whole number"),
        ("a,1,0,true,07:30", "column count: found '0'; expected a number from 1 to 9"),
        ("a,1,2,ture,07:30", "column on: found 'ture'; expected true or false"),
        ("a,1,2,true,25:00", "column start: found '25:00'; expected a time of day such as 07:30"),
        (",1,2,true,07:30", "column id: found ''; expected a text that is not blank"),
        ("a,1,2,true,07:30,x", "row 2: found '6 cells'; expected 5 cells"),
        ("a,1,2,true", "row 2: found '4 cells'; expected 5 cells"),
    ],
)
def test_a_wrong_cell_is_told_with_its_place(tmp_path: Path, row: str, words: str) -> None:
    """One wrong cell is one fault, with file, row, column, found and expected."""
    items, faults = read(tmp_path, HEAD + row + "\n")
    assert items == []
    assert len(faults) == 1
    assert faults[0].startswith("table.csv row 2")
    assert words in faults[0]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("id,depth_mm,count,on,start,id", "row 1, column id: found '2 columns'"),
        ("id,depth_mm,count,on,start,dept_mm", "found 'dept_mm'; expected a known column"),
        ("id,depth_mm,count,on", "row 1, column start: found 'no such column'"),
        ("", "row 1: found 'nothing'"),
    ],
)
def test_a_wrong_heading_is_told(tmp_path: Path, head: str, words: str) -> None:
    """Double, unknown and missing columns are faults of row 1."""
    items, faults = read(tmp_path, f"{head}\n{GOOD}")
    assert items == []
    assert any(words in fault for fault in faults)


def test_an_unknown_column_is_told_with_the_nearest_known_one(tmp_path: Path) -> None:
    """`dept_mm` is answered with `depth_mm`."""
    _, faults = read(tmp_path, "id,dept_mm,count,on,start\n" + GOOD)
    assert any("did you mean 'depth_mm'?" in fault for fault in faults)


def test_an_id_twice_is_told_with_both_rows(tmp_path: Path) -> None:
    """The second of two rows with one id is the fault, and names the first."""
    _, faults = read(tmp_path, HEAD + GOOD + GOOD)
    assert faults == [
        "table.csv row 3, column id: found 'a'; expected each once; a duplicate of row 2"
    ]


def test_text_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    """A table in GBK is refused where its first odd byte stands, and told how to mend it.

    0xFF begins no letter of UTF-8 and none of GBK.
    """
    _, faults = read(tmp_path, HEAD.encode() + "街,1,2,true,07:30\n".encode("gbk"))
    mend = "expected text in UTF-8 (from Excel: save as CSV UTF-8)"
    assert faults == [f"table.csv line 2: found GBK text; {mend}"]
    _, faults = read(tmp_path, HEAD.encode() + b"\xff,1,2,true,07:30\n")
    assert faults == [f"table.csv line 2: found byte 0xff; {mend}"]


def test_gbk_that_happens_to_be_utf8_is_told(tmp_path: Path) -> None:
    """校园路 in GBK is valid UTF-8 of letters from far away; it is refused, not misread."""
    _, faults = read(tmp_path, HEAD.encode() + "校园路,1,2,true,07:30\n".encode("gbk"))
    assert len(faults) == 1
    assert "CSV UTF-8), not in GBK" in faults[0]


def test_signs_of_western_europe_are_no_gbk(tmp_path: Path) -> None:
    """° and é are two bytes, too, and stay what they are."""
    items, faults = read(tmp_path, HEAD + "Béal °,1,2,true,07:30\n")
    assert faults == []
    assert items[0][0] == "Béal °"


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    """A heading alone is no table."""
    assert read(tmp_path, HEAD)[1] == ["table.csv: found 'no rows'; expected at least one row"]


def test_blank_lines_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    """A fault after a blank line names the row that a spreadsheet shows."""
    _, faults = read(tmp_path, HEAD + GOOD + "\n,,,,\n" + GOOD.replace("a", "b").replace("2", "x"))
    assert [fault.split(",")[0] for fault in faults] == ["table.csv row 5"]


def test_source_and_tag_are_checked_where_they_are_given(tmp_path: Path) -> None:
    """A blank source and an unknown tag are faults."""
    text = "id,depth_mm,count,on,start,source,tag\na,1,2,true,07:30,,X\n"
    _, faults = read(tmp_path, text)
    assert any("column source: found ''" in fault for fault in faults)
    assert any("column tag: found 'X'; expected a source tag" in fault for fault in faults)
