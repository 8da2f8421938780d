"""The cells of a workbook as the texts that the tables read: numbers, times, 是 and 否."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta

from snowplan.inputs.workbook_book import Cell
from snowplan.units import H_PER_DAY, MINUTES_PER_DAY

A_DATE, A_TIME = "a date", "a time of day"
CLOCK_SORT, TEXT, NUMBER, DATE = "time", "text", "number", "date"


def cell_text(cell: Cell, sort: str) -> str:
    """A cell as the text of a CSV table."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return _clock(cell) if sort == CLOCK_SORT and 0 <= cell < 1 else number_text(cell)
    if not isinstance(cell, str):
        return _instant(cell, sort)
    text = cell.strip()
    if sort not in (NUMBER, CLOCK_SORT):
        return text
    half = unicodedata.normalize("NFKC", text)
    return f"0{half}" if sort == CLOCK_SORT and half.find(":") == 1 else half


def number_text(value: float) -> str:
    """A number without the `.0` that Excel never showed."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def is_odd(cell: Cell, sort: str) -> str:
    """What a cell holds that cannot be meant in its column; "" where nothing is odd."""
    if isinstance(cell, (datetime, date)) and sort not in (DATE, CLOCK_SORT):
        return A_DATE
    if isinstance(cell, (time, timedelta)) and sort not in (CLOCK_SORT, DATE):
        return A_TIME
    return ""


def _clock(day: float) -> str:
    return _hours(round(day * MINUTES_PER_DAY) % MINUTES_PER_DAY)


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, MINUTES_PER_DAY // H_PER_DAY)
    return f"{hours:02d}:{rest:02d}"


def _instant(cell: date | time | timedelta, sort: str) -> str:
    """A date or time of day as people write it; hours and minutes alone where one is wanted."""
    if isinstance(cell, timedelta):
        return _hours(round(cell / timedelta(minutes=1)))
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, datetime) and sort == DATE and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
