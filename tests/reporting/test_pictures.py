"""Pictures show what the frames say, in our font, the same bytes each time."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.text import Text

from snowplan.reporting.clearance import clearance_curve
from snowplan.reporting.depot_stock import depot_stock
from snowplan.reporting.lettering import picture_style
from snowplan.reporting.network import (
    STATE_LINES,
    most_blocked_ms,
    network,
    telling_instants,
)
from snowplan.reporting.pictures import (
    Frames,
    clearance_figure,
    depot_figure,
    network_figure,
    save_figures,
    work_figure,
)
from snowplan.reporting.view import View, tick_hours, ticks
from snowplan.reporting.work_graph import activities, work_graph
from snowplan.results.tables import DEPOTS, EVENTS
from snowplan.units import MS_PER_H
from tests.results.synthetic import HORIZON_MS

H = MS_PER_H


def _texts(figure: Figure) -> str:
    return "\n".join(text.get_text() for text in figure.findobj(Text))


def test_all_pictures_are_drawn_and_repeat(frames: Frames, view: View) -> None:
    """Four PNG files that are not blank, no missing glyph, and the same bytes a second time."""
    first = save_figures(frames, view)
    assert list(first.files) == ["clearance.png", "network.png", "work.png", "depots.png"]
    assert first.missing == ""
    for data in first.files.values():
        assert data.startswith(b"\x89PNG")
        assert struct.unpack(">II", data[16:24]) > (500, 300)
        assert float(np.ptp(imread(io.BytesIO(data)))) == 1.0
    assert save_figures(frames, view).files == first.files


@pytest.mark.parametrize(("lang", "mark"), [("zh", "示意图"), ("en", "schematic")])
def test_every_picture_of_a_schematic_map_says_so(
    frames: Frames, view: View, lang: str, mark: str
) -> None:
    """The mark is on all four, in the picture's language, and absent on a surveyed map."""
    for draw in (clearance_figure, network_figure, work_figure, depot_figure):
        with picture_style():
            assert mark in _texts(draw(frames, replace(view, lang=lang)))
            assert mark not in _texts(draw(frames, replace(view, lang=lang, schematic=False)))


def test_every_picture_names_the_grade_in_force(frames: Frames, view: View) -> None:
    """The title is the scenario's; the grade is the snow's."""
    for draw in (clearance_figure, network_figure, work_figure, depot_figure):
        with picture_style():
            assert "判定等级：暴雪" in _texts(draw(frames, replace(view, grade="blizzard")))


def test_english_pictures_hold_no_chinese(frames: Frames, view: View) -> None:
    """With names in English nothing Chinese is left on any picture."""
    english = replace(view, lang="en", title="Heavy snow")
    for draw in (clearance_figure, network_figure, work_figure, depot_figure):
        with picture_style():
            assert not any("\u4e00" <= c <= "\u9fff" for c in _texts(draw(frames, english)))


def test_names_are_never_formulas_and_what_the_font_lacks_is_told(
    frames: Frames, view: View
) -> None:
    """A title such as `$\\frac{1}{$` is drawn as it stands; an unknown character is told."""
    odd = replace(frames, depot_names={"centre-1": "$\\frac{1}{$ 𠀀"})
    pictures = save_figures(odd, replace(view, title="$\\frac{1}{$ 😀"))
    assert pictures.missing == "😀𠀀"


def test_curves_are_the_shares_of_area(frames: Frames, view: View) -> None:
    """The lines' values equal the sums over zones; limits stand at their instants."""
    ax = clearance_curve(Figure().subplots(), frames.timeline, "main", frames.limits, view)
    rows = frames.timeline[frames.timeline["road_class"] == "main"]
    passable, _, _, clean, *_ = ax.lines
    for line, column in ((passable, "opened_m2"), (clean, "clean_m2")):
        at_noon = rows[rows["t_ms"] == 19 * H]
        drawn = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))
        assert drawn[19 * H] == pytest.approx(at_noon[column].sum() / at_noon["area_m2"].sum())
    uprights = {line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1}
    assert uprights == {14 * H, 34 * H}  # 07:00, and 24 h after 03:00


def test_a_limit_after_the_end_is_told_in_words(frames: Frames, view: View) -> None:
    """The branch roads' 36 h after 03:00 end at 15:00 on the 18th, after the horizon."""
    ax = clearance_curve(Figure().subplots(), frames.timeline, "branch", frames.limits, view)
    assert "净路时限在终点之后：2026-01-18 15:00" in [text.get_text() for text in ax.texts]


def test_the_map_counts_what_it_colours(frames: Frames, view: View) -> None:
    """Lines by state equal a count over the states of that instant."""
    t_ms = 17 * H
    ax = network(Figure().subplots(), frames.roads, frames.states, t_ms, view)
    own = frames.roads[frames.roads["operator"] == "centre"]["section"]
    now = frames.states[frames.states["t_ms"] <= t_ms].groupby("section")["state"].last()
    expected = now[own].value_counts().to_dict()
    title = ax.get_title(loc="center") or ax.get_title(loc="left")
    drawn = sum(len(c.get_segments()) for c in ax.collections if isinstance(c, LineCollection))
    assert drawn == len(frames.roads)
    words = f"阻 {expected['blocked']} 段 · 通 {expected['open']} 段 · 净 {expected['clean']} 段"
    assert title == f"2026-01-17 10:00\n{words}"


def test_states_can_be_told_apart_without_colour() -> None:
    """Each state is darker and wider than the next; passable is dashed."""
    grey = [
        np.dot(_rgb(STATE_LINES[s]["color"]), (0.299, 0.587, 0.114)) for s in ("blocked", "open")
    ]
    assert grey[1] - grey[0] > 80
    widths = [STATE_LINES[state]["linewidth"] for state in ("blocked", "open", "clean")]
    assert widths == sorted(widths, reverse=True)
    assert STATE_LINES["open"]["linestyle"] != STATE_LINES["clean"]["linestyle"]


def _rgb(colour: object) -> tuple[int, ...]:
    return tuple(bytes.fromhex(str(colour)[1:]))


def test_instants_of_the_maps(view: View) -> None:
    """Half through the snow, at its end, then 2, 4, 8, 12 h on; evenly without snow."""
    minutes = [t // 60_000 for t in telling_instants(view)]
    assert minutes == [345, 600, 720, 840, 1080, 1320]
    dry = replace(view, snow_spells=(), snow_stops_ms=None)
    assert telling_instants(dry, 3) == [0, 12 * H, 24 * H]
    short = replace(view, horizon_ms=5 * H)
    assert telling_instants(short) == [5 * H - 1]  # snow lasts longer than that


def test_the_worst_instant_is_among_the_maps(frames: Frames, view: View) -> None:
    """The first step with the greatest blocked area, summed here; marked on its map."""
    worst = most_blocked_ms(frames.timeline, HORIZON_MS)
    blocked: dict[int, float] = {}
    for row in frames.timeline.to_dict("records"):
        if row["t_ms"] < HORIZON_MS:
            blocked[row["t_ms"]] = blocked.get(row["t_ms"], 0) + row["area_m2"] - row["opened_m2"]
    assert worst == min(t for t, m2 in blocked.items() if m2 == max(blocked.values()))
    instants = telling_instants(view, worst_ms=worst)
    assert worst in instants
    assert len(instants) == 6
    with picture_style():
        assert _texts(network_figure(frames, view)).count("阻断面积最大") == 1
    assert most_blocked_ms(frames.timeline.assign(opened_m2=frames.timeline["area_m2"]), 1) is None


def test_kinds_without_work_are_noted(frames: Frames, view: View) -> None:
    """Loaders without events are not used, graders that only wait stood by; others have no note."""
    kinds = frames.machines.set_index("machine")["kind"]
    grader = frames.events["machine"].map(kinds) == "grader"
    waits = frames.events[grader].assign(kind="wait", reason="work")
    events = pd.concat([frames.events[~grader], waits])
    ax = work_graph(Figure().subplots(), events, frames.machines, view)
    assert [text.get_text() for text in ax.texts] == ["本次不出动", "本次待命，未作业"]
    english = work_graph(Figure().subplots(), events, frames.machines, replace(view, lang="en"))
    assert "not used in this run" in [text.get_text() for text in english.texts]


def test_bars_are_the_events(frames: Frames, view: View) -> None:
    """Each activity has as many bars as events, at the row of its machine."""
    ax = work_graph(Figure().subplots(), frames.events, frames.machines, view)
    bars = sum(len(collection.get_paths()) for collection in ax.collections)
    assert bars == len(frames.events)  # none of them is a machine not called out
    labels = [tick.get_text() for tick in ax.get_yticklabels()]
    assert labels == [f"{name} 4 台" for name in ("滚刷车", "推雪车", "撒布车", "装载机", "平地机")]


def test_waits_are_told_apart() -> None:
    """Standing by, lacking a crew or a truck, and not being called out are different things."""
    reasons = ["work", "crew", "truck", "called_off", None]
    events = pd.DataFrame({"kind": ["wait"] * 4 + ["plough"], "reason": reasons})
    assert activities(events).tolist() == ["idle", "lack", "lack_truck", "off", "plough"]


def test_stock_is_drawn_as_it_was(frames: Frames, view: View) -> None:
    """First and last points are the first and last stock; a cross marks each stock-out."""
    ax = depot_stock(Figure().subplots(), frames.depots, {"west-1": "西库"}, view)
    rows = frames.depots[frames.depots["depot"] == "west-1"]
    line = next(item for item in ax.lines if item.get_label() == "西库")
    assert line.get_ydata()[0] == rows["stock_g"].iloc[0] / 1e6
    assert line.get_ydata()[-1] == rows["stock_g"].iloc[-1] / 1e6
    assert line.get_xdata()[-1] == HORIZON_MS
    crosses = sum(len(item.get_xdata()) for item in ax.lines if item.get_marker() == "x")
    assert crosses == frames.depots["stock_out"].sum()


def test_a_run_in_which_nothing_happened_has_pictures(frames: Frames, view: View) -> None:
    """No events, no depots and no sections are said in words."""
    empty = Frames(
        roads=frames.roads.iloc[:0],
        states=frames.states.iloc[:0],
        timeline=frames.timeline.iloc[:0],
        limits=frames.limits.iloc[:0],
        events=EVENTS.empty(),
        machines=frames.machines.iloc[:0],
        depots=DEPOTS.empty(),
    )
    with picture_style():
        assert "没有需清扫的路段" in _texts(clearance_figure(empty, view))
        assert "没有机械出动" in _texts(work_figure(empty, view))
        assert "没有融雪剂点" in _texts(depot_figure(empty, view))
    assert len(save_figures(empty, view, [0]).files) == 4


def test_ticks_are_whole_local_hours(view: View) -> None:
    """From 17:00 the first tick is 18:00; the date stands at the first and after midnights."""
    marks = ticks(view)
    assert marks[0] == (H, "18:00\n01-16")
    assert marks[2] == (7 * H, "00:00\n01-17")
    assert [tick_hours(hours * H) for hours in (3, 24, 36, 72, 144, 300)] == [1, 2, 3, 6, 12, 24]


def test_a_table_of_areas_without_area_is_no_division_by_zero(frames: Frames, view: View) -> None:
    """A class whose sections have no area draws an empty curve."""
    flat = frames.timeline.assign(area_m2=0.0, opened_m2=0.0, clean_m2=0.0)
    ax = clearance_curve(Figure().subplots(), flat, "main", frames.limits, view)
    assert pd.isna(ax.lines[0].get_ydata()).all()
