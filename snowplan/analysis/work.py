"""What machines did, from the events: by machine, by section."""

from __future__ import annotations

import numpy as np
import pandas as pd

from snowplan.results.tables import MACHINE_TIMES, MACHINES, WORK_KINDS

CLEARING_KINDS = tuple(kind for kind in WORK_KINDS if kind != "spread")
OFF_REASON = "called_off"
_TIME_OF = dict.fromkeys(WORK_KINDS, "work_ms") | {
    "load_snow": "work_ms", "travel": "travel_ms", "load": "load_ms", "wait": "wait_ms",
    "repair": "repair_ms",
}  # fmt: skip


def worked_m2(events: pd.DataFrame, roads: pd.DataFrame) -> pd.Series:
    """Area of every event: strips covered × area of one strip, 0 for what is not finished work.

    `roads` has section, area_m2 and `strips`, all strips of both directions together.
    """
    facts = roads.set_index("section")
    strip_m2 = (facts["area_m2"] / facts["strips"]).reindex(events["section"]).to_numpy()
    covered = (events["strip_to"] - events["strip_from"] + 1).to_numpy(np.float64, na_value=0.0)
    done = on_strips(events).to_numpy() & ~events["unfinished"].to_numpy(dtype=bool)
    return pd.Series(np.where(done, covered * strip_m2, 0.0), index=events.index)


def on_strips(events: pd.DataFrame) -> pd.Series:
    """Which events are work on strips: machines' passes, carriageways cleared by hand."""
    return events["kind"].isin(WORK_KINDS) | (
        (events["kind"] == "hand_clear") & events["strip_to"].notna()
    )


def machine_table(
    events: pd.DataFrame, facts: pd.DataFrame, roads: pd.DataFrame, horizon_ms: int
) -> pd.DataFrame:
    """`machines.parquet`: times, distances, area, passes, de-icer and failures of each machine.

    `facts` has machine, kind, depot, zone. A machine without any event was off. Raises ValueError
    when the intervals of a machine do not add up to the horizon.
    """
    own = events[events["machine"].notna()]
    times = _times(own).reindex(index=facts["machine"], columns=list(MACHINE_TIMES), fill_value=0)
    idle = times.sum(axis=1) == 0
    times.loc[idle, "off_ms"] = horizon_ms
    wrong = times.index[times.sum(axis=1) != horizon_ms]
    if len(wrong):
        total = int(times.loc[wrong[0]].sum())
        raise ValueError(f"machine {wrong[0]}: intervals add up to {total} ms of {horizon_ms}")
    sums = _sums(own, roads).reindex(facts["machine"], fill_value=0)
    table = pd.concat([facts.set_index("machine"), times, sums], axis=1).reset_index(
        names="machine"
    )
    return MACHINES.shaped(table).sort_values("machine", ignore_index=True)


def _times(events: pd.DataFrame) -> pd.DataFrame:
    state = events["kind"].map(_TIME_OF)
    off = (events["kind"] == "wait") & (events["reason"] == OFF_REASON)
    state = state.where(~off, "off_ms")
    length = events["end_ms"] - events["start_ms"]
    return length.groupby([events["machine"], state]).sum().unstack(fill_value=0)


def _sums(events: pd.DataFrame, roads: pd.DataFrame) -> pd.DataFrame:
    working = events["kind"].isin(WORK_KINDS)
    columns = {
        "worked_m": events["distance_m"].where(working, 0.0).fillna(0.0),
        "deadhead_m": events["distance_m"].where(events["kind"] == "travel", 0.0).fillna(0.0),
        "area_m2": worked_m2(events, roads),
        "passes": events["passes"].where(working & ~events["unfinished"].astype(bool), 0).fillna(0),
        "spread_g": events["amount_g"].where(events["kind"] == "spread", 0).fillna(0),
        "failures": (events["kind"] == "breakdown").astype("int64"),
    }
    return pd.DataFrame(columns).groupby(events["machine"]).sum()


def section_work(events: pd.DataFrame, roads: pd.DataFrame) -> pd.DataFrame:
    """Passes, rounds and first service of every section that was worked.

    Columns section, passes, rounds, first_service_ms. A round is m² worked ÷ m² of the section, by
    machines or by hand; spreading and passes that were cut off do not count into it.
    """
    work = events[on_strips(events)]
    clearing = work["kind"] != "spread"
    done = ~work["unfinished"].astype(bool)
    columns = {
        "passes": work["passes"].where(done, 0).fillna(0),
        "m2": worked_m2(work, roads).where(clearing, 0.0),
    }
    grouped = pd.DataFrame(columns).groupby(work["section"]).sum()
    first = work.groupby("section")["start_ms"].min()
    area = roads.set_index("section")["area_m2"].reindex(grouped.index)
    return pd.DataFrame(
        {
            "section": grouped.index.to_numpy(dtype=object),
            "passes": grouped["passes"].astype("int64").to_numpy(),
            "rounds": (grouped["m2"] / area).to_numpy(),
            "first_service_ms": first.reindex(grouped.index).to_numpy(),
        }
    )
