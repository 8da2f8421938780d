"""Words on the groups beside the machines: hauling, pavements, cycle lanes, hand work."""

from __future__ import annotations

BESIDE: dict[str, tuple[str, str]] = {
    # Parts of a road
    "part.carriageway": ("车行道", "carriageway"),
    "part.cycle_lane": ("非机动车道", "cycle lane"),
    "part.pavement": ("人行道", "pavement"),
    "part.frontage": ("门前责任区", "frontage"),
    # Groups of the plan that send parties
    "group.hauling": ("运雪组", "hauling"),
    "group.clearing": ("清雪组", "clearing"),
    "group.rural": ("乡村公司", "rural companies"),
    "group.office": ("机关及辅助单位", "office staff"),
    # Tables and pictures
    "table.hauled": ("运净", "hauled"),
    "table.cycle_lane": ("非机动车道净", "cycle lanes"),
    "table.pavement": ("人行道净", "pavements"),
    "table.beside_title": (
        "运雪、非机动车道与人行道",
        "Hauling, cycle lanes and pavements",
    ),
    "table.beside_note": (
        (
            "运净只计曾有雪堆的路段：已净且雪堆已运走；人行道含门前责任区，两侧全净才算整段净。"
            "班组人数、效率、履责率、绿带容雪量等多为假设。"
        ),
        (
            "Hauled counts sections that had a windrow: clean, and the windrow gone. Pavements "
            "include what owners answer for; a section counts when both its sides are clean all "
            "along. Squads, their rate, compliance and what verges take "
            "are mostly assumed."
        ),
    ),
    "figure.side_clean": ("{part}净（{area} m²）", "{part} clean ({area} m²)"),
    "figure.limit": ("时限", "limit"),
    "figure.limit_side": ("人行道、非机动车道时限", "limit for pavements and cycle lanes"),
    "figure.not_hauled": (
        "本级不出动运雪组：雪堆留在路边",
        "No hauling is called at this grade: windrows stay",
    ),
    "figure.hauling": ("运雪", "Hauling"),
    "figure.snow_mass": ("雪的去处", "Where the snow is"),
    "figure.snow_t": ("雪（t）", "snow (t)"),
    "figure.windrow": ("路边雪堆", "in windrows"),
    "figure.in_trucks": ("在车上", "in trucks"),
    "figure.dumped": ("已卸", "dumped"),
    "figure.where_trucks": ("运雪车在做什么", "What the trucks do"),
    "figure.trucks": ("运雪车（辆，30 分钟平均）", "trucks (mean of 30 min)"),
    "figure.loading": ("装雪", "being loaded"),
    "figure.loaded_drive": ("重载行驶", "driving loaded"),
    "figure.unloading": ("卸雪", "unloading"),
    "figure.empty_drive": ("空驶", "driving empty"),
    "figure.in_line": ("排队等装", "in line to be loaded"),
    "figure.at_gate": ("排队等卸", "in line for a gate"),
    "figure.no_room": ("无处可卸", "no dump has room"),
    "figure.no_crew": ("无班组", "no crew"),
    "figure.halted": ("未出动、停工等", "not called out, halted"),
    "figure.lack_truck": ("等运雪车", "waiting for a truck"),
    "figure.fronted": ("门前五包自清", "owners clear their frontage"),
    "figure.loaders_wait": ("等运雪车的装载机", "loaders waiting for a truck"),
    # Lines on the groups
    "groups.hauled": (
        "运雪: {trucks} 辆运雪车、{loaders} 台装载机，卸雪 {loads:,} 车 {t:,.0f} t（{m3:,.0f} m³）",
        "hauling: {trucks} trucks, {loaders} loaders: {loads:,} loads, {t:,.0f} t ({m3:,.0f} m³)",
    ),
    "groups.stayed": ("运雪: 运雪组未出动", "hauling: the group was not called out"),
    "groups.share": (
        "，装走全部降雪的 {all:.1f} %、有雪堆路段的 {there:.1f} %",
        "; loaded {all:.1f} % of all snow, {there:.1f} % of that of sections with windrows",
    ),
    "groups.per_truck": (
        "；每车每天 {n:.1f} 车（自第一次装车到最后一次卸雪 {h:,.1f} h）",
        "; {n:.1f} loads a truck a day ({h:,.1f} h from the first loading to the last unloading)",
    ),
    "groups.per_truck_short": (
        "；每车每天 {n:.1f} 车（自第一次装车到最后一次卸雪 {h:,.1f} h，按一天计）",
        (
            "; {n:.1f} loads a truck a day ({h:,.1f} h from the first loading to the last "
            "unloading, counted as a day)"
        ),
    ),
    "groups.caution": (
        (
            "慎用: 每车每天车次取决于假设的堆雪点和车速，往往远高于公开的实例"
            "（见 snowplan facts published）"
        ),
        (
            "caution: loads a truck a day rest on assumed dump points and speeds and mostly lie "
            "far above what is published (see snowplan facts published)"
        ),
    ),
    "groups.km": (
        (
            "运雪车里程: {km:,.0f} km，其中重载 {loaded:,.0f} km、空驶 {empty:,.0f} km"
            "（不在作业里程内，台时已计入）"
        ),
        (
            "trucks drove: {km:,.0f} km, of it {loaded:,.0f} km loaded, {empty:,.0f} km empty "
            "(not in the km of work; the hours are)"
        ),
    ),
    "groups.early": ("首次装车前待命", "before the first load"),
    "groups.truck_waits": ("运雪车等待: {parts}", "trucks waited: {parts}"),
    "groups.loader_waits": ("装载机等待: {parts}", "loaders waited: {parts}"),
    "groups.full": ("堆雪点已满: {names}", "dump points full: {names}"),
    "groups.no_dump": (
        "含融雪剂的雪没有堆雪点可收（均为绿地），运雪车满载停等",
        "no dump point takes snow with de-icer (all are green): trucks stand loaded",
    ),
    "groups.hand": (
        "人工: {squads} 个班组 {workers:,} 人，{worker_hours:,.0f} 工时，清雪 {m2:,.0f} m²",
        "by hand: {squads} squads, {workers:,} workers, {worker_hours:,.0f} h, {m2:,.0f} m²",
    ),
    "groups.frontage": (
        "门前五包: {frontages:,} 处自清 {frontage_t:,.0f} t，其中抛回路面 {thrown_back_t:,.0f} t",
        (
            "frontage duty: {frontages:,} cleared by their owners, {frontage_t:,.0f} t, of it "
            "{thrown_back_t:,.0f} t thrown back on the road"
        ),
    ),
    # What is told of a section's windrow and sides
    "told.windrow_not_needed": ("雪堆：没有。", "Windrow: none."),
    "told.windrow_hauled": (
        "雪堆：{time} 起已净且雪堆已运走。",
        "Windrow: gone, and the section clean for good, from {time}.",
    ),
    "told.windrow_not_by_horizon": (
        "雪堆：模拟结束仍未运净。",
        "Windrow: not hauled by the end of the simulation.",
    ),
    "told.loads": (
        "  装雪 {n} 次共 {t:,.1f} t，{first} 至 {last}（{by}）。",
        "  Loaded {n} times, {t:,.1f} t, from {first} to {last} ({by}).",
    ),
    "told.no_loads": ("  没有装载机来过。", "  No loader came."),
    "told.side_never_blocked": (
        "{part}（{m2:,.0f} m²）：始终为净。",
        "Beside the road, {part} ({m2:,.0f} m²): always clean.",
    ),
    "told.side_cleared": (
        "{part}（{m2:,.0f} m²）：{time} 起稳定为净。",
        "Beside the road, {part} ({m2:,.0f} m²): clean for good from {time}.",
    ),
    "told.side_not_by_horizon": (
        "{part}（{m2:,.0f} m²）：模拟结束仍未净。",
        "Beside the road, {part} ({m2:,.0f} m²): not clean by the end of the simulation.",
    ),
    "told.by_hand": (
        "  人工清走 {t:,.1f} t，最后一次 {time}（{by}）。",
        "  Squads took {t:,.1f} t, the last time at {time} ({by}).",
    ),
    "told.fronted": (
        "  门前五包：{time} 由责任单位清走 {t:,.1f} t，其中抛回路面 {thrown:,.1f} t。",
        "  Frontage duty, {time}: owners took {t:,.1f} t, {thrown:,.1f} t of it back on the road.",
    ),
    "told.thrown_back": ("（门前五包抛回 {t:,.1f} t）", " (owners threw {t:,.1f} t back on it)"),
    "told_state.blocked": ("阻", "blocked"),
    "told_state.open": ("通", "open"),
    "told_state.clean": ("净", "clean"),
    "told_state.hauled": ("净，雪堆已运走", "clean, the windrow gone"),
    "told.nobody": ("  无人来过。", "  Nobody came."),
    "told.limit": (
        "时限为雪停后 {hours:.1f} h：{verdict}。",
        " The limit is {hours:.1f} h after snow stops: {verdict}.",
    ),
}  # fmt: skip
