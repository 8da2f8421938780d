"""The questions of the sanity table: what a run comes to, in the terms of a published figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from snowplan.analysis.duty import centre_sections
from snowplan.analysis.outcome import Outcome, Record, Storm
from snowplan.analysis.work import worked_m2
from snowplan.model.fleet import MachineType
from snowplan.model.published import Published
from snowplan.results.tables import WORK_KINDS
from snowplan.units import G_PER_T, M_PER_KM, MM_PER_INCH, ms_hours


@dataclass(frozen=True, slots=True)
class Evidence:
    """A finished run: what happened, what it means, what it is judged by; the plan's cap on doses
    and its clean depth; published figures by id."""

    record: Record
    found: Outcome
    storm: Storm
    cap_g_m2: float
    clean_mm: float
    published: Mapping[str, Published]


@dataclass(frozen=True, slots=True)
class Answer:
    """Ours, from `low` to `high`, and the figures that it was reckoned from."""

    low: float
    high: float
    values: dict[str, Any]


def speed_at_ceiling_kph(kind: MachineType) -> float:
    """The working speed on main roads at the deepest snow that the tool still takes."""
    inches = kind.tool.ceiling_mm / MM_PER_INCH
    return kind.pace.main_kph / (1 + kind.pace.depth_k * max(0.0, inches - 1))


def _brush(evidence: Evidence) -> MachineType | None:
    return next((t for t in evidence.storm.types if t.kind == "roller_brush"), None)


def _sweeps(evidence: Evidence) -> pd.DataFrame:
    """Finished sweeps of roller brushes: m², hours, km, and the speed of each."""
    facts = evidence.record.machines
    brushes = facts.loc[facts["kind"] == "roller_brush", "machine"]
    events = evidence.record.events
    done = events[
        (events["kind"] == "sweep")
        & events["machine"].isin(brushes)
        & ~events["unfinished"].astype(bool)
    ]
    hours = (done["end_ms"] - done["start_ms"]).map(ms_hours)
    km = done["distance_m"].astype("float64") / M_PER_KM
    m2 = worked_m2(done, evidence.record.roads)
    return pd.DataFrame({"m2": m2, "hours": hours, "km": km, "kph": km / hours})


def _net(evidence: Evidence, gross: float, values: dict[str, Any]) -> Answer:
    rounds = evidence.published["heping_rounds"]
    few, many = rounds.low, rounds.high
    return Answer(gross / many, gross / few, {**values, "gross": gross, "few": few, "many": many})


def brush_light(evidence: Evidence) -> Answer | None:
    """m² an hour of sweeping in passes nearer to the light speed than to the heavy one."""
    kind, sweeps = _brush(evidence), _sweeps(evidence)
    if kind is None or sweeps.empty:
        return None
    middle = (kind.pace.main_kph + speed_at_ceiling_kph(kind)) / 2
    light = sweeps[sweeps["kph"] >= middle]
    if light.empty:
        return None
    m2, hours, km = (float(light[name].sum()) for name in ("m2", "hours", "km"))
    values = {"passes": len(light), "of": len(sweeps), "kph": km / hours, "m2": m2, "hours": hours}
    return _net(evidence, m2 / hours, values)


def brush_heavy(evidence: Evidence) -> Answer | None:
    """The same width at the speed that is left at the brush's ceiling."""
    kind, sweeps = _brush(evidence), _sweeps(evidence)
    if kind is None or sweeps.empty:
        return None
    width = float(sweeps["m2"].sum() / (sweeps["km"].sum() * M_PER_KM))
    kph = speed_at_ceiling_kph(kind)
    gross = width * kph * M_PER_KM
    values = {
        "width": width,
        "kph": kph,
        "ceiling": kind.tool.ceiling_mm,
        "light": kind.pace.main_kph,
        "slow": int((sweeps["kph"] < (kind.pace.main_kph + kph) / 2).sum()),
        "of": len(sweeps),
    }
    return _net(evidence, gross, values)


def brush_under_way(evidence: Evidence) -> Answer | None:
    """m² an hour of sweeping and driving together."""
    machines = evidence.found.machines
    rows = machines[machines["kind"] == "roller_brush"]
    work_h, drive_h = (ms_hours(int(rows[key].sum())) for key in ("work_ms", "travel_ms"))
    m2 = float(rows["area_m2"].sum())
    if m2 <= 0:
        return None
    values = {
        "m2": m2,
        "work_h": work_h,
        "drive_h": drive_h,
        "share": work_h / (work_h + drive_h),
        "work_km": float(rows["worked_m"].sum()) / M_PER_KM,
        "drive_km": float(rows["deadhead_m"].sum()) / M_PER_KM,
        "sweeping": m2 / work_h / evidence.published["heping_rounds"].high,
    }
    return _net(evidence, m2 / (work_h + drive_h), values)


def rounds_main(evidence: Evidence) -> Answer | None:
    """m² worked on main roads ÷ their m², spreading aside, over the whole run."""
    sections = _own(evidence)
    main = sections[sections["road_class"] == "main"]
    area = float(main["area_m2"].sum())
    if area <= 0:
        return None
    worked = float((main["rounds"].fillna(0.0) * main["area_m2"]).sum())
    events = evidence.record.events
    on_main = events[events["section"].isin(main["section"])]
    m2 = worked_m2(on_main, evidence.record.roads).groupby(on_main["kind"]).sum()
    values = {
        "worked": worked,
        "area": area,
        "ploughed": float(m2.get("plough", 0.0)) / area,
        "swept": float(m2.get("sweep", 0.0)) / area,
    }
    return Answer(worked / area, worked / area, values)


def km_a_vehicle(evidence: Evidence) -> Answer | None:
    """km a machine that drove, for as many hours as Taiyuan's standby, from the first muster."""
    machines, events = evidence.found.machines, evidence.record.events
    driven = machines["worked_m"] + machines["deadhead_m"]
    count = int((driven > 0).sum())
    begin = _start_of_work(events)
    if count == 0 or begin is None:
        return None
    km = float(driven.sum()) / M_PER_KM
    moving = events[events["kind"].isin((*WORK_KINDS, "travel"))]
    hours = ms_hours(int(moving["end_ms"].max()) - begin)
    standby_h = evidence.published["taiyuan_h"].low
    standby = km / count / hours * standby_h
    values = {
        "km": km,
        "count": count,
        "hours": hours,
        "standby": standby_h,
        "their_kph": evidence.published["km_a_vehicle"].low / standby_h,
        "kph": km / count / hours,
        "deadhead": float(machines["deadhead_m"].sum()) / float(driven.sum()),
        "worked": float(machines["worked_m"].sum()) / M_PER_KM / count / hours * standby_h,
    }
    return Answer(standby, standby, values)


def m2_a_large(evidence: Evidence) -> Answer | None:
    """m² that the centre clears, a machine that is not small."""
    return _m2_a(evidence, lambda kinds: kinds != "small_machine")


def m2_a_machine(evidence: Evidence) -> Answer | None:
    """m² that the centre clears, a machine."""
    return _m2_a(evidence, lambda kinds: kinds.notna())


def _m2_a(evidence: Evidence, counted: Callable[[pd.Series], pd.Series]) -> Answer | None:
    machines, own = evidence.found.machines, _own(evidence)
    count = int(counted(machines["kind"]).sum())
    if count == 0:
        return None
    area = float(own["area_m2"].sum())
    minor = float(own.loc[own["road_class"].isin(("branch", "lane")), "area_m2"].sum())
    idle = int((counted(machines["kind"]) & (machines["work_ms"] == 0)).sum())
    values = {
        "area": area / G_PER_T,
        "count": count,
        "minor": minor / G_PER_T,
        "without": (area - minor) / count,
        "idle": idle,
    }
    return Answer(area / count, area / count, values)


def doses_in_stock(evidence: Evidence) -> Answer | None:
    """Stock ÷ area ÷ the cap: how often all could be treated."""
    area = float(_own(evidence)["area_m2"].sum())
    stock_g = float(evidence.record.depots["stock_g"].sum())
    if area <= 0 or stock_g <= 0 or evidence.cap_g_m2 <= 0:
        return None
    spread_t = float(evidence.found.summary["deicer_t"])
    doses = stock_g / area / evidence.cap_g_m2
    values = {
        "stock": stock_g / G_PER_T,
        "area": area / G_PER_T,
        "cap": evidence.cap_g_m2,
        "per": stock_g / area,
        "spread": spread_t,
        "share": spread_t * G_PER_T / stock_g,
    }
    return Answer(doses, doses, values)


def hours_to_passable(evidence: Evidence) -> Answer | None:
    """Hours from the first work until 95 % of main roads are passable for good."""
    return _hours_to(evidence, "opened")


def hours_to_bare(evidence: Evidence) -> Answer | None:
    """The same for clean main roads."""
    return _hours_to(evidence, "cleared")


def _hours_to(evidence: Evidence, aspect: str) -> Answer | None:
    row = evidence.found.summary["classes"].get("main", {}).get(aspect)
    begin, stops = _start_of_work(evidence.record.events), evidence.storm.snow_stops_ms
    if row is None or row["p95_ms"] is None or begin is None or stops is None:
        return None
    hours = ms_hours(row["p95_ms"] - begin)
    values = {
        "begin": evidence.storm.clock.text(begin),
        "end": evidence.storm.clock.text(row["p95_ms"]),
        "hours": hours,
        "stops": evidence.storm.clock.text(stops),
        "after": ms_hours(row["p95_ms"] - stops),
        "falling": ms_hours(stops - begin),
        "late": row["not_by_horizon"],
        "clean": evidence.clean_mm,
    }
    return Answer(hours, hours, values)


def _start_of_work(events: pd.DataFrame) -> int | None:
    starts = events.loc[events["kind"].isin(WORK_KINDS), "start_ms"]
    return None if starts.empty else int(starts.min())


def _own(evidence: Evidence) -> pd.DataFrame:
    sections = evidence.found.sections
    own = centre_sections(evidence.record.roads)["section"]
    return sections[sections["section"].isin(own)]


QUESTIONS: dict[str, Callable[[Evidence], Answer | None]] = {
    question.__name__: question
    for question in (
        brush_light, brush_heavy, brush_under_way, rounds_main, km_a_vehicle, m2_a_large,
        m2_a_machine, doses_in_stock, hours_to_passable, hours_to_bare,
    )
}  # fmt: skip
