"""What a readiness report keeps of a run beside a comparison's figures: `kept` of a replication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HOUR_DECIMALS = 7  # a millisecond is 2.8e-7 h: nothing that differs is told as equal


@dataclass(frozen=True, slots=True)
class ItemTime:
    """One thing that a plan limits (`open/main`, `side/pavement`), in hours after snow stops.

    `last_h`: when the last of `n` sections came so far for good; the horizon where `late` sections
    are left. `limit_h`: None without a limit; `by_clock`: a time of day binds, not the hours.
    """

    limit_h: float | None
    last_h: float
    late: int
    n: int
    by_clock: bool = False

    @property
    def unknown(self) -> bool:
        """Nobody can know: sections are left, and the limit lies beyond the horizon."""
        return self.limit_h is not None and self.late > 0 and self.limit_h > self.last_h

    @property
    def met(self) -> bool | None:
        """Whether every section came by the limit; None without one, or where `unknown`."""
        if self.limit_h is None or self.unknown:
            return None
        return self.late == 0 and self.last_h <= self.limit_h

    @property
    def margin_h(self) -> float | None:
        """Limit minus the last section; with sections left no more than an upper bound."""
        return None if self.limit_h is None else round(self.limit_h - self.last_h, HOUR_DECIMALS)

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "limit_h": self.limit_h,
            "last_h": self.last_h,
            "late": self.late,
            "n": self.n,
            "by_clock": self.by_clock,
        }


@dataclass(frozen=True, slots=True)
class Access:
    """A place and the opened main network.

    `joined_min`: minutes after the onset of snow until it was cut off no more, 0 where it never
    was, None where it still was at the horizon; `apart_min`: how long it was cut off in all.
    """

    joined_min: float | None
    apart_min: float

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {"joined_min": self.joined_min, "apart_min": self.apart_min}


@dataclass(frozen=True, slots=True)
class ReadyRun:
    """What is kept of a run; docs/readiness.md says what each figure is.

    `limits` by item; `mean_h` by aspect; `peak` by `kind@zone`; `muster_min`: median, p90, most,
    nothing where nobody was called; `dumps_m3` by dump point, with `loads` brought; `onset_min`:
    minutes from the start until the first snow. `cleared_min` and `hauled_min` like `opened_min` of
    the replication, and `access` by place, are nothing unless the whole run is kept.
    """

    limits: Mapping[str, ItemTime]
    mean_h: Mapping[str, float]
    peak: Mapping[str, int]
    muster_min: Mapping[str, float]
    dumps_m3: Mapping[str, float]
    loads: int
    grade: str
    onset_min: float | None
    cleared_min: tuple[int, ...] = field(default=())
    hauled_min: tuple[int, ...] = field(default=())
    access: Mapping[str, Access] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON: `kept` of a replication."""
        whole = {
            "cleared_min": list(self.cleared_min),
            "hauled_min": list(self.hauled_min),
            "access": {place: time.plain() for place, time in self.access.items()},
        }
        return {
            "limits": {item: time.plain() for item, time in self.limits.items()},
            "mean_h": dict(self.mean_h),
            "peak": dict(self.peak),
            "muster_min": dict(self.muster_min),
            "dumps_m3": dict(self.dumps_m3),
            "loads": self.loads,
            "grade": self.grade,
            "onset_min": self.onset_min,
        } | {name: row for name, row in whole.items() if row}

    @classmethod
    def from_plain(cls, value: Mapping[str, Any]) -> ReadyRun:
        """What `plain` wrote; raises ValueError for anything else."""
        try:
            named = dict(value)
            limits = {item: ItemTime(**row) for item, row in named.pop("limits").items()}
            access = {place: Access(**row) for place, row in named.pop("access", {}).items()}
            cleared, hauled = (tuple(named.pop(n, ())) for n in ("cleared_min", "hauled_min"))
            return cls(
                limits=limits, cleared_min=cleared, hauled_min=hauled, access=access, **named
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(
                f"nothing that a readiness report keeps of a run: {error!r}"
            ) from error
