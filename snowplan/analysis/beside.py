"""What goes on beside the carriageway: windrows hauled, pavements and cycle lanes cleared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from snowplan.analysis.duty import centre_sections
from snowplan.analysis.limits import met
from snowplan.analysis.section_times import NOT_BY_HORIZON, section_times
from snowplan.results.tables import SIDE_STATES

NOT_NEEDED, HAULED = "not_needed", "hauled"
SIDES = (("cycle", ("cycle_lane",)), ("pavement", ("pavement", "frontage")))
_AREAS = {"section": "object", "direction": "object", "part": "object", "m2": "float64"}
_WINDROWS = {"section": "object", "t_ms": "int64", "change_g": "int64", "stands": "bool"}
_CLEAN = {"section": "object", "part": "object", "t_ms": "int64", "change_dm2": "int64"}
_PARTIES = {**dict.fromkeys(("party", "kind", "group", "zone"), "object"), "people": "int64"}
_DUMPS = {
    **dict.fromkeys(("dump_point", "name", "zone"), "object"),
    "capacity_g": "int64",
    "initial_g": "int64",
}


def _nothing(columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in columns.items()})


@dataclass(frozen=True, slots=True)
class Beside:
    """What happened beside the carriageway: the engine's frames.

    `side_states` as in the run folder; `clean`: section, part, t_ms, change_dm2 of the clean area,
    by time; `areas`: section, direction, part, m2; `windrows`: section, t_ms, change_g, stands (in
    one direction, from then on), by time; `parties`: party, kind, group, zone, people; `dumps`:
    dump_point, name, zone, capacity_g, initial_g.
    """

    side_states: pd.DataFrame
    clean: pd.DataFrame
    areas: pd.DataFrame
    windrows: pd.DataFrame
    parties: pd.DataFrame
    dumps: pd.DataFrame

    @classmethod
    def nothing(cls) -> Beside:
        """A run of machines alone."""
        return cls(
            SIDE_STATES.empty(),
            _nothing(_CLEAN),
            _nothing(_AREAS),
            _nothing(_WINDROWS),
            _nothing(_PARTIES),
            _nothing(_DUMPS),
        )


def with_hauling(
    sections: pd.DataFrame, roads: pd.DataFrame, windrows: pd.DataFrame, horizon_ms: int
) -> pd.DataFrame:
    """Sections with haul_state and met_haul; `limit_haul_ms` is among their columns.

    Where no windrow ever stood nothing had to be hauled.
    """
    own = sections["section"].isin(centre_sections(roads)["section"])
    stood = set(windrows["section"][windrows["stands"].astype(bool)])
    hauled = sections["hauled_ms"].notna()
    state = pd.Series(NOT_NEEDED, sections.index, dtype=object)
    state[sections["section"].isin(stood)] = NOT_BY_HORIZON
    state[hauled] = HAULED
    frame = sections.assign(haul_state=state.where(own, None))
    frame["met_haul"] = met(frame, "haul_state", "hauled_ms", "limit_haul_ms", horizon_ms)
    return frame


def with_sides(
    sections: pd.DataFrame,
    beside: Beside,
    horizon_ms: int,
    limit_ms: int | None,
    limit_h: float | None,
) -> pd.DataFrame:
    """Sections with area, state, time and verdict of their cycle lanes and pavements.

    The limit as an instant and in hours after snow stops; None: no limit.
    """
    some = sections["section"].isin(beside.areas["section"]) & (limit_ms is not None)
    frame = sections.assign(
        limit_side_h=np.where(some, float(limit_h or 0.0), np.nan),
        limit_side_ms=np.where(some, float(limit_ms or 0), np.nan),
    )
    for name, parts in SIDES:
        rows = beside.side_states[beside.side_states["part"] == parts[0]]
        times = section_times(rows[["section", "t_ms", "state"]], horizon_ms)
        times = times.set_index("section")[["clear_state", "cleared_ms"]].reindex(frame["section"])
        areas = beside.areas[beside.areas["part"].isin(parts)]
        m2 = areas.groupby("section")["m2"].sum().reindex(frame["section"]).fillna(0.0)
        state = times["clear_state"].astype(object)
        frame = frame.assign(**{f"{name}_m2": m2.to_numpy(dtype=np.float64)})
        frame[f"{name}_state"] = state.where(state.notna(), None).to_numpy()
        frame[f"{name}_cleared_ms"] = times["cleared_ms"].astype("Int64").array
        frame[f"met_{name}"] = met(
            frame, f"{name}_state", f"{name}_cleared_ms", "limit_side_ms", horizon_ms
        )
    return frame
