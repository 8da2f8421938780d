"""Why one section opened and cleared when it did: the chain of waits, trips and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from snowplan.analysis.explaining_beside import Loads, SideStory, loads_of, sides_of, thrown_g
from snowplan.analysis.work import on_strips
from snowplan.model.roads import ROAD_CLASSES

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chain:
    """How a section got its final state at `t_ms`; `by` is None where no pass ended then."""

    t_ms: int
    since_ms: int  # it had been waiting for this since then
    by: Row | None = None  # the pass that brought it
    previous: Row | None = None  # the pass of this kind before that visit
    elsewhere: Mapping[str, int] | None = None  # passes begun meanwhile in its zone, by class
    before: Row | None = None  # what the machine did until it decided to come here
    arrival: Row | None = None  # the first row of its visit: the drive, or the first pass
    visit: int = 0  # passes of the visit, the last one included
    team_wait: Row | None = None  # before the last pass
    thrown_g: int = 0  # what frontage duty threw back on the road when the waiting began


@dataclass(frozen=True, slots=True)
class Explanation:
    """One section's story; a chain is None where there is nothing to explain."""

    section: Row
    story: tuple[tuple[int, str], ...]  # (t_ms, state)
    opened: Chain | None
    cleared: Chain | None
    last_work: Row | None
    loads: Loads | None
    sides: tuple[SideStory, ...]


def named_sections(sections: pd.DataFrame, name: str) -> pd.DataFrame:
    """The section of that id, or all sections of the road of that name, last cleared first.

    Sections not cleared by the horizon come before all others.
    """
    found = sections[sections["section"] == name]
    if not len(found):
        found = sections[sections["road"] == name]
    return found.sort_values(
        ["cleared_ms", "section"], ascending=[False, True], na_position="first"
    )


def explain(
    section: str, sections: pd.DataFrame, states: pd.DataFrame, events: pd.DataFrame
) -> Explanation:
    """The story of one section; frames as in the run folder."""
    row = _record(sections[sections["section"] == section].iloc[0])
    rows = states[states["section"] == section]
    story = tuple(
        (int(t), str(state)) for t, state in zip(rows["t_ms"], rows["state"], strict=True)
    )
    classes = dict(zip(sections["section"], sections["road_class"], strict=True))
    work = events[(events["section"] == section) & on_strips(events)]
    chains: list[Chain | None] = []
    for at, worse in (("opened_ms", ("blocked",)), ("cleared_ms", ("blocked", "open"))):
        t_ms = row[at]
        if t_ms is None or t_ms == 0:
            chains.append(None)
            continue
        since_ms = _since(story, int(t_ms), worse)
        chain = _chain(int(t_ms), since_ms, work, events, classes)
        chains.append(replace(chain, thrown_g=thrown_g(section, since_ms, events)))
    last = _record(work.sort_values(["end_ms", "event_id"]).iloc[-1]) if len(work) else None
    return Explanation(
        row, story, chains[0], chains[1], last, loads_of(section, events), sides_of(section, events)
    )


def _since(story: tuple[tuple[int, str], ...], t_ms: int, worse: tuple[str, ...]) -> int:
    """When the last unbroken spell of worse states that ends at `t_ms` began."""
    since = t_ms
    for begin, state in reversed([row for row in story if row[0] < t_ms]):
        if state not in worse:
            break
        since = begin
    return since


def _chain(
    t_ms: int, since_ms: int, work: pd.DataFrame, events: pd.DataFrame, classes: Mapping[str, str]
) -> Chain:
    ended = work[(work["end_ms"] == t_ms) & ~work["unfinished"].astype(bool)]
    if not len(ended):
        return Chain(t_ms, since_ms)
    by = ended.iloc[-1]
    own = events[(events["machine"] == by["machine"]) & (events["end_ms"] > events["start_ms"])]
    own = own[own["end_ms"] <= t_ms].sort_values(["end_ms", "event_id"])
    away = (own["section"] != by["section"]) & ~((own["kind"] == "wait") & own["reason"].eq("team"))
    visit = own.loc[away[::-1].cummax()[::-1].eq(False)]
    before = own.drop(index=visit.index)
    began = int(visit["start_ms"].iloc[0])
    earlier = work[(work["kind"] == by["kind"]) & (work["end_ms"] <= began)].sort_values("end_ms")
    counted = max(since_ms, int(earlier["end_ms"].iloc[-1]) if len(earlier) else 0)
    waits = visit[(visit["kind"] == "wait") & (visit["end_ms"] == by["start_ms"])]
    passes = visit[on_strips(visit) & ~visit["unfinished"].astype(bool)]
    return Chain(
        t_ms,
        since_ms,
        by=_record(by),
        previous=_last(earlier[earlier["end_ms"] >= since_ms]),
        elsewhere=_elsewhere(by, counted, began, events, classes),
        before=_last(before),
        arrival=_record(visit.iloc[0]),
        visit=len(passes),
        team_wait=_last(waits),
    )


def _elsewhere(
    by: pd.Series, from_ms: int, to_ms: int, events: pd.DataFrame, classes: Mapping[str, str]
) -> dict[str, int]:
    """Passes of this kind in its zone that were decided in a spell, elsewhere, by road class."""
    alike = events[(events["kind"] == by["kind"]) & (events["zone"] == by["zone"])]
    begun = alike["decided_ms"].between(from_ms, to_ms, inclusive="left").fillna(False)
    others = alike[begun.astype(bool) & (alike["section"] != by["section"])]
    counts = others["section"].map(classes).value_counts()
    return {name: int(counts[name]) for name in ROAD_CLASSES if name in counts.index}


def _last(rows: pd.DataFrame) -> Row | None:
    return _record(rows.iloc[-1]) if len(rows) else None


def _record(row: pd.Series) -> dict[str, Any]:
    """A row as plain values, None where it is missing."""
    return {str(name): None if pd.isna(value) else value for name, value in row.items()}
