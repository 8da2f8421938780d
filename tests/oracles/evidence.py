"""What the checkers look at: a scenario, the two logs of its run, and the parties' windows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from snowplan.model.hands import Part
from snowplan.model.network import DIRECTIONS
from snowplan.model.scenario import Scenario
from snowplan.results.events import events_frame
from snowplan.results.facts import PartyFacts, RunFacts
from snowplan.results.group_log import COLUMNS, NOBODY, GroupLog
from snowplan.results.log import EVENT_KINDS, REASONS
from snowplan.simulation.handing_over import HandedOver
from tests.oracles.strips import Direction

ACTIVE = ("travel", "load_snow", "haul", "unload", "hand_clear")
LOADING = ("loader", "blower")


@dataclass(frozen=True)
class Row:
    """One row of the group log in words; `party` -1: nobody."""

    number: int
    kind: str
    reason: str
    party: int
    start: int
    end: int
    place: int
    dump: int
    part: int
    dm: int
    amount_g: int

    @property
    def undone(self) -> bool:
        """Work that was cut short and so changed nothing."""
        return bool(self.reason)


@dataclass(frozen=True)
class Visit:
    """A party at (or on its way to) one place, from its decision to its leaving."""

    party: int
    place: int
    begin: int
    end: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Evidence:
    """One run as its logs tell it."""

    facts: RunFacts
    events: pd.DataFrame
    table: NDArray[np.void]
    ledger: dict[str, dict[str, int]]

    @property
    def scenario(self) -> Scenario:
        """What was run."""
        return self.facts.scenario

    @property
    def horizon(self) -> int:
        """The end of the run."""
        return self.facts.horizon_ms

    @cached_property
    def rows(self) -> list[Row]:
        """All rows of the group log in the order in which they were written."""
        found = []
        for number, row in enumerate(self.table.tolist()):
            kind, reason, party, _, start, end, place, dump, part, dm, amount = row
            who = -1 if party == NOBODY else party
            found.append(
                Row(number, EVENT_KINDS[kind], REASONS[reason], who, start, end, place, dump,
                    part, dm, amount)
            )  # fmt: skip
        return found

    @cached_property
    def by_party(self) -> dict[int, list[Row]]:
        """Rows of each party by start."""
        found: dict[int, list[Row]] = {k: [] for k in range(len(self.facts.parties))}
        for row in sorted(self.rows, key=lambda r: (r.start, r.end, r.number)):
            if row.party >= 0:
                found[row.party].append(row)
        return found

    @cached_property
    def directions(self) -> list[Direction]:
        """Section and direction of each segment number."""
        network = self.facts.network
        seg = network.seg
        return [
            (network.sections[s].id, DIRECTIONS[d])
            for s, d in zip(seg.section, seg.direction, strict=True)
        ]

    @cached_property
    def segment_of(self) -> dict[Direction, int]:
        """Segment number of each direction."""
        return {where: k for k, where in enumerate(self.directions)}

    @cached_property
    def areas(self) -> dict[tuple[int, int], int]:
        """dm² of each area beside the carriageway by (segment, part)."""
        areas = self.facts.areas
        return {
            (s, p): dm2
            for s, p, dm2 in zip(areas.segment, areas.part, areas.dm2, strict=True)
            if p != Part.CARRIAGEWAY
        }

    def parties(self, *kinds: str) -> list[int]:
        """Numbers of the parties of some kinds."""
        return [k for k, party in enumerate(self.facts.parties) if party.kind in kinds]

    def party(self, number: int) -> PartyFacts:
        """What is known of a party."""
        return self.facts.parties[number]

    def length_m(self, segment: int) -> float:
        """Metres of a segment."""
        return self.facts.network.seg.length_mm[segment] / 1000

    @cached_property
    def visits(self) -> dict[int, list[Visit]]:
        """Visits of loaders and blowers: rows with one place, one after another."""
        return {k: visits_of(self.by_party[k]) for k in self.parties(*LOADING)}

    def planted(self, **columns: tuple[int, int]) -> Evidence:
        """The evidence with single cells of the group log changed: column = (row, value)."""
        table = self.table.copy()
        for name, (row, value) in columns.items():
            table[name][row] = value
        return replace(self, table=table)

    def with_rows(self, extra: Iterable[tuple[int, ...]]) -> Evidence:
        """The evidence with rows added to the group log."""
        table = np.concatenate([self.table, np.array(list(extra), dtype=COLUMNS)])
        return replace(self, table=table)


def evidence_of(handed: HandedOver) -> Evidence:
    """The evidence of a finished run."""
    log: GroupLog = handed.group_log
    return Evidence(
        handed.facts,
        events_frame(handed.log, handed.facts),
        log.table(),
        handed.ledger.as_dict(),
    )


def visits_of(rows: list[Row]) -> list[Visit]:
    """Rows of one party that share a segment and follow each other without a gap."""
    found: list[Visit] = []
    here: list[Row] = []
    for row in rows:
        if here and (row.place != here[-1].place or row.start != here[-1].end):
            found.append(Visit(here[0].party, here[0].place, here[0].start, here[-1].end, (*here,)))
            here = []
        if row.place >= 0:
            here.append(row)
    if here:
        found.append(Visit(here[0].party, here[0].place, here[0].start, here[-1].end, (*here,)))
    return found


def by_place(visits: Iterable[Visit]) -> dict[int, list[Visit]]:
    """Visits by segment."""
    found: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        found[visit.place].append(visit)
    return found
