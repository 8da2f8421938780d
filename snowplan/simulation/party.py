"""The record of one party beside the machines: a loader, a blower, a truck or a squad."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import simpy

from snowplan.model.snow import NEVER
from snowplan.results.group_log import NO_PART, GroupLog
from snowplan.results.log import KIND, NO_DUE, NOWHERE, REASON

LOADING_KINDS = ("loader", "blower")


@dataclass(slots=True)
class Party:
    """One party; `order` is its place in line at one instant, `number` its place in the log.

    What is under way is wholly in the record (`doing` until `until`, with `segment`, `dump`,
    `load_g`, `stage`), so that its process can be entered there.
    """

    order: int
    number: int
    id: str
    kind: str  # loader, blower, truck, squad
    group: str  # group of the plan that calls it
    zone: str
    junction: int
    home: int  # junction where its shift begins
    people: int = 1
    travel_num: int = 1  # free-flow travel times are multiplied by num / den
    travel_den: int = 1
    crewed: list[tuple[int, int, str]] = field(default_factory=list)
    duty: list[tuple[int, int]] = field(default_factory=list)
    duty_to: int = -1
    # the interval under way
    stage: str = ""  # where its process stands (see the process); "" = off duty or deciding
    since: int = 0
    until: int = -1
    decided: int = 0
    doing: int = KIND["wait"]
    reason: int = REASON["called_off"]
    segment: int = NOWHERE
    dump: int = NOWHERE
    part: int = NO_PART
    dm: int = 0
    due: int = NO_DUE  # squads: from when a carriageway was due
    event: simpy.Event | None = None
    bell_ms: int = NEVER
    to_failure_ms: int = NEVER
    # loaders and blowers
    rate_g_ms: float = 0.0
    queue: deque[int] = field(default_factory=deque)  # numbers of trucks in line
    serving: int = -1  # number of the truck being loaded
    moving_g: int = 0  # what it will hold when the load under way ends
    # trucks
    capacity_g: int = 0
    load_g: int = 0
    treated: bool = False  # the load holds de-icer
    loader: int = -1  # number of the loader it serves
    loaded_den: int = 1  # as travel_den, when loaded
    # squads
    beat: tuple[int, ...] = ()  # areas (see `Sides`): carriageways, then by rank of cleaning
    area: int = -1
    planned_end: int = 0  # of the job under way, were the shift long enough

    @property
    def crew_kind(self) -> str:
        """The kind of crew that works it (column `kind` of `crews.csv`)."""
        return self.group if self.kind == "squad" else self.kind

    def close(self, log: GroupLog, now: int, amount_g: int = 0) -> None:
        """Write the interval that ends now."""
        if now > self.since:
            log.add(
                self.doing, self.number, self.decided, self.since, now, self.segment, self.dump,
                self.part, self.dm, amount_g, self.reason, self.due,
            )  # fmt: skip
            self.since = now

    def turn_to(
        self,
        log: GroupLog,
        now: int,
        doing: str,
        reason: str = "",
        segment: int = NOWHERE,
        dump: int = NOWHERE,
        part: int = NO_PART,
        dm: int = 0,
        amount_g: int = 0,
        due: int = NO_DUE,
    ) -> None:
        """End the interval under way (`amount_g` is what it moved) and begin another."""
        self.close(log, now, amount_g)
        self.since = self.decided = now
        self.doing, self.reason = KIND[doing], REASON[reason]
        self.segment, self.dump, self.part, self.dm, self.due = segment, dump, part, dm, due

    def wake(self) -> None:
        """Let a party that waits go on at this instant."""
        if self.event is not None and not self.event.triggered:
            self.event.succeed()
