"""Pictures of hauling, pavements and cycle lanes show what the frames say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from snowplan.reporting.hauling_chart import snow_mass, truck_work
from snowplan.reporting.lettering import picture_style
from snowplan.reporting.pictures import (
    Frames,
    clearance_figure,
    hauling_figure,
    save_figures,
    texts_of,
)
from snowplan.reporting.side_clearance import fronted_at, parts_shown, side_curve
from snowplan.reporting.view import View
from snowplan.results.tables import EVENTS, GROUPS
from snowplan.units import MS_PER_H
from tests.results.synthetic import HORIZON_MS

H = MS_PER_H


def hauling() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Events and parties: loaded 6 t from 1 h to 2 h, hauled to 3 h, at the gate to 3 h 30.

    Unloaded from there to 4 h; the loader lacks a truck from 2 h to 4 h.
    """
    rows = [
        ("loader-1", "load_snow", 1, 2, None, 6_000_000),
        ("loader-1", "wait", 2, 4, "truck", None),
        ("truck-1", "load_snow", 1, 2, None, 0),
        ("truck-1", "haul", 2, 3, None, 6_000_000),
        ("truck-1", "wait", 3, 3.5, "gate", None),
        ("truck-1", "unload", 3.5, 4, None, 6_000_000),
    ]
    columns = ["machine", "kind", "start_ms", "end_ms", "reason", "amount_g"]
    frame = pd.DataFrame(rows, columns=columns).reindex(columns=EVENTS.names)
    frame["event_id"] = range(len(frame))
    frame["start_ms"] = (frame["start_ms"] * H).astype("int64")
    frame["end_ms"] = (frame["end_ms"] * H).astype("int64")
    frame["unfinished"] = False
    parties = pd.DataFrame({"party": ["loader-1", "truck-1"], "kind": ["loader", "truck"]}).reindex(
        columns=GROUPS.names, fill_value=0
    )
    return EVENTS.shaped(frame), GROUPS.shaped(parties)


@pytest.fixture
def beside(frames: Frames) -> Frames:
    """The made-up night with a windrow of 9 t, of which 6 t are hauled, and pavements."""
    events, groups = hauling()
    table = frames.timeline.copy()
    first = table["t_ms"].ne(table["t_ms"].shift()).to_numpy()  # one zone and class an instant
    table["windrow_t"] = np.where(first, np.where(table["t_ms"] < 2 * H, 9.0, 3.0), 0.0)
    table["pavement_m2"] = 100.0
    table["pavement_clean_m2"] = np.where(table["t_ms"] < 12 * H, 25.0, 100.0)
    return replace(frames, timeline=table, events=events, groups=groups)


def test_where_the_snow_is(beside: Frames, view: View) -> None:
    """9 t stand until 2 h, then 3 t; 6 t are in the truck from 2 h, dumped from 4 h on."""
    ax = Figure().subplots()
    snow_mass(ax, beside.timeline, beside.events, view)
    lines = {str(line.get_label()): line for line in ax.get_lines()}
    for label, wanted in (
        ("路边雪堆", {H: 9.0, 2 * H: 3.0, 5 * H: 3.0}),
        ("在车上", {H: 0.0, 2 * H: 6.0, 3 * H: 6.0, 4 * H: 0.0}),
        ("已卸", {3 * H: 0.0, 4 * H: 6.0, 35 * H: 6.0}),
    ):
        x, y = lines[label].get_data()
        found = dict(zip(np.asarray(x).tolist(), np.asarray(y).tolist(), strict=True))
        assert {t: found[t] for t in wanted} == wanted


def test_what_the_trucks_do(beside: Frames, view: View) -> None:
    """By half hours: loaded, on the way, at the gate, unloading; a loader without a truck."""
    ax = Figure().subplots()
    truck_work(ax, beside.events, beside.groups, view)
    labels = [str(band.get_label()) for band in ax.collections]
    assert labels == ["装雪", "重载行驶", "卸雪", "排队等卸"]
    (line,) = ax.get_lines()
    y = np.asarray(line.get_ydata())
    assert y[:10].tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 0, 0]
    tops = {}
    for band in ax.collections:
        top = band.get_paths()[0].vertices[:, 1].max()  # type: ignore[index]
        tops[str(band.get_label())] = float(top)
    assert set(tops.values()) == {1.0}


def idling(*spells: tuple[float, float, str]) -> pd.DataFrame:
    """Waits of truck-1 from hour to hour with their reasons."""
    rows = [("truck-1", "wait", round(a * H), round(b * H), cause) for a, b, cause in spells]
    columns = ["machine", "kind", "start_ms", "end_ms", "reason"]
    frame = pd.DataFrame(rows, columns=columns).reindex(columns=EVENTS.names)
    return EVENTS.shaped(frame.assign(event_id=range(len(rows)), unfinished=False))


def test_idle_trucks_are_in_the_stack_too(beside: Frames, view: View) -> None:
    """An hour not called out, one without a crew, one without work: always one truck high."""
    events = idling((0, 1, "called_off"), (1, 2, "crew"), (2, HORIZON_MS / H, "work"))
    ax = Figure().subplots()
    truck_work(ax, events, beside.groups, view)
    assert [band.get_label() for band in ax.collections] == ["待命", "无班组", "未出动、停工等"]
    last = np.asarray(ax.collections[-1].get_paths()[0].vertices, dtype=np.float64)
    assert last[:, 1].max() == 1.0


@pytest.mark.parametrize(("cause", "told"), [("crew", True), ("work", False)])
def test_hauling_that_was_not_called_is_told(
    beside: Frames, view: View, cause: str, told: bool
) -> None:
    """Trucks called off, or without a crew, to the end: words instead of an empty panel."""
    events = idling((0, 5, "called_off"), (5, HORIZON_MS / H, cause))
    with picture_style():
        figure = hauling_figure(replace(beside, events=events), view)
    assert any("本级不出动运雪组" in text for text in texts_of(figure)) == told


def test_owners_clearing_is_marked_once_an_instant(beside: Frames, view: View) -> None:
    """Two frontages at 11 h and one at 12 h: two marks; what was thrown back has none of its own.

    The limit's sign stands in the legend where it is drawn: at 20 h, not after the end.
    """
    rows = [(11, None), (11, "thrown_back"), (11, None), (12, None)]
    events = pd.DataFrame(
        [("frontage_clear", t * H, t * H, cause) for t, cause in rows],
        columns=["kind", "start_ms", "end_ms", "reason"],
    )
    events = EVENTS.shaped(
        events.reindex(columns=EVENTS.names).assign(event_id=range(4), unfinished=False)
    )
    assert fronted_at(events) == [11 * H, 12 * H]
    for limit_ms, drawn in ((20 * H, True), (HORIZON_MS + H, False)):
        frames = replace(beside, events=events, side_limit_ms=limit_ms)
        with picture_style():
            texts = texts_of(clearance_figure(frames, view))
        assert "门前五包自清" in texts
        assert ("人行道、非机动车道时限" in texts) == drawn


def test_clearance_of_pavements_has_a_panel_of_its_own(beside: Frames, view: View) -> None:
    """A quarter of the pavements' area is clean until 12 h, all of it then; no cycle lanes here."""
    assert parts_shown(beside.timeline) == [("pavement", "part.pavement")]
    ax = Figure().subplots()
    side_curve(ax, beside.timeline, ("pavement", "part.pavement"), 20 * H, view)
    curve = next(line for line in ax.get_lines() if str(line.get_label()) == "主干路")
    x, y = map(np.asarray, curve.get_data())
    assert y[x == 11 * H].tolist() == [0.25]
    assert y[x == 13 * H].tolist() == [1.0]
    with picture_style():
        figure = clearance_figure(beside, view)
    titles = [ax.get_title(loc="left") for ax in figure.axes if ax.get_visible()]
    assert sum("人行道净" in title for title in titles) == 1


def test_a_late_limit_of_pavements_is_told_in_words(beside: Frames, view: View) -> None:
    """A limit after the end is no line but a sentence with its local time."""
    ax = Figure().subplots()
    late = HORIZON_MS + H
    side_curve(ax, beside.timeline, ("pavement", "part.pavement"), late, view)
    assert any("时限在终点之后" in text.get_text() for text in ax.texts)


def test_pictures_of_a_night_with_trucks(beside: Frames, view: View) -> None:
    """hauling.png is drawn beside the others, all glyphs there; not without trucks."""
    found = save_figures(beside, view)
    assert "hauling.png" in found.files
    assert found.missing == ""
    alone = save_figures(replace(beside, groups=GROUPS.empty()), view)
    assert "hauling.png" not in alone.files
