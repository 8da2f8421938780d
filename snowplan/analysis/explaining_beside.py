"""What happened to a section's windrow, cycle lanes and pavements."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from snowplan.analysis.beside import SIDES


@dataclass(frozen=True, slots=True)
class Loads:
    """Snow loaded off a section's windrows: how often, by whom, from when to when."""

    count: int
    grams: int
    first_ms: int
    last_ms: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideStory:
    """Cycle lanes or pavements of a section: squads' work on them, and their owners'."""

    part: str  # cycle or pavement
    cleared_by: tuple[str, ...]  # squads that finished work here, in order of the first
    last_ms: int | None  # the last such work
    grams: int  # what squads took
    fronted_ms: int | None  # owners cleared what they answer for
    fronted_g: int
    thrown_g: int  # of it, back on the road


def loads_of(section: str, events: pd.DataFrame) -> Loads | None:
    """Finished loadings on a section; None where nothing was loaded."""
    rows = events[(events["section"] == section) & (events["kind"] == "load_snow")]
    rows = rows[~rows["unfinished"].astype(bool) & (rows["amount_g"].fillna(0) > 0)]
    if not len(rows):
        return None
    rows = rows.sort_values("end_ms")
    return Loads(
        count=len(rows),
        grams=int(rows["amount_g"].sum()),
        first_ms=int(rows["start_ms"].iloc[0]),
        last_ms=int(rows["end_ms"].iloc[-1]),
        by=tuple(dict.fromkeys(map(str, rows["machine"]))),
    )


def sides_of(section: str, events: pd.DataFrame) -> tuple[SideStory, ...]:
    """What was done on a section's cycle lanes and pavements."""
    own = events[events["section"] == section]
    fronts = own[own["kind"] == "frontage_clear"]
    thrown = fronts["reason"].eq("thrown_back").fillna(False).astype(bool)
    stories = []
    for part, words in SIDES:
        rows = own[(own["kind"] == "hand_clear") & own["part"].isin(words)]
        rows = rows[~rows["unfinished"].astype(bool)].sort_values("end_ms")
        owners = fronts[~thrown] if part == "pavement" else fronts[:0]
        back = fronts[thrown] if part == "pavement" else fronts[:0]
        stories.append(
            SideStory(
                part=part,
                cleared_by=tuple(dict.fromkeys(map(str, rows["machine"]))),
                last_ms=int(rows["end_ms"].iloc[-1]) if len(rows) else None,
                grams=int(rows["amount_g"].sum()),
                fronted_ms=int(owners["end_ms"].iloc[0]) if len(owners) else None,
                fronted_g=int(owners["amount_g"].sum()),
                thrown_g=int(back["amount_g"].sum()),
            )
        )
    return tuple(stories)


def thrown_g(section: str, t_ms: int, events: pd.DataFrame) -> int:
    """Grams that owners of frontages threw back on a section's road at one instant."""
    own = events[(events["section"] == section) & (events["end_ms"] == t_ms)]
    thrown = (own["kind"] == "frontage_clear") & own["reason"].eq("thrown_back").fillna(False)
    return int(own.loc[thrown.astype(bool), "amount_g"].sum())
