"""Panels of the readiness report under long titles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from snowplan.reporting.lettering import picture_style
from snowplan.reporting.readiness_bars import envelope_figure
from snowplan.reporting.readiness_curves import curves_figure
from snowplan.reporting.readiness_maps import maps_figure
from snowplan.reporting.readiness_page_times import PICTURE_DPI
from snowplan.reporting.readiness_shares import held_figure
from tests.reporting.ready_sample import GRADES, ready_sample
from tests.results.synthetic import grid_roads

LONG = (
    "平城区2026—2027年度冬季强降雪应急演练用大雪情景（含夜间清雪）",
    "A drill of the city's districts for heavy snow, clearing by night included, 2026 to 2027",
    "W" * 90,
    "校园路",
)


def figures(report: dict[str, Any], count: int) -> Iterator[Figure]:
    """Every picture of the report with panels by storm."""
    some, roads = GRADES[:count], grid_roads(8)
    yield curves_figure(report, some, "zh")
    yield maps_figure(report, roads, some, "zh")
    yield envelope_figure(report, some, "zh")
    yield held_figure(report, some, "zh")


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_headings_neither_meet_nor_leave_the_figure(count: int) -> None:
    """Boxes of headings, drawn, lie within the figure and apart from each other and the panels."""
    report = ready_sample()
    for row, title in zip(report["head"]["scenarios"], LONG, strict=True):
        row["title_zh"] = title
    with picture_style():
        for figure in figures(report, count):
            figure.set_dpi(PICTURE_DPI)
            figure.draw_without_rendering()
            whole = figure.bbox
            shown = [ax for ax in figure.axes if ax.get_title(loc="left")]
            assert [
                ax.get_title(loc="left").replace("\n", "").replace(" ", "") for ax in shown
            ] == [title.replace(" ", "") for title in LONG[:count]]
            boxes = [
                text.get_window_extent()
                for ax in shown
                for text in ax.findobj(Text)
                if text.get_text() == ax.get_title(loc="left")
            ]
            assert len(boxes) == count
            for box in boxes:
                assert box.x0 >= whole.x0 - 1
                assert box.x1 <= whole.x1 + 1
                assert box.y1 <= whole.y1 + 1
            assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
            assert not any(
                box.overlaps(ax.get_window_extent().shrunk(0.98, 0.98))
                for box in boxes for ax in figure.axes if ax.get_visible()
            )  # fmt: skip
