"""Words of `snowplan plan`, in Chinese and in English."""

from __future__ import annotations

PLAN_TEXTS: dict[str, tuple[str, str]] = {
    "plan": ("求更好的安排：储备点选址", "What would be better: where depots should stand"),
    "depots": (
        "用选址模型求储备点位置，再把最好的几种布局推演比较",
        "Place depots by location models, then simulate and compare the best placements",
    ),
    "depots.scenario": (
        "情景文件，或自带情景的名称或标题，如 heavy 或 大雪；说明见 docs/placing.md。",
        "A scenario file, or the name or title of a shipped one, such as heavy.",
    ),
    "plan.model": (
        "只用此模型，可重复；第一个为主（默认四个都用，p_median 为主）",
        "Only this model, repeatable; the first leads (by default all four, p_median first)",
    ),
    "plan.count": ("储备点个数（默认与现有相同）", "Number of depots (default: as many as today)"),
    "plan.sites": (
        "候选点 CSV：id,name,lon,lat[,zone]；不写则为宽路的路口和现有储备点",
        "CSV of sites: id,name,lon,lat[,zone]; without: junctions of wide roads, today's depots",
    ),
    "plan.lanes": (
        "宽路至少的车道数（默认：单向够梯队作业的条带数）",
        "Least lanes of a wide road (by default as many strips a direction as a team needs)",
    ),
    "plan.best": ("推演前几种不同的布局", "How many distinct placements are simulated"),
    "plan.within": (
        "最大覆盖的到达时间，分钟（默认：现有储备点的平均到达时间）",
        "Response time of maximal covering, minutes (by default the mean from today's depots)",
    ),
    "plan.differ": ("两种布局至少有几个点不同", "Least sites in which two placements differ"),
    "plan.no_simulate": ("只求选址，不推演", "Only the location models, no simulation"),
    "plan.replications": ("每种布局推演的次数", "Runs of each placement"),
    "plan.time_limit": ("每次求解的时限，秒", "Seconds for each solution"),
    "plan.solving": (
        "候选点 {sites} 个，需求点 {clients} 个，选 {count} 个；现有储备点平均 {today:.2f} 分钟",
        "{sites} sites, {clients} points of demand, {count} to open; today's mean {today:.2f} min",
    ),
    "plan.within_used": (
        "最大覆盖：{minutes:g} 分钟之内",
        "maximal covering: within {minutes:g} min",
    ),
    "plan.proposal": (
        "布局 {number}（{model} 第 {rank}）：平均 {minutes:.2f} 分钟：{sites}",
        "placement {number} ({model}, no. {rank}): mean {minutes:.2f} min: {sites}",
    ),
    "plan.unsolved": ("{model} 无解：{why}", "{model} has no answer: {why}"),
    "plan.differ_count": (
        "--differ {differ}：一共只选 {count} 个点",
        "--differ {differ}: only {count} sites are opened",
    ),
    "plan.nothing_new": (
        "各模型给出的都是现有布局，没有可比较的",
        "all models name today's places: there is nothing to compare",
    ),
    "plan.few_sites": (
        "要选 {count} 个点，候选点只有 {sites} 个",
        "{count} sites to open, {sites} to choose from",
    ),
    "plan.none": ("{model}：没有这样的布局", "{model}: no placement does what is asked"),
    "plan.out_of_time": (
        "{model}：时限内没有找到布局",
        "{model}: nothing was found in the time given",
    ),
    "plan.nobody_near": (
        "{within} 秒之内从任何候选点都到不了任何路",
        "no site lies within {within} s of anybody",
    ),
    "plan.small": (
        "需撒布 {needed:,.0f} m²，最大的 {n} 个点的库存和车位只够 {have:,.0f} m²",
        "{needed:,.0f} m² to be spread, stock and bays of the {n} sites do for {have:,.0f} m²",
    ),
    "plan.no_demand": ("图上没有本中心清扫的路", "the centre has nothing to clear on this map"),
    "plan.no_wide": (
        "图上没有宽路的路口：用 --sites 给出候选点",
        "the map has no junction of wide roads: --sites FILE",
    ),
    "plan.fewer_lanes": (
        "宽路的路口不够：用 --lanes {lanes}，或用 --sites 给出候选点",
        "too few junctions of wide roads: --lanes {lanes}, or --sites FILE",
    ),
    "plan.mixed": (
        "各储备点存的不是同一种融雪剂（{products}），不能按份分配",
        "depots hold several products ({products}): no share of one stands for another",
    ),
    "plan.seeking": ("正在求解：{model}，布局 {number}", "solving: {model}, placement {number}"),
    "plan.room_stock": (
        "每点容量 {m2:,.0f} m²（受库存限制），{count} 个点共需撒布 {needed:,.0f} m²",
        "each site can serve {m2:,.0f} m² (stock binds); {count} sites have {needed:,.0f} m² to do",
    ),
    "plan.room_bays": (
        "每点容量 {m2:,.0f} m²（受车位限制），{count} 个点共需撒布 {needed:,.0f} m²",
        "each site can serve {m2:,.0f} m² (bays bind); {count} sites have {needed:,.0f} m² to do",
    ),
    "plan.bays": (
        "注意：共 {bays} 个装料车位，现有 {today} 个；每点至少一个",
        "note: {bays} loading bays in all, today {today}; each depot has at least one",
    ),
}  # fmt: skip
