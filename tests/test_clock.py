"""The scenario's clock: local times, midnight, summer time."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowplan.clock import Clock, day_spells_ms, minute_of_day

H = 3_600_000
MIN = 60_000
CLOCK = Clock(datetime.fromisoformat("2026-01-15 16:00"))


def test_local_time_of_an_instant() -> None:
    """By hand: 16:00 and 9 h 5 min are 01:05 the next day; the start itself is 960 minutes."""
    assert CLOCK.text(9 * H + 5 * MIN) == "2026-01-16 01:05"
    assert (CLOCK.minute_of_day(0), CLOCK.minute_of_day(9 * H + 5 * MIN)) == (960, 65)
    assert CLOCK.local(0).utcoffset() == CLOCK.local(9 * H).utcoffset()
    assert CLOCK.local(0).isoformat() == "2026-01-15T16:00:00+08:00"


def test_the_next_time_of_day() -> None:
    """By hand: from 16:00 the next 16:00 is now, 15:59 tomorrow, midnight in 8 h; before the
    start, 08:00 was 8 h ago."""
    assert CLOCK.next_minute_of_day_ms(960, 0) == 0
    assert CLOCK.next_minute_of_day_ms(960, 1) == 24 * H
    assert CLOCK.next_minute_of_day_ms(959, 0) == 24 * H - MIN
    assert CLOCK.next_minute_of_day_ms(0, 0) == 8 * H
    assert CLOCK.next_minute_of_day_ms(480, -24 * H) == -8 * H


def test_milliseconds_of_a_local_time() -> None:
    """By hand: 07:30 the next morning is 15.5 h after 16:00; noon before it 4 h ago."""
    assert CLOCK.ms_of(datetime.fromisoformat("2026-01-16 07:30")) == 15 * H + 30 * MIN
    assert CLOCK.ms_of(datetime.fromisoformat("2026-01-15 12:00")) == -4 * H


def test_summer_time() -> None:
    """By the calendar: in Berlin on 2026-03-29 the clock goes from 02:00 to 03:00, so from 22:00
    the evening before to 07:00 are 8 hours, and the minute 02:30 comes as 03:30."""
    berlin = Clock(datetime.fromisoformat("2026-03-28 22:00"), "Europe/Berlin")
    assert berlin.text(4 * H) == "2026-03-29 03:00"
    assert berlin.next_minute_of_day_ms(7 * 60, 0) == 8 * H
    assert berlin.ms_of(datetime.fromisoformat("2026-03-29 07:00")) == 8 * H


@given(minute=st.integers(0, 1_439), since=st.integers(-48 * H, 72 * H))
def test_the_next_time_of_day_is_within_a_day(minute: int, since: int) -> None:
    """By definition: at or after, less than a day later, and the clock shows it."""
    found = CLOCK.next_minute_of_day_ms(minute, since)
    assert since <= found < since + 24 * H
    assert CLOCK.minute_of_day(found) == minute
    assert found % MIN == 0


def test_spells_of_the_day() -> None:
    """By hand: nights 22:00 to 05:00 in 40 h from 16:00: 6-13 h and 30-37 h; days 05:00 to 22:00
    are what is left, cut at both ends; the whole day where from is to."""
    assert day_spells_ms(CLOCK, 1_320, 300, 40 * H) == [(6 * H, 13 * H), (30 * H, 37 * H)]
    assert day_spells_ms(CLOCK, 300, 1_320, 40 * H) == [
        (0, 6 * H), (13 * H, 30 * H), (37 * H, 40 * H),
    ]  # fmt: skip
    assert day_spells_ms(CLOCK, 0, 0, 10 * H) == [(0, 8 * H), (8 * H, 10 * H)]


@pytest.mark.parametrize(
    ("text", "minute"), [("07:30", 450), ("00:00", 0), ("23:59", 1_439), ("7:30", 450)]
)
def test_times_of_day(text: str, minute: int) -> None:
    """By hand."""
    assert minute_of_day(text) == minute


@pytest.mark.parametrize("text", ["24:00", "07:60", "7", "07:5", "", "ab:cd", "-1:30", "07:30:00"])
def test_what_is_no_time_of_day(text: str) -> None:
    """By definition: refused with a ValueError, by its own words or those of `int`."""
    with pytest.raises(ValueError, match=r"is not a time of day|invalid literal"):
        minute_of_day(text)
