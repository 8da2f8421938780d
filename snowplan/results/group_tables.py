"""What the tables of the groups hold: parties (loaders, trucks, squads) and dump points."""

from __future__ import annotations

from snowplan.results.schema import Column, Table

WAITS = ("truck", "loader", "gate", "dump", "clearing", "work", "crew")  # causes told apart
PARTY_TIMES = (
    "work_ms", "travel_ms", "haul_ms", "repair_ms",
    *(f"wait_{cause}_ms" for cause in WAITS), "wait_other_ms", "off_ms",
)  # fmt: skip

# fmt: off - one or two lines a column read as a table
GROUPS = Table(
    "groups.parquet",
    "运雪与人工：装载机、抛雪机、运雪车、人工班组每个一行；各项时间之和等于模拟时长",
    "Groups: one row for each loader, blower, truck and squad; the times add up to the horizon",
    (
        Column("party", "text", "", "名称", "loader, blower, truck or squad", key=True),
        Column("kind", "text", "", "种类", "kind: loader, blower, truck, squad", key=True),
        Column("group", "text", "", "预案中的组", "group of the plan that calls it", key=True),
        Column("zone", "text", "", "分区", "zone", key=True),
        Column("people", "int64", "", "人数", "people"),
        Column(
            "work_ms", "int64", "ms", "作业（装雪、卸雪、清雪）", "loading, unloading, clearing"
        ),
        Column("travel_ms", "int64", "ms", "空驶或赶路", "driving empty, or to the work"),
        Column("haul_ms", "int64", "ms", "重载行驶", "driving loaded"),
        Column("repair_ms", "int64", "ms", "故障与修理", "broken down or being mended"),
        Column("wait_truck_ms", "int64", "ms", "等运雪车", "loader waits for a truck"),
        Column("wait_loader_ms", "int64", "ms", "排队等装", "truck stands in line to be loaded"),
        Column("wait_gate_ms", "int64", "ms", "排队等卸", "truck stands in line for a gate"),
        Column("wait_dump_ms", "int64", "ms", "无处可卸", "no dump point has room"),
        Column(
            "wait_clearing_ms", "int64", "ms", "等清雪完毕（边清边运关）", "until clearing is done"
        ),
        Column("wait_work_ms", "int64", "ms", "无活可干", "nothing due"),
        Column("wait_crew_ms", "int64", "ms", "无班组", "no crew"),
        Column(
            "wait_other_ms",
            "int64",
            "ms",
            "其他等待（夜间停工、班次将尽）",
            "night stop, end of shift",
        ),
        Column("off_ms", "int64", "ms", "未出动", "not called out"),
        Column("area_m2", "float64", "m²", "人工清雪面积", "area cleared by hand"),
        Column(
            "loads", "int64", "", "车次（装载机：装完；运雪车：卸完）", "loads: filled, or unloaded"
        ),
        Column("amount_g", "int64", "g", "装、卸、清的雪", "snow loaded, unloaded or cleared"),
        Column("empty_m", "float64", "m", "空驶或赶路里程", "driven empty, or to the work"),
        Column("loaded_m", "float64", "m", "重载里程（含未装满）", "driven loaded, full or not"),
        Column("failures", "int64", "", "故障次数", "failures"),
    ),
)

DUMPS = Table(
    "dumps.parquet",
    "堆雪点：每处一行",
    "Dump points: one row each",
    (
        Column("dump_point", "text", "", "堆雪点", "dump point", key=True),
        Column("name", "text", "", "名称", "name"),
        Column("zone", "text", "", "分区", "zone", key=True),
        Column("capacity_g", "int64", "g", "容量", "what it takes"),
        Column("initial_g", "int64", "g", "开始时已有", "held at the start"),
        Column("received_g", "int64", "g", "本次收雪", "unloaded in this run"),
        Column("loads", "int64", "", "车次", "loads unloaded"),
        Column("filled_share", "float64", "", "结束时占用率", "share filled at the end"),
        Column("gate_waits", "int64", "", "排队等卸的车次", "trucks that stood in line for a gate"),
        Column("gate_wait_ms", "int64", "ms", "排队等卸合计", "their waits together"),
        Column("full_ms", "Int64", "ms", "告满时刻；未满为空", "when it was full; missing: never"),
    ),
)
