"""What loaders, trucks and squads did, and what the dump points took, from the events."""

from __future__ import annotations

import pandas as pd

from snowplan.results.tables import DUMPS, GROUPS, PARTY_TIMES, WAITS

_TIME_OF = {
    "load_snow": "work_ms", "unload": "work_ms", "hand_clear": "work_ms", "travel": "travel_ms",
    "haul": "haul_ms", "repair": "repair_ms",
}  # fmt: skip
_WAIT_OF = {cause: f"wait_{cause}_ms" for cause in WAITS} | {"called_off": "off_ms"}
_AMOUNT_OF = {"squad": "hand_clear", "truck": "unload"}  # any other kind loads


def group_table(
    events: pd.DataFrame, parties: pd.DataFrame, areas: pd.DataFrame, horizon_ms: int
) -> pd.DataFrame:
    """`groups.parquet`: times by state and cause, area, loads, grams and metres of each party.

    `parties` has party, kind, group, zone, people; `areas` section, direction, part, m2. Raises
    ValueError when the intervals of a party do not add up to the horizon.
    """
    if not len(parties):
        return GROUPS.empty()
    own = events[events["machine"].isin(parties["party"])]
    times = party_times(own).reindex(
        index=parties["party"], columns=list(PARTY_TIMES), fill_value=0
    )
    idle = times.sum(axis=1) == 0
    times.loc[idle, "off_ms"] = horizon_ms
    wrong = times.index[times.sum(axis=1) != horizon_ms]
    if len(wrong):
        total = int(times.loc[wrong[0]].sum())
        raise ValueError(f"party {wrong[0]}: intervals add up to {total} ms of {horizon_ms}")
    sums = _sums(own, parties, areas).reindex(parties["party"], fill_value=0)
    table = pd.concat([parties.set_index("party"), times, sums], axis=1).reset_index(names="party")
    return GROUPS.shaped(table)


def party_times(own: pd.DataFrame) -> pd.DataFrame:
    """Milliseconds of each party by state and cause; `own` are the events of parties."""
    waits = own["kind"] == "wait"
    cause = own["reason"].map(_WAIT_OF).fillna("wait_other_ms")
    state = own["kind"].map(_TIME_OF).where(~waits, cause)
    length = own["end_ms"] - own["start_ms"]
    return length.groupby([own["machine"], state]).sum().unstack(fill_value=0)


def _sums(own: pd.DataFrame, parties: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    kind = own["machine"].map(dict(zip(parties["party"], parties["kind"], strict=True)))
    main = own["kind"] == kind.map(_AMOUNT_OF).fillna("load_snow")
    done = main & ~own["unfinished"].astype(bool)
    metres, drives = own["distance_m"].fillna(0.0), own["kind"]
    columns = {
        "area_m2": hand_m2(own, areas),
        "loads": (done & (kind != "squad")).astype("int64"),
        "amount_g": own["amount_g"].where(done, 0).fillna(0),
        "empty_m": metres.where(drives == "travel", 0.0),
        "loaded_m": metres.where(drives == "haul", 0.0),
        "failures": (drives == "breakdown").astype("int64"),
    }
    return pd.DataFrame(columns).groupby(own["machine"]).sum()


def hand_m2(events: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """Area of every event: m² cleared by hand, 0 for what is not finished hand work."""
    keys = ["section", "direction", "part"]
    m2 = events[keys].merge(areas, on=keys, how="left")["m2"].to_numpy()
    done = (events["kind"] == "hand_clear") & ~events["unfinished"].astype(bool)
    return pd.Series(m2, index=events.index).where(done, 0.0).fillna(0.0)


def dump_table(events: pd.DataFrame, dumps: pd.DataFrame) -> pd.DataFrame:
    """`dumps.parquet`: what each dump point received, its lines, and when it was full.

    `dumps` has dump_point, name, zone, capacity_g, initial_g.
    """
    if not len(dumps):
        return DUMPS.empty()
    there = events[events["dump_point"].notna()]
    unloaded = there[(there["kind"] == "unload") & ~there["unfinished"].astype(bool)]
    lines = there[(there["kind"] == "wait") & (there["reason"] == "gate")]
    full = there[(there["kind"] == "refuse") & (there["reason"] == "dump")]
    received = unloaded.groupby("dump_point")["amount_g"].agg(["sum", "size"])
    waited = (lines["end_ms"] - lines["start_ms"]).groupby(lines["dump_point"])
    table = dumps.set_index("dump_point")
    table = table.assign(
        received_g=received["sum"].reindex(table.index, fill_value=0),
        loads=received["size"].reindex(table.index, fill_value=0),
        gate_waits=waited.size().reindex(table.index, fill_value=0),
        gate_wait_ms=waited.sum().reindex(table.index, fill_value=0),
        full_ms=full.groupby("dump_point")["start_ms"].min().reindex(table.index),
    )
    held = (table["initial_g"] + table["received_g"]).astype("float64")
    table["filled_share"] = held / table["capacity_g"].where(table["capacity_g"] > 0)
    return DUMPS.shaped(table.reset_index(names="dump_point"))
