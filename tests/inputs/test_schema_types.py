"""Times and instants as users and TOML write them; what is meant is worked out by eye."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from snowplan.inputs.schema_types import Instant, OneOrMoreC, TimeOfDay, TimeOrInstant

EVENING = datetime.fromisoformat("2026-01-15 16:00")


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        (TimeOfDay, "07:30", "07:30"),
        (TimeOfDay, time(7, 30), "07:30"),
        (Instant, "2026-01-15 16:00", EVENING),
        (Instant, EVENING, EVENING),
        (Instant, date(2026, 1, 15), EVENING.replace(hour=0)),
        (TimeOrInstant, 3, 3.0),
        (TimeOrInstant, "07:30", "07:30"),
        (TimeOrInstant, time(22, 0), "22:00"),
        (TimeOrInstant, "2026-01-15T16:00", EVENING),
        (OneOrMoreC, -5, [-5.0]),
        (OneOrMoreC, [-5, -12.5], [-5.0, -12.5]),
    ],
)
def test_what_is_meant(kind: Any, written: object, meant: object) -> None:
    """TOML has times, dates and numbers of its own; text such as `--set` gives means the same."""
    assert TypeAdapter(kind).validate_python(written) == meant


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        (TimeOfDay, 730, "a time of day such as 07:30"),
        (TimeOfDay, "24:00", "a time of day such as 07:30"),
        (Instant, "tomorrow", "a local time such as 2026-01-15 16:00"),
        (Instant, EVENING.replace(tzinfo=UTC), "without a zone"),
        (Instant, 16, "a local time such as 2026-01-15 16:00"),
        (TimeOrInstant, -1, "hours after the start, 0 or more"),
        (TimeOrInstant, float("nan"), "a finite number"),
        (TimeOrInstant, True, "a local time"),
        (OneOrMoreC, [], "at least 1 item"),
        (OneOrMoreC, -80, "greater than or equal to -70"),
    ],
)
def test_what_is_refused_is_told_what_was_expected(
    kind: Any, written: object, expected: str
) -> None:
    """The message names the form that would do."""
    with pytest.raises(ValidationError, match=expected):
        TypeAdapter(kind).validate_python(written)
