"""Tables, lines and pictures of hauling, pavements and cycle lanes say what the frames say."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from snowplan.analysis.explaining_beside import Loads, SideStory
from snowplan.reporting.beside_text import side_lines, windrow_lines
from snowplan.reporting.group_text import group_lines
from snowplan.reporting.tables import print_summary
from snowplan.reporting.view import View
from snowplan.units import MS_PER_H

H = MS_PER_H
CHINESE = re.compile("[\u4e00-\u9fff]")
ROW: dict[str, Any] = {
    "n": 12, "never_blocked": 0, "not_by_horizon": 5, "timed": 7, "median_ms": 11 * H,
    "p95_ms": 13 * H, "last_ms": 14 * H, "limit_h": 24.0, "limit_kind": "after_snow", "met": False,
}  # fmt: skip
HAULING: dict[str, Any] = {
    "trucks": 32, "loaders": 13, "loads": 1346, "t": 4899.4, "m3": 13998.4, "loaded_t": 4979.5,
    "in_trucks_t": 80.1, "loads_per_truck_day": 35.83, "span_h": 28.2, "share_of_fallen": 0.044,
    "share_on_hauled": 0.0918, "hauled_m2": 8e6,
    "truck_waits_h": {"loader": 23.1, "gate": 268.5, "work": 300.0},
    "truck_early_h": 290.0, "loader_early_h": 0.0, "truck_km": 16083.4, "truck_loaded_km": 7749.5,
    "loader_waits_h": {"truck": 242.4}, "dumps_full": ["dump-east"],
    "no_dump_ms": None,
}  # fmt: skip
HAND: dict[str, Any] = {
    "squads": 97, "workers": 1940, "worker_hours": 32928.6, "m2": 5246305.0, "frontages": 2573,
    "frontage_t": 13117.3, "thrown_back_t": 1311.7,
}  # fmt: skip


def printed(view: View, **aspects: dict[str, Any]) -> str:
    """The tables of one class with these rows beside opened and cleared."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    summary = {"classes": {"main": {"opened": ROW, "cleared": ROW, **aspects}}}
    print_summary(summary, view, out)
    out.flush()
    return out.buffer.getvalue().decode()  # type: ignore[attr-defined]


def test_rows_beside_stand_in_a_table_of_their_own(view: View) -> None:
    """Counts, local times with hours after snow stops at 10 h, limit and verdict of each row."""
    text = printed(view, hauled=ROW, pavement=ROW | {"met": True})
    below = text[text.index("运雪、非机动车道与人行道") :]
    hauled = next(line for line in below.splitlines() if "运净" in line and "主干路" in line)
    assert hauled.split()[2:] == [
        "12", "5", "01-17", "04:00", "+1.0", "h", "01-17", "07:00", "+4.0", "h", "24.0", "h", "✗",
        "未达标",
    ]  # fmt: skip
    assert "人行道净" in below
    assert "非机动车道净" not in below
    assert "假设" in below


def test_without_such_rows_there_is_no_second_table(view: View) -> None:
    """Machines alone: the table is as it was, without a word on hauling."""
    text = printed(view)
    assert "运雪" not in text
    assert "人行道" not in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_second_table_fits_a_narrow_terminal(
    view: View, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 80 columns nothing is cut off; English holds no Chinese but the title."""
    monkeypatch.setenv("COLUMNS", "80")
    text = printed(
        replace(view, lang=lang, title="Heavy"), hauled=ROW, cycle_lane=ROW, pavement=ROW
    )
    assert "…" not in text
    assert max(map(cell_len, text.splitlines())) <= 80
    assert lang == "zh" or not CHINESE.search(text)


def test_lines_below_the_table() -> None:
    """Loads, shares in per cent, the longest wait first, dumps that are full, hands."""
    names = {"dump-east": "东区堆雪点"}
    text = "\n".join(group_lines({"hauling": HAULING, "hand": HAND}, "zh", names))
    assert "1,346 车 4,899 t（13,998 m³）" in text
    assert "全部降雪的 4.4 %、有雪堆路段的 9.2 %；每车每天 35.8 车" in text
    assert "运雪车里程: 16,083 km，其中重载 7,750 km、空驶 8,334 km" in text
    waits = "首次装车前待命 290 h, 等进门 268 h, 等装车 23 h, 无活可干 10 h"
    assert f"运雪车等待: {waits}" in text
    assert "装载机等待: 等运雪车 242 h" in text
    assert "堆雪点已满: 东区堆雪点" in text
    assert "1,940 人，32,929 工时，清雪 5,246,305 m²" in text
    assert "抛回路面 1,312 t" in text
    english = "\n".join(group_lines({"hauling": HAULING, "hand": HAND}, "en"))
    assert not CHINESE.search(english)
    assert group_lines({"hauling": None, "hand": None}, "zh") == []
    stayed = HAULING | {"loads": 0, "t": 0.0, "loaded_t": 0.0, "truck_waits_h": {}}
    assert group_lines({"hauling": stayed, "hand": None}, "zh") == ["运雪: 运雪组未出动"]


def test_what_is_told_of_a_section() -> None:
    """Its loads, who cleared its pavement, what owners threw back; nothing where there is none."""
    row = {
        "haul_state": "hauled", "hauled_ms": 5, "limit_haul_h": 24.0, "met_haul": True,
        "cycle_state": None, "cycle_m2": 0.0, "cycle_cleared_ms": None, "met_cycle": None,
        "pavement_state": "not_by_horizon", "pavement_m2": 1234.0, "pavement_cleared_ms": None,
        "met_pavement": None, "limit_side_h": 36.0,
    }  # fmt: skip
    loads = Loads(3, 9_000_000, 1, 5, ("loader-1",))
    sides = (
        SideStory("cycle", (), None, 0, None, 0, 0),
        SideStory("pavement", ("squad-1",), 7, 2_000_000, 8, 4_000_000, 400_000),
    )
    lines = windrow_lines(row, loads, str, "zh")
    assert lines == [
        "雪堆：5 起已净且雪堆已运走。时限为雪停后 24.0 h：达标。",
        "  装雪 3 次共 9.0 t，1 至 5（loader-1）。",
    ]
    assert side_lines(row, sides, str, "zh") == [
        "人行道（1,234 m²）：模拟结束仍未净。时限为雪停后 36.0 h：未到时限。",
        "  人工清走 2.0 t，最后一次 7（squad-1）。",
        "  门前五包：8 由责任单位清走 4.0 t，其中抛回路面 0.4 t。",
    ]
    assert windrow_lines(row | {"haul_state": "not_needed"}, None, str, "zh") == []
    assert windrow_lines(row | {"haul_state": None}, None, str, "zh") == []
