"""What the tables of roads hold: states, sections, timeline."""

from __future__ import annotations

from snowplan.results.schema import Column, Table

# fmt: off - one or two lines a column read as a table
STATES_TABLE = Table(
    "states.parquet",
    "路况：每个路段在 0 时刻及每次变化各一行；所有路段时刻只由此表得出",
    "States: one row for each section at 0 and at each crossing; all section times derive from it",
    (
        Column("section", "text", "", "路段", "section", key=True),
        Column("t_ms", "int64", "ms", "从此刻起", "from this instant", key=True),
        Column(
            "state",
            "text",
            "",
            "blocked 阻、open 通、clean 净、hauled 净且雪堆已运走",
            "state; hauled: clean, a windrow has stood there and is gone",
            key=True,
        ),
    ),
)

SIDE_STATES = Table(
    "side_states.parquet",
    "路侧：每个路段的非机动车道、人行道在 0 时刻及每次变化各一行；没有人工清雪时为空",
    "Sides: one row for each cycle lane and pavement at 0 and at each crossing; none without hands",
    (
        Column("section", "text", "", "路段", "section", key=True),
        Column(
            "part",
            "text",
            "",
            "cycle_lane 非机动车道、pavement 人行道（含门前责任区）",
            "cycle_lane, or pavement with what owners answer for",
            key=True,
        ),
        Column("t_ms", "int64", "ms", "从此刻起", "from this instant", key=True),
        Column("state", "text", "", "blocked 阻、open 通、clean 净", "state", key=True),
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
        Column(
            "hauled_ms",
            "Int64",
            "ms",
            "稳定为净且雪堆已运走",
            "clean and the windrow gone, for good",
        ),
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
        Column(
            "haul_state",
            "text",
            "",
            "not_needed 没有雪堆、hauled 已净且雪堆已运走、not_by_horizon 到终点未完成",
            "how hauling ended; hauled: clean, and the windrow gone",
        ),
        Column(
            "limit_haul_h",
            "float64",
            "h",
            "运雪时限（雪停后小时）；本级不出动运雪组为空",
            "limit for hauling, hours after snow stops; missing where the grade calls no hauling",
        ),
        Column(
            "met_haul", "boolean", "", "运雪达标；无雪堆为空", "hauled in time; missing: no windrow"
        ),
        Column("cycle_m2", "float64", "m²", "非机动车道面积", "area of cycle lanes"),
        Column(
            "cycle_state",
            "text",
            "",
            "never_blocked 从未不净、cleared 已净、not_by_horizon 到终点未净；无此部位为空",
            "how clearing the cycle lanes ended; missing where there are none",
        ),
        Column(
            "cycle_cleared_ms", "Int64", "ms", "非机动车道稳定为净", "cycle lanes clean for good"
        ),
        Column("met_cycle", "boolean", "", "非机动车道达标", "cycle lanes clean in time"),
        Column(
            "pavement_m2",
            "float64",
            "m²",
            "人行道面积（含门前责任区）",
            "area of pavements, what owners answer for included",
        ),
        Column(
            "pavement_state",
            "text",
            "",
            "never_blocked 从未不净、cleared 已净、not_by_horizon 到终点未净；无此部位为空",
            "how clearing the pavements ended; missing where there are none",
        ),
        Column("pavement_cleared_ms", "Int64", "ms", "人行道稳定为净", "pavements clean for good"),
        Column("met_pavement", "boolean", "", "人行道达标", "pavements clean in time"),
        Column(
            "limit_side_h",
            "float64",
            "h",
            "人行道与非机动车道净时限（雪停后小时）",
            "limit for pavements and cycle lanes, hours after snow stops",
        ),
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
        Column("hauled", "int64", "", "净且雪堆已运走的路段数", "sections clean, windrow gone"),
        Column("windrow_t", "float64", "t", "路边雪堆", "snow standing in windrows"),
        Column("cycle_m2", "float64", "m²", "非机动车道面积", "area of cycle lanes"),
        Column(
            "cycle_clean_m2",
            "float64",
            "m²",
            "非机动车道净面积（逐片）",
            "area of cycle lanes clean, piece by piece",
        ),
        Column("pavement_m2", "float64", "m²", "人行道面积", "area of pavements"),
        Column(
            "pavement_clean_m2",
            "float64",
            "m²",
            "人行道净面积（逐片：每侧、责任区各计）",
            "area of pavements clean, piece by piece: each side and frontage by itself",
        ),
    ),
)
