"""The record of one machine in a run: where it is, what it does, until when it is crewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import simpy

from snowplan.model.fleet import MachineType, Work
from snowplan.model.snow import NEVER
from snowplan.results.log import KIND, NOWHERE, REASON, EventLog


@dataclass(slots=True)
class Unit:
    """One machine; `order` is its place among machines (kind, id) at the same instant."""

    order: int
    id: str
    type: MachineType
    work: Work
    zone: str
    depot: int
    junction: int
    kind: int  # of the events it logs when working
    cover: bytes = b""  # strips taken at once, by segment
    base_ms: Sequence[float] = ()  # working time on shallow snow, by segment
    depth_k: float = 0.0
    left: tuple[float, float] = (0.0, 0.0)  # g/m² its tool leaves on smooth and on rough roads
    travel_num: int = 1  # free-flow travel times are multiplied by num / den
    travel_den: int = 1
    clears: bool = True  # plough or brush
    pace: float = 1.0  # drawn factor of the working speed
    to_failure_ms: int = NEVER
    hopper_g: int = 0
    crewed: list[tuple[int, int, str]] = field(default_factory=list)  # (from, to, crew), in order
    duty: list[tuple[int, int]] = field(default_factory=list)  # merged and cut by the night rule
    duty_to: int = -1
    # the job under way
    segment: int = -1
    lo: int = 0
    hi: int = 0
    decided: int = 0
    due: int = 0  # from when its strips were due
    start: int = 0
    end: int = 0
    planned_end: int = 0
    opens: bool = False  # this job opens a blocked direction
    breaks: bool = False
    dose_g_m2: float = 0.0
    team: list[Unit] = field(default_factory=list)
    team_number: int = 0
    leader: Unit | None = None
    # waiting
    event: simpy.Event | None = None
    wants_load: bool = False
    makes_do: bool = False  # no stock anywhere: spreads what the hopper holds
    found_empty: set[int] = field(default_factory=set)
    to_try: list[int] = field(default_factory=list)  # depots, on this round for a load
    bell_ms: int = NEVER
    # the interval that is not a job: wait, travel to a depot, load, repair
    since: int = 0
    until: int = -1  # its end, where that is known; NEVER: no more duty in this run
    load_g: int = 0  # being loaded
    loaded_at: int = 0  # the depot whose product is in the hopper (the last one loaded)
    doing: int = KIND["wait"]
    reason: int = REASON["called_off"]
    place: int = NOWHERE

    @property
    def crew_kind(self) -> str:
        """The kind of crew that drives it (column `kind` of `crews.csv`)."""
        return self.type.kind

    def close(self, log: EventLog, now: int, amount_g: int = 0) -> None:
        """Write the interval that ends now."""
        if now > self.since:
            log.add(
                self.doing, self.order, self.since, self.since, now, self.place,
                amount_g=amount_g, reason=self.reason,
            )  # fmt: skip
            self.since = now

    def turn_to(
        self, log: EventLog, now: int, doing: str, reason: str = "", place: int = NOWHERE
    ) -> None:
        """End the interval under way and begin another."""
        self.close(log, now)
        self.since = now
        self.doing, self.reason, self.place = KIND[doing], REASON[reason], place

    def wake(self) -> None:
        """Let a machine that waits go on at this instant."""
        if self.event is not None and not self.event.triggered:
            self.event.succeed()
