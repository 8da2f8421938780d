"""What each table of a run folder holds; `docs/formats.md` is made from this."""

from __future__ import annotations

from snowplan.results.group_tables import DUMPS, GROUPS, PARTY_TIMES, WAITS
from snowplan.results.log import EVENT_KINDS
from snowplan.results.road_tables import SECTIONS, SIDE_STATES, STATES_TABLE, TIMELINE
from snowplan.results.schema import Column, Table

__all__ = [
    "CLEAR_STATES", "DEPOTS", "DUMPS", "EVENTS", "GROUPS", "HAUL_STATES", "LIMIT_KINDS",
    "MACHINES", "MACHINE_TIMES", "OPEN_STATES", "PARTY_TIMES", "SECTIONS", "SIDE_STATES", "STATES",
    "STATES_TABLE", "TABLES", "TIMELINE", "WAITS", "WORK_KINDS",
]  # fmt: skip

# fmt: off - one or two lines a column read as a table
WORK_KINDS = ("plough", "sweep", "grade_packed", "spread", "blow")
STATES = ("blocked", "open", "clean", "hauled")
OPEN_STATES = ("never_blocked", "opened", "not_by_horizon")
CLEAR_STATES = ("never_blocked", "cleared", "not_by_horizon")
HAUL_STATES = ("not_needed", "hauled", "not_by_horizon")
LIMIT_KINDS = ("after_snow", "open_by_clock", "clear_by_clock", "both_by_clock")
MACHINE_TIMES = ("work_ms", "travel_ms", "load_ms", "wait_ms", "repair_ms", "off_ms")

EVENTS = Table(
    "events.parquet",
    "事件：每件事一行，按开始时刻排列；区间含起点、不含终点",
    "Events: one row for each thing that happened, by start; intervals are half-open",
    (
        Column("event_id", "int64", "", "事件号", "number of the event", key=True),
        Column(
            "kind", "text", "", "种类：" + " ".join(EVENT_KINDS), "kind, one of the list", key=True
        ),
        Column(
            "decided_ms",
            "Int64",
            "ms",
            "决定的时刻（调度规则在此时判断）",
            "instant of the decision",
        ),
        Column("start_ms", "int64", "ms", "开始", "start", key=True),
        Column("end_ms", "int64", "ms", "结束", "end", key=True),
        Column(
            "machine",
            "text",
            "",
            "机械、运雪车或人工班组",
            "machine, truck or squad of workers",
        ),
        Column("crew", "text", "", "班组", "crew"),
        Column("team", "text", "", "梯队", "team of machines working abreast"),
        Column("section", "text", "", "路段", "section"),
        Column(
            "direction",
            "text",
            "",
            "方向：forward 顺、backward 逆",
            "direction along the section's line",
        ),
        Column(
            "strip_from",
            "Int64",
            "",
            "起始条带（自路中数起）",
            "first strip, numbered from the centre",
        ),
        Column("strip_to", "Int64", "", "终止条带", "last strip"),
        Column("depot", "text", "", "融雪剂点", "depot"),
        Column("dump_point", "text", "", "堆雪点", "dump point"),
        Column("zone", "text", "", "分区", "zone"),
        Column("passes", "Int64", "", "趟数", "passes"),
        Column(
            "amount_g", "Int64", "g", "克数（撒布、装料、铲运）", "grams spread, loaded or moved"
        ),
        Column("distance_m", "float64", "m", "里程", "distance driven"),
        Column(
            "reason",
            "text",
            "",
            "原因（等待、故障、谢绝等）",
            "reason of a wait, failure or refusal",
        ),
        Column(
            "unfinished",
            "bool",
            "",
            "未做完（被班次、故障或模拟终点打断）",
            "cut short by shift, failure or horizon",
        ),
        Column(
            "part",
            "text",
            "",
            "人工清雪的部位：carriageway 车行道、cycle_lane 非机动车道、pavement 人行道、"
            "frontage 门前责任区",
            "part of the road that hands clear: carriageway, cycle_lane, pavement, frontage",
        ),
        Column(
            "due_ms",
            "Int64",
            "ms",
            "车行道作业及为此的空驶：所清条带按预案从何时起待作业；unserved 同",
            "work on strips and the drive to it: from when they were due by the plan; unserved too",
            added=True,
        ),
    ),
)

MACHINES = Table(
    "machines.parquet",
    "机械：每台一行；各项时间之和等于模拟时长",
    "Machines: one row each; the times add up to the horizon",
    (
        Column("machine", "text", "", "机械", "machine", key=True),
        Column("kind", "text", "", "机种", "kind of machine", key=True),
        Column("depot", "text", "", "所属点", "home depot", key=True),
        Column("zone", "text", "", "分区", "zone", key=True),
        Column("work_ms", "int64", "ms", "作业", "working"),
        Column("travel_ms", "int64", "ms", "空驶", "driving without working (deadhead)"),
        Column("load_ms", "int64", "ms", "装料", "loading"),
        Column("wait_ms", "int64", "ms", "等待", "waiting"),
        Column("repair_ms", "int64", "ms", "故障与修理", "broken down or being mended"),
        Column(
            "off_ms",
            "int64",
            "ms",
            "停放（未出动或不可用）",
            "standing: not called out, or unserviceable",
        ),
        Column("worked_m", "float64", "m", "作业里程", "distance worked"),
        Column("deadhead_m", "float64", "m", "空驶里程", "distance of deadhead"),
        Column("area_m2", "float64", "m²", "作业面积", "area worked"),
        Column("passes", "int64", "", "趟数", "passes"),
        Column("spread_g", "int64", "g", "撒布量", "de-icer spread"),
        Column("failures", "int64", "", "故障次数", "failures"),
    ),
)

DEPOTS = Table(
    "depots.parquet",
    "融雪剂点：0 时刻及每次装料、缺料各一行",
    "Depots: one row at 0 and at each load or stock-out",
    (
        Column("depot", "text", "", "融雪剂点", "depot", key=True),
        Column("zone", "text", "", "分区", "zone", key=True),
        Column("product", "text", "", "产品", "product"),
        Column("t_ms", "int64", "ms", "时刻", "instant", key=True),
        Column("stock_g", "int64", "g", "此刻起的存量", "stock from this instant", key=True),
        Column(
            "machine",
            "text",
            "",
            "装料机械（起始行为空）",
            "machine that loads; missing in the first row",
        ),
        Column("load_g", "int64", "g", "装料量", "grams loaded"),
        Column("wait_ms", "int64", "ms", "装料前等待车位", "wait for a bay before this load"),
        Column("stock_out", "bool", "", "缺料：机械要料而无料", "a machine asked and found none"),
    ),
)

TABLES = {
    table.file: table
    for table in (
        EVENTS,
        STATES_TABLE,
        SIDE_STATES,
        SECTIONS,
        MACHINES,
        GROUPS,
        DEPOTS,
        DUMPS,
        TIMELINE,
    )
}
