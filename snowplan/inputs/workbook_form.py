"""Writes the workbook that a centre fills in: today's tables, drop-downs, explanations."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from snowplan.inputs.read_table import Spoken
from snowplan.inputs.workbook_guide import guide_lines
from snowplan.inputs.workbook_parts import speak
from snowplan.inputs.workbook_words import (
    DEPOTS,
    GUIDE,
    LISTS,
    MACHINES,
    REMARK,
    SHEETS,
    YES_NO_WORDS,
    Heading,
    SheetForm,
)
from snowplan.model.scenario import Resources, Scenario
from snowplan.units import H_PER_DAY, MINUTES_PER_DAY

# A fixed day: the same tables are the same bytes, whenever they are written.
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
SPARE_ROWS = 200  # drop-downs reach so far below the last row
SPARE_DEPOTS = 20
LISTED = ("kind", "crew_kind", "zone", "product", "group", "yes_no")
LEAST_WIDTH, MOST_WIDTH, GUIDE_WIDTH = 9, 36, 100
FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
HEAD = {"bold": True, "bg_color": "#D9D9D9", "border": 1, "text_wrap": True, "align": "center"}
PATTERNS = {"time": "hh:mm", "text": "@", "number": "General"}
ROW_HEIGHT, HEAD_HEIGHT = 18, 34


def workbook_form(scenario: Scenario, lang: str, used_by: Sequence[str] = ()) -> bytes:
    """The workbook of a scenario's machines, depots, stocks, crews and the rest.

    `used_by` are the scenario files that its guide names.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": GUIDE[lang != "zh"], "created": WRITTEN})
        _Form(book, scenario, lang).write(guide_lines(scenario, lang, used_by))
    return buffer.getvalue()


def rows_of(resources: Resources) -> dict[str, list[dict[str, object]]]:
    """The rows of every sheet by the columns' names; machines in repair stand in their list."""
    machines = [
        _plain(each) | {"serviceable": each.serviceable or bool(each.note)}
        for each in resources.machines
    ]
    depots = [_plain(depot) for depot in resources.depots]
    crews = [_plain(group) | {"start": group.start_minute} for group in resources.crews]
    squads = [_plain(each) | {"sections": " ".join(each.sections)} for each in resources.squads]
    return {
        "machines": machines,
        "depots": depots,
        "stocks": [{**depot, "depot": depot["id"]} for depot in depots],
        "crews": crews,
        "trucks": [_plain(truck) for truck in resources.trucks],
        "dump_points": [_plain(dump) for dump in resources.dump_points],
        "squads": squads,
        "frontage": [_plain(each) for each in resources.frontage],
        "repairs": [
            {"machine": each.id, "reason": each.note} for each in resources.machines if each.note
        ],
    }


def _plain(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in type(record).__slots__}  # type: ignore[attr-defined]


class _Form:
    """The workbook on its way: its formats, and the words that stand for names."""

    def __init__(self, book: Any, scenario: Scenario, lang: str) -> None:
        self.book, self.scenario, self.lang = book, scenario, lang
        resources = scenario.resources
        spoken = Spoken()
        speak(spoken, resources.types, resources.deicers, scenario.road_map.zones)
        spoken.learn("depot", [(depot.name, depot.id) for depot in resources.depots])
        spoken.learn("yes_no", YES_NO_WORDS[:2] if lang == "zh" else YES_NO_WORDS[2:])
        self.said = {
            sort: {name: word if lang == "zh" or sort == "yes_no" else name
                   for word, name in words.items()}
            for sort, words in spoken.words.items()
        }  # fmt: skip
        self.formats: dict[str, Any] = {}
        self.ranges: dict[str, str] = {}

    def write(self, guide_text: Iterable[tuple[str, bool]]) -> None:
        """Guide, tables, and the hidden lists behind the drop-downs."""
        guide = self.book.add_worksheet(GUIDE[self.lang != "zh"])
        sheets = {form.table: self.book.add_worksheet(form.words(self.lang)) for form in SHEETS}
        self._write_lists()
        self._write_guide(guide, guide_text)
        rows = rows_of(self.scenario.resources)
        self._reach_tables(rows)
        for form in SHEETS:
            self._write_table(sheets[form.table], form, rows[form.table])

    def _format(self, **wanted: object) -> Any:
        key = repr(sorted(wanted.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({**FONT, **wanted})
        return self.formats[key]

    def _write_lists(self) -> None:
        name = LISTS[self.lang != "zh"]
        sheet = self.book.add_worksheet(name)
        sheet.hide()
        for column, sort in enumerate(LISTED):
            words = list(self.said[sort].values())
            for row, word in enumerate(words):
                sheet.write_string(row, column, word)
            letter = chr(ord("A") + column)
            self.ranges[sort] = f"='{name}'!${letter}$1:${letter}${max(1, len(words))}"

    def _reach_tables(self, rows: Mapping[str, Sequence[object]]) -> None:
        """The drop-downs of depots and machines show what stands in those sheets."""
        depots, machines = DEPOTS.words(self.lang), MACHINES.words(self.lang)
        column = "B" if self.lang == "zh" else "A"
        last = len(rows["depots"]) + SPARE_DEPOTS
        self.ranges["depot"] = f"='{depots}'!${column}$2:${column}${last}"
        self.ranges["machine"] = f"='{machines}'!$A$2:$A${len(rows['machines']) + SPARE_ROWS}"

    def _write_guide(self, sheet: Any, lines: Iterable[tuple[str, bool]]) -> None:
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, GUIDE_WIDTH)
        for row, (line, head) in enumerate(lines):
            look = self._format(bold=True) if head else self._format(text_wrap=True)
            sheet.write_string(row, 0, line, look)
            sheet.set_row(row, ROW_HEIGHT * max(1, -(-cell_len(line) // (GUIDE_WIDTH - 6))))
        _set_print(sheet)

    def _write_table(
        self, sheet: Any, form: SheetForm, rows: Sequence[Mapping[str, object]]
    ) -> None:
        headings = (*form.headings, REMARK)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, HEAD_HEIGHT)
        for column, heading in enumerate(headings):
            words = [self._shown(heading, row) for row in rows]
            pattern = PATTERNS.get(heading.sort, "@")
            width = max(map(cell_len, (heading.words(self.lang), *map(str, words)))) + 3
            width = min(max(width, LEAST_WIDTH), MOST_WIDTH)
            sheet.set_column(column, column, width, self._format(num_format=pattern))
            sheet.write_string(0, column, heading.words(self.lang), self._format(**HEAD))
            note = heading.note_zh if self.lang == "zh" else heading.note_en
            if note not in ("", heading.zh, heading.en):
                sheet.write_comment(0, column, note, {"x_scale": 1.6, "y_scale": 0.7})
            for row, word in enumerate(words, start=1):
                self._write_cell(sheet, (row, column), word, pattern)
            self._guard(sheet, column, heading, len(rows) + SPARE_ROWS)
        sheet.autofilter(0, 0, max(1, len(rows)), len(headings) - 1)
        sheet.repeat_rows(0)
        _set_print(sheet)

    def _shown(self, heading: Heading, row: Mapping[str, object]) -> object:
        """What a cell shows: a word for a name, 是 or 否, a time, a number, a text."""
        value = row.get(heading.name, "")
        if isinstance(value, bool):
            value = str(value).lower()
        if heading.sort == "time" and isinstance(value, int):
            hours, minutes = divmod(value, MINUTES_PER_DAY // H_PER_DAY)
            return time(hours, minutes)
        return self.said.get(heading.sort, {}).get(str(value), value)

    def _write_cell(self, sheet: Any, at: tuple[int, int], value: object, pattern: str) -> None:
        look = self._format(num_format=pattern)
        if isinstance(value, time):
            sheet.write_datetime(*at, value, look)
        elif isinstance(value, (int, float)) and _is_exact(value):
            sheet.write_number(*at, value, look)
        elif value != "":
            sheet.write_string(*at, str(value), look)

    def _guard(self, sheet: Any, column: int, heading: Heading, last: int) -> None:
        """The drop-down of a column, or the bounds of its numbers."""
        if heading.sort in self.ranges:
            rule: dict[str, object] = {"validate": "list", "source": self.ranges[heading.sort]}
        elif heading.sort == "number":
            least = -180 if heading.unit == "°" else 0
            rule = {"validate": "decimal", "criteria": ">=", "value": least}
        else:
            return
        sheet.data_validation(1, column, last, column, rule | {"error_type": "warning"})


def _is_exact(value: float) -> bool:
    """True for numbers that a workbook, which keeps 16 digits, gives back as they are."""
    return float(f"{value:.16G}") == value


def _set_print(sheet: Any) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&A  &P / &N")
