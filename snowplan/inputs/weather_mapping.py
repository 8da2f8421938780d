"""How the columns of an hourly weather file are to be read."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

CALENDAR = ("year", "month", "day", "hour")


class WeatherMapping(BaseModel):
    """Columns by name, and the rules for what they hold.

    Time is one column `time` (2010-01-03 05:00, local) or the four of `CALENDAR`. Precipitation is
    millimetres of water an hour. `stamp` says which end of its hour a time marks. With `fill`, an
    hour without precipitation or temperature is filled by that rule and named: `previous` carries
    the last value on, `linear` runs straight between the neighbours, `zero` takes no precipitation
    and carries the temperature on. Precipitation in air above `rain_above_c` (2 °C, A) is rain.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    time: str | None = None
    year: str | None = None
    month: str | None = None
    day: str | None = None
    hour: str | None = None
    precipitation: str
    unit: Literal["mm_per_h"] = "mm_per_h"
    air_c: str
    wind_m_s: str | None = None
    pavement_c: str | None = None
    missing: tuple[str, ...] = ("NA", "")
    stamp: Literal["begin", "end"] = "begin"
    fill: Literal["previous", "zero", "linear"] | None = None
    rain_above_c: float = Field(default=2.0, ge=-5, le=10, allow_inf_nan=False)
    source: str = ""

    @model_validator(mode="after")
    def _one_kind_of_time(self) -> Self:
        given = [name for name in CALENDAR if getattr(self, name) is not None]
        if (self.time is not None) == bool(given) or (given and len(given) < len(CALENDAR)):
            found = ", ".join(given + ["time"] * (self.time is not None)) or "neither"
            raise ValueError(
                f"expected 'time' alone or all of {', '.join(CALENDAR)}; found {found}"
            )
        return self

    @property
    def time_columns(self) -> tuple[str, ...]:
        """The columns that hold the time."""
        if self.time is not None:
            return (self.time,)
        return tuple(str(getattr(self, name)) for name in CALENDAR)

    @property
    def value_columns(self) -> dict[str, str]:
        """The columns that hold values, by what they hold."""
        fields = ("precipitation", "air_c", "wind_m_s", "pavement_c")
        columns = {field: getattr(self, field) for field in fields}
        return {field: column for field, column in columns.items() if column is not None}
