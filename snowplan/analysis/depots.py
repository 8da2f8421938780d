"""Stock, waits for a bay and stock-outs of each depot over time, from the events."""

from __future__ import annotations

import pandas as pd

from snowplan.results.tables import DEPOTS


def depot_table(events: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """`depots.parquet`: the stock at 0, after each load, and at each stock-out.

    `facts` has depot, zone, product, stock_g (at the start). The wait of a load is the machine's
    wait for a bay that ends when the load begins. Rows are sorted by depot, then by time and event.
    """
    first = facts.assign(t_ms=0, event_id=-1, machine=None, load_g=0, wait_ms=0, stock_out=False)
    rows = pd.concat([_loads(events), _stock_outs(events)], ignore_index=True)
    rows = rows.merge(facts, on="depot", how="inner", validate="m:1")
    table = pd.concat([first, rows], ignore_index=True)
    table = table.sort_values(["depot", "t_ms", "event_id"], ignore_index=True)
    table["stock_g"] -= table.groupby("depot")["load_g"].cumsum()
    return DEPOTS.shaped(table)


def _loads(events: pd.DataFrame) -> pd.DataFrame:
    loads = events[(events["kind"] == "load") & (events["amount_g"] > 0)]
    waits = events[(events["kind"] == "wait") & (events["reason"] == "bay")]
    waited = pd.DataFrame(
        {
            "machine": waits["machine"],
            "depot": waits["depot"],
            "start_ms": waits["end_ms"],
            "wait_ms": waits["end_ms"] - waits["start_ms"],
        }
    )
    found = loads.merge(waited, on=["machine", "depot", "start_ms"], how="left")
    return pd.DataFrame(
        {
            "depot": found["depot"],
            "t_ms": found["end_ms"],
            "event_id": found["event_id"],
            "machine": found["machine"],
            "load_g": found["amount_g"].astype("int64"),
            "wait_ms": found["wait_ms"].fillna(0).astype("int64"),
            "stock_out": False,
        }
    )


def _stock_outs(events: pd.DataFrame) -> pd.DataFrame:
    rows = events[(events["kind"] == "refuse") & (events["reason"] == "stock")]
    return pd.DataFrame(
        {
            "depot": rows["depot"],
            "t_ms": rows["start_ms"],
            "event_id": rows["event_id"],
            "machine": rows["machine"],
            "load_g": 0,
            "wait_ms": 0,
            "stock_out": True,
        }
    )
