"""Hourly weather files: the cut by date, units, rain, what is missing and what is refused."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from snowplan.clock import Clock
from snowplan.errors import Faults
from snowplan.inputs.weather_files import WeatherMapping, read_weather
from snowplan.model.weather import Snowfall, WeatherSpell
from snowplan.units import MS_PER_H

NOON = datetime.fromisoformat("2026-01-15 12:00")  # start of the clock
ROWS = (  # local time, mm, °C
    ("2026-01-15 11:00", "0.5", "-1"),
    ("2026-01-15 12:00", "0", "-2"),
    ("2026-01-15 13:00", "0.7", "-3"),
    ("2026-01-15 14:00", "1.234", "-4.5"),
    ("2026-01-15 15:00", "0.1", "-5"),
)
PLAIN = WeatherMapping(time="time", precipitation="mm", air_c="temp")


def table(rows: tuple[tuple[str, ...], ...] = ROWS, header: str = "time,mm,temp") -> str:
    """A weather file."""
    return "\n".join([header, *(",".join(row) for row in rows)]) + "\n"


def changed(at: int, **cells: str) -> tuple[tuple[str, ...], ...]:
    """The rows with some cells of one of them changed."""
    rows = [dict(zip(("time", "mm", "temp"), row, strict=True)) for row in ROWS]
    rows[at].update(cells)
    return tuple(tuple(row.values()) for row in rows)


def read(
    folder: Path,
    text: str,
    mapping: WeatherMapping = PLAIN,
    hours: tuple[int, int] = (-1, 4),
    clock: Clock | None = None,
) -> tuple[Snowfall, str, list[str]]:
    """Snowfall, faults as one message, and notes; `hours` of the cut count from noon."""
    path = folder / "weather.csv"
    path.write_text(text, encoding="utf-8")
    faults = Faults()
    notes: list[str] = []
    from_, until = (NOON + timedelta(hours=n) for n in hours)
    snow = read_weather(path, mapping, clock or Clock(NOON), from_, until, faults, notes)
    return snow, "\n".join(map(str, faults.items)), notes


def test_hours_become_spells_in_whole_units(tmp_path: Path) -> None:
    """Worked by hand: mm times 1,000 are µm, hours after noon times 3,600,000 are ms."""
    snow, message, _ = read(tmp_path, table())
    assert message == ""
    assert snow.actual == (
        WeatherSpell(-MS_PER_H, 0, -1.0),  # its snow fell before the start
        WeatherSpell(0, 0, -2.0),
        WeatherSpell(MS_PER_H, 700, -3.0),
        WeatherSpell(2 * MS_PER_H, 1234, -4.5),
        WeatherSpell(3 * MS_PER_H, 100, -5.0),
        WeatherSpell(4 * MS_PER_H, 0, -5.0),  # dry after the cut
    )
    assert (snow.missing_hours, snow.source) == (0, "weather.csv")
    assert all(isinstance(spell.um_per_h, int) for spell in snow.actual)


def test_snow_before_the_start_is_told(tmp_path: Path) -> None:
    """The hour before noon had 0.5 mm; half of the hour that holds a start at 13:30 is 0.35 mm."""
    assert any("0.5 mm of snow is not in this run" in note for note in read(tmp_path, table())[2])
    late = Clock(NOON + timedelta(minutes=90))
    snow, _, notes = read(tmp_path, table(), hours=(0, 4), clock=late)
    assert [(s.start_ms / MS_PER_H, s.um_per_h) for s in snow.actual] == [
        (-1.5, 0), (-0.5, 0), (0, 700), (0.5, 1234), (1.5, 100), (2.5, 0),
    ]  # fmt: skip
    assert any("0.35 mm of snow is not in this run" in note for note in notes)


def test_cut_leaves_out_what_lies_beyond(tmp_path: Path) -> None:
    """Of five hours the two in [12:00, 14:00) are read; a broken value outside does no harm."""
    snow, message, _ = read(tmp_path, table(changed(4, mm="wet")), hours=(0, 2))
    assert message == ""
    assert [s.um_per_h for s in snow.actual] == [0, 700, 0]


def test_stamps_may_mark_the_end_of_the_hour(tmp_path: Path) -> None:
    """The same file with stamps at the end of the hour is the same snow one hour earlier."""
    ended = PLAIN.model_copy(update={"stamp": "end"})
    begun = read(tmp_path, table(), hours=(0, 4))[0]
    snow, message, _ = read(tmp_path, table(), ended, (-2, 3), Clock(NOON - timedelta(hours=1)))
    assert message == ""
    assert [(s.start_ms, s.um_per_h) for s in snow.actual[1:]] == [
        (s.start_ms, s.um_per_h) for s in begun.actual
    ]


def test_time_in_four_columns(tmp_path: Path) -> None:
    """Year, month, day and hour in four columns say the same as one; hour 24 is midnight."""
    times = [datetime.fromisoformat(row[0]) for row in ROWS]
    split = tuple(
        (str(t.year), str(t.month), str(t.day), str(t.hour), *row[1:])
        for t, row in zip(times, ROWS, strict=True)
    )
    late = (("2026", "1", "15", "24", "9", "-9"),)
    four = WeatherMapping(year="y", month="m", day="d", hour="h", precipitation="mm", air_c="temp")
    text = table(split, "y,m,d,h,mm,temp")
    assert read(tmp_path, text, four)[0] == read(tmp_path, table())[0]
    gap = four.model_copy(update={"fill": "zero"})
    snow = read(tmp_path, table(split + late, "y,m,d,h,mm,temp"), gap, (-1, 13))[0]
    assert (snow.actual[-2].start_ms, snow.actual[-2].um_per_h) == (12 * MS_PER_H, 9000)
    wrong = read(tmp_path, text.replace(",15,13,", ",15,25,"), four)[1]
    assert "row 4, y, m, d, h: found '2026-1-15-25'; expected a local time" in wrong


def test_wind_and_pavement_where_they_are_given(tmp_path: Path) -> None:
    """A missing wind is the last one, a missing pavement temperature is left to the model."""
    extra = (("2", "-1"), ("NA", "NA"), ("4", "-2"), ("", ""), ("5", "-3"))
    rows = tuple(row + more for row, more in zip(ROWS, extra, strict=True))
    mapping = PLAIN.model_copy(update={"wind_m_s": "wind", "pavement_c": "road"})
    snow, message, notes = read(tmp_path, table(rows, "time,mm,temp,wind,road"), mapping)
    assert message == ""
    assert [s.wind_m_s for s in snow.actual] == [2, 2, 4, 4, 5, 5]
    assert [s.pavement_c for s in snow.actual[:5]] == [-1, None, -2, None, -3]
    assert [note for note in notes if "2 h of wind taken by the last" in note]
    assert [note for note in notes if "2 h of road taken by the model's rule" in note]
    assert snow.missing_hours == 0


def test_rain_is_not_snow(tmp_path: Path) -> None:
    """Above the threshold of 2 °C an hour's 1.234 mm is rain; at 2 °C sharp it is still snow."""
    snow, _, notes = read(tmp_path, table(changed(3, temp="2.1")))
    assert [s.um_per_h for s in snow.actual] == [0, 0, 700, 0, 100, 0]
    assert any("1.2 mm in 1 h with air above 2 °C (A) is not taken as snow" in n for n in notes)
    assert read(tmp_path, table(changed(3, temp="2.0")))[0].actual[3].um_per_h == 1234
    cold = PLAIN.model_copy(update={"rain_above_c": 0.5})
    assert read(tmp_path, table(changed(3, temp="1")), cold)[0].actual[3].um_per_h == 0


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            changed(2, mm="NA"),
            "hour 2026-01-15 13:00, mm: found 'missing'; expected a value, or fill",
        ),
        (changed(2, mm=""), "hour 2026-01-15 13:00, mm: found 'missing'"),
        (changed(2, temp="NA"), "hour 2026-01-15 13:00, temp: found 'missing'"),
        (ROWS[:2] + ROWS[3:], "hour 2026-01-15 13:00, mm: found 'missing'"),
        (ROWS[:-1], "hour 2026-01-15 15:00, temp: found 'missing'"),
    ],
)
def test_missing_hours_are_faults(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...], words: str
) -> None:
    """An hour that is marked, blank or absent is named, and nothing is read in its place."""
    snow, message, _ = read(tmp_path, table(rows))
    assert words in message
    assert snow.actual == ()


@pytest.mark.parametrize(
    ("fill", "mm_um", "air_c"),
    [("previous", [0, 0, 700, 700, 100, 0], -3.0), ("zero", [0, 0, 700, 0, 100, 0], -3.0),
     ("linear", [0, 0, 700, 400, 100, 0], -4.0)],
)  # fmt: skip
def test_missing_hours_are_filled_by_name(
    tmp_path: Path, fill: str, mm_um: list[int], air_c: float
) -> None:
    """Between 0.7 mm at -3 °C and 0.1 mm at -5 °C the three rules are worked by hand."""
    mapping = WeatherMapping(**{**PLAIN.model_dump(), "fill": fill})
    snow, message, notes = read(tmp_path, table(ROWS[:3] + ROWS[4:]), mapping)
    assert message == ""
    assert [s.um_per_h for s in snow.actual] == mm_um
    assert snow.actual[3].air_c == air_c
    assert snow.missing_hours == 1
    assert len([n for n in notes if f"2026-01-15 14:00 mm filled by '{fill}'" in n]) == 1
    assert len([n for n in notes if f"2026-01-15 14:00 temp filled by '{fill}'" in n]) == 1


@pytest.mark.parametrize(("fill", "at"), [("previous", 0), ("linear", 0), ("linear", 4)])
def test_nothing_to_fill_from(tmp_path: Path, fill: str, at: int) -> None:
    """At the edge of the cut there is no neighbour, so that the rule cannot be followed."""
    mapping = WeatherMapping(**{**PLAIN.model_dump(), "fill": fill})
    _, message, _ = read(tmp_path, table(changed(at, mm="NA")), mapping)
    assert f"mm: found 'missing'; expected a value near enough to fill it by '{fill}'" in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (table(changed(2, mm="999990")), r"row 4, mm: found '999990'; expected 0 to 300 mill"),
        (table(changed(2, mm="-0.1")), r"row 4, mm: found '-0.1'; expected 0 to 300"),
        (table(changed(2, mm="nan")), r"row 4, mm: found 'nan'; expected 0 to 300"),
        (table(changed(2, mm="inf")), r"row 4, mm: found 'inf'; expected 0 to 300"),
        (table(changed(2, mm="trace")), r"row 4, mm: found 'trace'.*or a mark of missing"),
        (table(changed(2, temp="-99")), r"row 4, temp: found '-99'; expected -90 to 60 degrees"),
        (table(changed(2, time="2026-01-15 12:00")), r"row 4, time: .*expected each hour once"),
        (table((ROWS[0], ROWS[2], ROWS[1], *ROWS[3:])), r"row 4, time: .*expected hours in"),
        (table(changed(2, time="15/01/2026 13:00")), r"row 4, time: found '15/01.*such as"),
        (table(changed(2, time="2026-01-15 13:30")), r"row 4, time: .*on the whole hour"),
        (table(changed(2, time="2026-01-15T13:00+08:00")), r"row 4, time: .*a local time"),
        (table((*ROWS, ("x", "0", "0"), ("y", "0", "0"))), r"row 7 and 1 more, time: found 'x'"),
        (table((*ROWS, ("2026-01-15 16:00", "0", "0", "0"))), r"row 7: found '4 cells'"),
        (table(changed(2, time="2026-02-30 13:00")), r"row 4, time: found '2026-02-30"),
        (table(header="time,mm,temmp"), r"row 1, temp: found 'temp'.*did you mean 'temmp'"),
        (table(header="time,mm,mm"), r"row 1, mm: found 'twice'; expected a column"),
        ("", r"row 1, time: found 'time'; expected a column of the file"),
        (table(()), r"time: found 'no hour'; expected hours from 2026-01-15 11:00:00"),
        (table() + '"unclosed', r"expected a table"),
    ],
)  # fmt: skip
def test_faults_of_the_file_are_named(tmp_path: Path, text: str, words: str) -> None:
    """Each fault was put into a sound file; its row (the heading is row 1) is told."""
    snow, message, _ = read(tmp_path, text)
    assert re.search(words, message)
    assert snow.actual == ()


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    """A wrong value, a missing one and a duplicate are three faults of one reading."""
    rows = (*changed(1, mm="-1")[:2], ("2026-01-15 13:00", "NA", "-3"), *ROWS[3:], ROWS[4])
    assert len(read(tmp_path, table(rows))[1].splitlines()) == 3


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that is absent, or is not text in UTF-8, is named."""
    faults = Faults()
    path = tmp_path / "gbk.csv"
    until = NOON + timedelta(hours=4)
    read_weather(path, PLAIN, Clock(NOON), NOON, until, faults)
    path.write_bytes("time,mm,temp,天气\n".encode("gbk"))
    read_weather(path, PLAIN, Clock(NOON), NOON, until, faults)
    assert [len(faults.items), "No such file" in str(faults.items[0])] == [2, True]
    assert "a table (CSV) in UTF-8" in str(faults.items[1])


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ((1, 4), "from: .*expected the scenario's start 2026-01-15 12:00:00 or before"),
        ((-3, 0), "until: .*expected a time after the scenario's start"),
        ((-0.5, 4), "from: found '2026-01-15 11:30:00'; expected a naive local time on the whole"),
    ],
)
def test_cut_must_hold_the_start(tmp_path: Path, hours: tuple[int, int], words: str) -> None:
    """Hours from the start on would be unknown, or none would be left, or be cut in two."""
    assert re.search(words, read(tmp_path, table(), hours=hours)[1])


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"time": None}, "expected 'time' alone or all of year, month, day, hour; found neither"),
        ({"year": "y"}, "found year, time"),
        ({"time": None, "year": "y", "month": "m"}, "found year, month"),
        ({"fill": "guess"}, "Input should be 'previous', 'zero' or 'linear'"),
        ({"unit": "in_per_h"}, "Input should be 'mm_per_h'"),
        ({"stamp": "middle"}, "Input should be 'begin' or 'end'"),
        ({"precip": "mm"}, "precip\n  Extra inputs are not permitted"),
        ({"rain_above_c": float("nan")}, "rain_above_c\n  Input should be"),
    ],
)
def test_mappings_are_strict(keys: dict[str, object], words: str) -> None:
    """Unknown keys and words are refused, and so are two kinds of time or half of one."""
    with pytest.raises(ValidationError, match=re.escape(words)):
        WeatherMapping.model_validate({**PLAIN.model_dump(), **keys})


BEIJING = WeatherMapping(
    year="year", month="month", day="day", hour="hour",
    precipitation="precipitation", air_c="TEMP", source="Beijing",
)  # fmt: skip


def beijing(folder: Path) -> tuple[Path, list[dict[str, str]]]:
    """The file of hourly weather in Beijing, and its rows by the csv module alone."""
    path = folder / "weather" / "beijing_hourly_2010_2015.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return path, list(csv.DictReader(stream))


def test_storm_of_2010_in_beijing(shared_data: Path) -> None:
    """The storm of 2010-01-03 is 11.2 mm in 20 h at -9 to -6 °C, summed here by itself."""
    path, rows = beijing(shared_data)
    day = [r for r in rows if (r["year"], r["month"], r["day"]) == ("2010", "1", "3")]
    wet = [r for r in day if float(r["precipitation"]) > 0]
    total_um = sum(int(float(r["precipitation"]) * 1000 + 0.5) for r in wet)
    faults, notes = Faults(), list[str]()
    start = datetime.fromisoformat("2010-01-02 18:00")
    cut = datetime.fromisoformat("2010-01-02"), datetime.fromisoformat("2010-01-05")
    snow = read_weather(path, BEIJING, Clock(start), *cut, faults, notes)
    falling = [spell for spell in snow.actual if spell.um_per_h > 0]
    assert (faults.items, notes, snow.missing_hours, snow.source) == ([], [], 0, "Beijing")
    assert sum(spell.um_per_h for spell in falling) == total_um == 11_200
    assert len(falling) == len(wet) == 20
    temperatures = [float(r["TEMP"]) for r in wet]
    assert [spell.air_c for spell in falling] == temperatures
    assert (min(temperatures), max(temperatures)) == (-9.0, -6.0)
    assert falling[0].start_ms == 6 * MS_PER_H  # midnight, six hours after the start
    assert len(snow.actual) == 72 + 1


def test_missing_hours_of_beijing_are_named(shared_data: Path) -> None:
    """The first hour marked NA in the file is a fault of the day that holds it."""
    path, rows = beijing(shared_data)
    row = next(r for r in rows if r["precipitation"] == "NA")
    day = f"{row['year']}-{int(row['month']):02}-{int(row['day']):02}"
    at = datetime.fromisoformat(f"{day} {int(row['hour']):02}:00")
    faults = Faults()
    from_ = at - timedelta(hours=12)
    read_weather(path, BEIJING, Clock(from_), from_, at + timedelta(hours=12), faults)
    assert f"hour {at:%Y-%m-%d %H:%M}, precipitation: found 'missing'" in str(faults.items[0])


def test_storm_of_2022_in_toronto(shared_data: Path) -> None:
    """Another agency's file: the 17th had 38.6 mm, summed here from the file's own text."""
    path = shared_data / "weather" / "toronto_hourly_2022-01.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        day = [r for r in csv.DictReader(stream) if r["Date/Time (LST)"].startswith("2022-01-17")]
    total_um = round(1000 * sum(float(r["Precip. Amount (mm)"]) for r in day))
    mapping = WeatherMapping(
        time="Date/Time (LST)", precipitation="Precip. Amount (mm)", air_c="Temp (°C)"
    )
    faults = Faults()
    cut = datetime.fromisoformat("2022-01-17"), datetime.fromisoformat("2022-01-18")
    snow = read_weather(path, mapping, Clock(cut[0], "America/Toronto"), *cut, faults)
    assert faults.items == []
    assert sum(spell.um_per_h for spell in snow.actual) == total_um == 38_600
