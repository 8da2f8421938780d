"""Lines on hauling below the table: loads a truck a day, their hours and their caution."""

from __future__ import annotations

from snowplan.reporting.group_text import group_lines
from tests.reporting.test_beside import HAULING


def test_loads_a_truck_a_day_stand_with_a_caution_where_trucks_worked() -> None:
    """1,346 loads: they rest on assumptions; none unloaded: nothing to caution. 6 h are a day."""
    worked = "\n".join(group_lines({"hauling": HAULING, "hand": None}, "zh"))
    assert "每车每天 35.8 车（自第一次装车到最后一次卸雪 28.2 h）" in worked
    assert worked.count("往往远高于公开的实例（见 snowplan facts published）") == 1
    idle = HAULING | {"loads": 0, "t": 0.0, "loads_per_truck_day": 0.0, "span_h": 6.0}
    lines = "\n".join(group_lines({"hauling": idle, "hand": None}, "zh"))
    assert "公开的实例" not in lines
    assert "6.0 h，按一天计" in lines
