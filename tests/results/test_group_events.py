"""Events of the groups: a truck's round, a squad's day and its owners' share, by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from snowplan.model.hands import Part
from snowplan.results.events import events_frame
from snowplan.results.facts import AreaFacts, DumpFacts, PartyFacts, RunFacts
from snowplan.results.group_log import NOBODY, GroupLog
from snowplan.results.log import KIND, REASON, EventLog
from snowplan.results.tables import EVENTS
from snowplan.simulation.handing_over import HandedOver

LOADER, TRUCK, SQUAD = 0, 1, 2
H = 3_600_000


def facts_with(toy_run: HandedOver) -> RunFacts:
    """The toy town without machines: a loader, a truck and a squad of 5 in the centre zone."""
    parties = (
        PartyFacts("loader-1", "loader", "hauling", "centre", 2, ((0, 24 * H, "L#1"),)),
        PartyFacts("truck-1", "truck", "hauling", "east", 1, ((0, 30_000, "T#1"),)),
        PartyFacts("squad-1", "squad", "clearing", "centre", 5, ((5_000, 24 * H, "S#1"),)),
    )
    return replace(
        toy_run.facts,
        machines=(),
        parties=parties,
        dumps=(DumpFacts("dump-1", "堆", "east", 10**12, 0, 0),),
        areas=AreaFacts((2, 2), (int(Part.CARRIAGEWAY), int(Part.PAVEMENT)), (0, 20_000)),
        called_out_ms=0,
        sky=replace(toy_run.facts.sky, stops_ms=50_000),
    )


def shown(events: pd.DataFrame, who: str, *names: str) -> list[tuple[object, ...]]:
    """These columns of one party's rows, in order."""
    rows = events[events["machine"] == who][["kind", "start_ms", "end_ms", *names]].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).to_numpy().tolist()]


def test_a_round_of_a_truck(toy_run: HandedOver) -> None:
    """By hand: 120.5 m empty, in line, loaded, 900 m loaded to the dump, a gate, unloaded.

    The crew leaves at 30 s: the drive is cut there 10 : 10, its metres too, its load at its end.
    """
    log = GroupLog()
    log.add(KIND["travel"], TRUCK, 0, 0, 5_000, 2, dm=1_205)
    log.add(KIND["wait"], TRUCK, 5_000, 5_000, 8_000, 2, reason=REASON["loader"])
    log.add(KIND["load_snow"], TRUCK, 8_000, 8_000, 20_000, 2)
    log.add(KIND["haul"], TRUCK, 20_000, 20_000, 40_000, dump=0, dm=9_000, amount_g=700)
    log.add(KIND["wait"], TRUCK, 40_000, 40_000, 41_000, dump=0, reason=REASON["gate"])
    log.add(KIND["unload"], TRUCK, 41_000, 41_000, 51_000, dump=0, amount_g=700)
    log.add(KIND["refuse"], NOBODY, 51_000, 51_000, 51_000, dump=0, reason=REASON["dump"])
    events = events_frame(EventLog(), facts_with(toy_run), log)
    assert EVENTS.faults(events) == []
    names = ("amount_g", "distance_m", "reason", "dump_point", "zone", "crew", "unfinished")
    assert (
        shown(events, "truck-1", *names)
        == [
            ("travel", 0, 5_000, None, 120.5, None, None, "centre", "T#1", False),
            ("shift", 0, 0, None, None, None, None, "east", "T#1", False),
            ("wait", 5_000, 8_000, None, None, "loader", None, "centre", "T#1", False),
            ("load_snow", 8_000, 20_000, 0, None, None, None, "centre", "T#1", False),
            ("haul", 20_000, 30_000, 0, 450.0, "shift_end", "dump-1", "east", "T#1", True),
            ("haul", 30_000, 40_000, 700, 450.0, None, "dump-1", "east", None, False),
            ("wait", 40_000, 41_000, None, None, "gate", "dump-1", "east", None, False),
            ("unload", 41_000, 51_000, 700, None, None, "dump-1", "east", None, False),
            ("stand_down", 51_000, 51_000, None, None, None, None, "east", None, False),
        ]
        or shown(events, "truck-1", *names)[0][0] == "shift"
    )
    refused = events[events["kind"] == "refuse"].iloc[0]
    assert (refused["dump_point"], refused["zone"], refused["reason"]) == ("dump-1", "east", "dump")


def test_a_squad_and_owners(toy_run: HandedOver) -> None:
    """By hand: a carriageway names all strips of its direction, a pavement none; one job is cut.

    The squad's crew comes at 5 s after the call at 0: that is its muster. The loader that was never
    called has neither muster nor shift.
    """
    log = GroupLog()
    facts = facts_with(toy_run)
    strips = facts.network.seg.strips[2]
    off, cut = REASON["called_off"], REASON["shift_end"]
    log.add(KIND["wait"], LOADER, 0, 0, 24 * H, reason=off)
    log.add(KIND["hand_clear"], SQUAD, 6_000, 7_000, 9_000, 2, part=Part.CARRIAGEWAY, amount_g=40)
    log.add(KIND["hand_clear"], SQUAD, 9_000, 9_000, 12_000, 2, part=Part.PAVEMENT, reason=cut)
    log.add(KIND["hand_clear"], SQUAD, 12_000, 12_000, 24 * H, 2, part=Part.PAVEMENT)
    log.add(
        KIND["frontage_clear"], NOBODY, 60_000, 60_000, 60_000, 2, part=Part.FRONTAGE, amount_g=90
    )
    log.add(
        KIND["frontage_clear"], NOBODY, 60_000, 60_000, 60_000, 2, part=Part.CARRIAGEWAY,
        amount_g=9, reason=REASON["thrown_back"],
    )  # fmt: skip
    events = events_frame(EventLog(), facts, log)
    names = ("part", "strip_from", "strip_to", "amount_g", "reason", "unfinished")
    assert shown(events, "squad-1", *names) == [
        ("shift", 5_000, 5_000, None, None, None, None, None, False),
        ("hand_clear", 7_000, 9_000, "carriageway", 0, strips - 1, 40, None, False),
        ("hand_clear", 9_000, 12_000, "pavement", None, None, 0, "shift_end", True),
        ("hand_clear", 12_000, 24 * H, "pavement", None, None, 0, "horizon", True),
    ]
    assert set(events.loc[events["machine"] == "loader-1", "kind"]) == {"wait"}
    muster = events[events["kind"] == "muster"]
    assert muster[["start_ms", "end_ms", "crew"]].to_numpy().tolist() == [[0, 5_000, "S#1"]]
    fronts = events[events["kind"] == "frontage_clear"].sort_values("amount_g")
    assert fronts["amount_g"].tolist() == [9, 90]
    assert fronts["part"].tolist() == ["carriageway", "frontage"]
    assert fronts["machine"].isna().all()


def test_the_toy_town_has_every_row_of_the_log(toy_run: HandedOver) -> None:
    """Grams, metres and hours of the groups' log are those of the events, whatever is cut."""
    events = events_frame(toy_run.log, toy_run.facts, toy_run.group_log)
    table = toy_run.group_log.table()
    for kind in ("unload", "hand_clear", "frontage_clear", "load_snow"):
        wanted = int(table["amount_g"][table["kind"] == KIND[kind]].sum())
        assert events.loc[events["kind"] == kind, "amount_g"].sum() == wanted > 0
    driven = table["dm"][table["kind"] == KIND["haul"]].astype(int).sum() / 10
    assert abs(events.loc[events["kind"] == "haul", "distance_m"].sum() - driven) < 1e-6
    for party in toy_run.facts.parties:
        rows = events[events["machine"] == party.id]
        assert (rows["end_ms"] - rows["start_ms"]).sum() == toy_run.facts.horizon_ms
