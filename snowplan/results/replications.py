"""A replication: what a comparison keeps of one run, as plain data with a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from snowplan.model.comparison import Job

CURVE_STEP_MIN = 30
NEVER_BLOCKED, NOT_BY_HORIZON = -1, -2  # in place of minutes


@dataclass(frozen=True, slots=True)
class Replication:
    """The figures of one run.

    `values`: by measure key (`open_last/main`); None where the run has no such figure. Times that
    end at the horizon are told as the horizon, and `late` counts the sections left by then.
    `curves`: by `opened/main`, `clean/all` …, the m² so far in per mille of all, every
    `CURVE_STEP_MIN` minutes from the start. `opened_min`: for each section that the centre clears,
    in the order of their ids, minutes from the start until it was open for good.
    `depots`: by depot id, loading waits and the like.
    """

    job: Job
    values: Mapping[str, float | None]
    late: Mapping[str, int] = field(default_factory=dict)
    curves: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    opened_min: tuple[int, ...] = ()
    depots: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    snow_stops_ms: int | None = None
    events_sha256: str = ""  # equal for two runs in which the same was done
    kept: Mapping[str, Any] = field(default_factory=dict)  # what a study keeps besides, plain data

    def payload(self) -> str:
        """The replication as one line of JSON, the same text for the same figures."""
        value = {
            "job": list(self.job),
            "values": dict(self.values),
            "late": dict(self.late),
            "curves": {key: list(row) for key, row in self.curves.items()},
            "opened_min": list(self.opened_min),
            "depots": {key: dict(row) for key, row in self.depots.items()},
            "snow_stops_ms": self.snow_stops_ms,
            "events_sha256": self.events_sha256,
        } | ({"kept": dict(self.kept)} if self.kept else {})
        return json.dumps(
            value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")
        )

    @classmethod
    def from_payload(cls, text: str) -> Replication:
        """The replication that `payload` wrote; raises ValueError for anything else."""
        try:
            value: dict[str, Any] = json.loads(text)
            variant, storm, seed = value["job"]
            return cls(
                job=Job(str(variant), str(storm), int(seed)),
                values=value["values"],
                late=value["late"],
                curves={key: tuple(row) for key, row in value["curves"].items()},
                opened_min=tuple(value["opened_min"]),
                depots=value["depots"],
                snow_stops_ms=value["snow_stops_ms"],
                events_sha256=value["events_sha256"],
                kept=value.get("kept", {}),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no replication: {error!r}") from error


def digest_of_replications(replications: Mapping[Job, Replication]) -> str:
    """One hash of all figures, whatever the order in which they came."""
    parts = [replications[job].payload() for job in sorted(replications)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
