"""Value types that several schemas share: sourced tables, times of day, local instants."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from snowplan.clock import minute_of_day
from snowplan.inputs.toml_files import Strict

Tag = Literal["S", "G", "N", "M", "W", "D", "A"]
Text = Annotated[str, Field(min_length=1)]
Depth = Annotated[float, Field(ge=0, le=5000)]
Hours = Annotated[float, Field(ge=0, le=10_000)]
Share = Annotated[float, Field(ge=0, le=1)]
AirC = Annotated[float, Field(ge=-70, le=50)]
ClassName = Literal["expressway", "main", "secondary", "branch", "lane"]
OrderClass = Literal["critical", "expressway", "main", "secondary", "branch", "lane"]
GradeName = Literal["light", "moderate", "heavy", "blizzard", "severe_blizzard", "extreme_blizzard"]


class Sourced(Strict):
    """A table of given figures: where they come from, and how sure."""

    source: Text
    tag: Tag


def _time_of_day(value: Any) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, str):
        minute_of_day(value)
        return value
    raise ValueError("a time of day such as 07:30")


def _instant(value: Any) -> datetime:
    """A local time without a zone, from TOML or from text such as `2026-01-15 16:00`."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError("a local time such as 2026-01-15 16:00") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - local by contract
    if not isinstance(value, datetime) or value.tzinfo is not None:
        raise ValueError("a local time such as 2026-01-15 16:00, without a zone")
    return value


def _time_or_instant(value: Any) -> float | str | datetime:
    """Hours after the start, or a time of day, or a local time."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not 0 <= value <= 10_000:
            raise ValueError("hours after the start, 0 or more, a finite number")
        return float(value)
    if isinstance(value, time) or (isinstance(value, str) and len(value) <= 5):
        return _time_of_day(value)
    return _instant(value)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, (int, float)) and not isinstance(value, bool) else value


TimeOfDay = Annotated[
    str, PlainValidator(_time_of_day), WithJsonSchema({"type": "string", "pattern": r"^\d\d:\d\d$"})
]
Instant = Annotated[
    datetime, PlainValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})
]
TimeOrInstant = Annotated[
    float | str | datetime,
    PlainValidator(_time_or_instant),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]}),
]
OneOrMoreC = Annotated[
    list[AirC],
    Field(min_length=1),
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}}]}),
]
