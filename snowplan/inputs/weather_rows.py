"""Rows of an hourly weather file: times, values, and what is wrong with them."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from snowplan.errors import Faults
from snowplan.inputs.weather_mapping import WeatherMapping

HOUR = timedelta(hours=1)
# What an hour can hold: the highest hourly rain on record is near 300 mm; 999990 is a marker.
BOUNDS = {
    "precipitation": (0.0, 300.0, "millimetres in the hour"),
    "air_c": (-90.0, 60.0, "degrees Celsius"),
    "wind_m_s": (0.0, 120.0, "metres a second"),
    "pavement_c": (-90.0, 90.0, "degrees Celsius"),
}
WHOLE_HOUR = "a local time on the whole hour such as 2010-01-03 05:00"


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of weather, by its beginning; None is missing."""

    begin: datetime
    precipitation: float | None = None
    air_c: float | None = None
    wind_m_s: float | None = None
    pavement_c: float | None = None


def read_hours(
    path: Path, mapping: WeatherMapping, from_: datetime, until: datetime, faults: Faults
) -> dict[datetime, Hour]:
    """The hours of the file that begin in `[from_, until)`, by their beginning.

    Times must be readable in every row, values only in these hours; there an hour that comes twice
    or out of order is a fault. Empty, with a fault, when the file cannot be read as a table.
    """
    rows = _Rows(str(path), mapping, from_, until, faults)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows.read(csv.reader(stream, strict=True))
    except OSError as error:
        rows.note("", "", error.strerror or str(error), "an hourly weather file")
    except (UnicodeDecodeError, csv.Error) as error:
        rows.note("", "", str(error), "a table (CSV) in UTF-8")
    return rows.hours


@dataclass(slots=True)
class _Rows:
    """Reads row after row; what is the same for all of them is held here."""

    file: str
    mapping: WeatherMapping
    from_: datetime
    until: datetime
    faults: Faults
    hours: dict[datetime, Hour] = field(default_factory=dict)
    index: dict[str, int] = field(default_factory=dict)

    def note(
        self, where: str, column: str, found: str, expected: str, known: Iterable[str] = ()
    ) -> None:
        self.faults.add(self.file, where, column, found, expected, known)

    def read(self, reader: Iterator[list[str]]) -> None:
        header = next(reader, [])
        if not self._take_header(header):
            return
        last = self.from_
        timeless: list[tuple[int, str]] = []
        for number, cells in enumerate(reader, start=2):
            if not cells:
                continue
            if len(cells) != len(header):
                self.note(f"row {number}", "", f"{len(cells)} cells", f"{len(header)} cells")
                continue
            begin = self._begin(cells)
            if begin is None:
                timeless.append((number, "-".join(self._time_cells(cells))))
            elif self.from_ <= begin < self.until:
                self._take(begin, last, cells, f"row {number}")
                last = max(last, begin)
        if timeless:
            number, text = timeless[0]
            more = f" and {len(timeless) - 1:,} more" if len(timeless) > 1 else ""
            columns = ", ".join(self.mapping.time_columns)
            self.note(f"row {number}{more}", columns, text, WHOLE_HOUR)

    def _take_header(self, header: Sequence[str]) -> bool:
        """Note columns that are missing or named twice; True when there are none."""
        wanted = (*self.mapping.time_columns, *self.mapping.value_columns.values())
        self.index = {column: at for at, column in enumerate(header)}
        sound = True
        for column in wanted:
            if header.count(column) != 1:
                found = "twice" if column in header else column
                expected = "a column of the file, once"
                self.note("row 1", column, found, expected, header)
                sound = False
        return sound

    def _time_cells(self, cells: Sequence[str]) -> list[str]:
        return [cells[self.index[column]] for column in self.mapping.time_columns]

    def _begin(self, cells: Sequence[str]) -> datetime | None:
        """The beginning of the row's hour, or None where its time cannot be read."""
        texts = self._time_cells(cells)
        try:
            if len(texts) == 1:
                stamp = datetime.fromisoformat(texts[0])
            else:
                year, month, day, hour = (int(text) for text in texts)
                stamp = datetime(year, month, day) + hour * HOUR  # noqa: DTZ001  (24 is midnight)
                if not 0 <= hour <= 24:
                    return None
            begin = stamp - HOUR if self.mapping.stamp == "end" else stamp
        except (ValueError, OverflowError):
            return None
        if stamp.tzinfo is not None or (stamp.minute, stamp.second, stamp.microsecond) != (0, 0, 0):
            return None
        return begin

    def _take(self, begin: datetime, last: datetime, cells: Sequence[str], where: str) -> None:
        text = begin.isoformat(" ", "minutes")
        if begin in self.hours:
            self.note(where, "time", text, "each hour once: a duplicate")
            return
        if begin < last:
            expected = f"hours in order, after {last.isoformat(' ', 'minutes')}"
            self.note(where, "time", text, expected)
        values = {
            name: self._value(name, cells[self.index[column]], column, where)
            for name, column in self.mapping.value_columns.items()
        }
        self.hours[begin] = Hour(begin, **values)

    def _value(self, name: str, text: str, column: str, where: str) -> float | None:
        """A number within bounds (any such where it is at fault); None where it is missing."""
        if text.strip() in self.mapping.missing:
            return None
        low, high, unit = BOUNDS[name]
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if low <= value <= high:
            return value
        self.note(where, column, text, f"{low:g} to {high:g} {unit}, or a mark of missing")
        return low
