"""What each table of a run folder holds; `docs/formats.md` is made from this."""

from __future__ import annotations

from snowplan.results.log import EVENT_KINDS
from snowplan.results.schema import Column, Table

# fmt: off - one or two lines a column read as a table
WORK_KINDS = ("plough", "sweep", "grade_packed", "spread", "blow")
STATES = ("blocked", "open", "clean", "hauled")
OPEN_STATES = ("never_blocked", "opened", "not_by_horizon")
CLEAR_STATES = ("never_blocked", "cleared", "not_by_horizon")
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
        Column("machine", "text", "", "机械", "machine"),
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
    ),
)

STATES_TABLE = Table(
    "states.parquet",
    "路况：每个路段在 0 时刻及每次变化各一行；所有路段时刻只由此表得出",
    "States: one row for each section at 0 and at each crossing; all section times derive from it",
    (
        Column("section", "text", "", "路段", "section", key=True),
        Column("t_ms", "int64", "ms", "从此刻起", "from this instant", key=True),
        Column("state", "text", "", "blocked 阻、open 通、clean 净、hauled 运", "state", key=True),
    ),
)

SECTIONS = Table(
    "sections.parquet",
    "路段：每段一行；他方管养或封闭的路段没有时限和时刻",
    "Sections: one row each; those of another operator or closed have neither times nor limits",
    (
        Column("section", "text", "", "路段", "section", key=True),
        Column("road", "text", "", "路名", "road"),
        Column("road_class", "text", "", "道路等级", "road class", key=True),
        Column("zone", "text", "", "分区", "zone", key=True),
        Column("length_m", "float64", "m", "长度", "length"),
        Column(
            "area_m2", "float64", "m²", "车行道面积（缘石间）", "carriageway area, kerb to kerb"
        ),
        Column("passes", "Int64", "", "作业趟数", "passes that worked on it"),
        Column(
            "rounds",
            "float64",
            "",
            "遍数：作业面积 ÷ 路段面积（不计撒布）",
            "m² worked ÷ m² of the section, spreading aside",
        ),
        Column("first_service_ms", "Int64", "ms", "首次作业开始", "start of the first work"),
        Column(
            "first_opened_ms",
            "Int64",
            "ms",
            "首次恢复通行；从未阻断为 0",
            "first opened after being blocked; 0 if never blocked",
        ),
        Column(
            "open_state",
            "text",
            "",
            "never_blocked 从未阻断、opened 已通、not_by_horizon 到终点未通",
            "how opening ended",
        ),
        Column(
            "opened_ms",
            "Int64",
            "ms",
            "稳定通行起点：直到终点不再阻断",
            "opened for good: start of the last unbroken spell",
        ),
        Column(
            "clear_state",
            "text",
            "",
            "never_blocked 从未不净、cleared 已净、not_by_horizon 到终点未净",
            "how clearing ended (never_blocked: always clean)",
        ),
        Column("cleared_ms", "Int64", "ms", "稳定净路起点", "clean for good"),
        Column("hauled_ms", "Int64", "ms", "雪堆运净", "windrow gone"),
        Column(
            "limit_open_h",
            "float64",
            "h",
            "通行时限（雪停后小时）",
            "limit for opening, hours after snow stops",
        ),
        Column(
            "limit_clear_h",
            "float64",
            "h",
            "净路时限（雪停后小时）",
            "limit for clearing, hours after snow stops",
        ),
        Column(
            "limit_kind",
            "text",
            "",
            "起约束者：after_snow 雪停后小时；open_by_clock 等为当地钟点",
            "which binds: hours after snow, or the local deadline for opening, clearing or both",
        ),
        Column(
            "met_open",
            "boolean",
            "",
            "通行达标；时限晚于终点而仍未通为空",
            "opened in time; missing if the limit lies beyond the horizon",
        ),
        Column("met_clear", "boolean", "", "净路达标", "clean in time"),
        Column(
            "exposure",
            "float64",
            "mm·h",
            "积雪影响：等级权重 × 松雪深对时间积分",
            "class weight × loose depth integrated over time",
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

TIMELINE = Table(
    "timeline.csv",
    "时间线：每 10 分钟、各分区与道路等级一行；UTF-8 带 BOM，可直接用 Excel 打开",
    "Timeline: every 10 minutes by zone and road class; UTF-8 with BOM, opens in Excel",
    (
        Column("t_ms", "int64", "ms", "自情景开始", "since the scenario's start", key=True),
        Column("local_time", "text", "", "当地时间", "local time", key=True),
        Column("zone", "text", "", "分区", "zone", key=True),
        Column("road_class", "text", "", "道路等级", "road class", key=True),
        Column("sections", "int64", "", "路段数", "sections"),
        Column("opened", "int64", "", "通行（含净）路段数", "sections open or clean"),
        Column("clean", "int64", "", "净路段数", "sections clean"),
        Column("area_m2", "float64", "m²", "面积", "area"),
        Column("opened_m2", "float64", "m²", "通行面积", "area open or clean"),
        Column("clean_m2", "float64", "m²", "净面积", "area clean"),
    ),
)

TABLES = {
    table.file: table for table in (EVENTS, STATES_TABLE, SECTIONS, MACHINES, DEPOTS, TIMELINE)
}
