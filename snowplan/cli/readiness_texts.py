"""Words of `snowplan readiness`, in Chinese and in English."""

from __future__ import annotations

# Parts of a scenario that all scenarios of a report share.
PARTS_ZH = {
    "map": "路网", "plan": "预案", "costs": "单价", "run_seed": "随机种子", "timezone": "时区",
    "types": "机种", "machines": "机械", "depots": "储备点", "crews": "班组", "deicers": "融雪剂",
    "trucks": "运雪车", "dump_points": "堆雪点", "squads": "人工班组", "frontage": "门前五包",
    "physics": "物理参数", "traffic": "交通", "grade_rows": "雪情分级", "uncertainty": "随机因素",
}  # fmt: skip

READINESS_TEXTS: dict[str, tuple[str, str]] = {
    "readiness": (
        "入冬前的清雪准备情况报告：守得住什么，守不住什么，再添什么有用",
        "The readiness report: what can be held before the first snow, what not, what helps",
    ),
    "readiness.scenarios": (
        "情景文件或自带情景的名称；不写则为 light moderate heavy blizzard。同一路网、预案和台账。",
        (
            "Scenario files or names of shipped ones; without: light moderate heavy blizzard. "
            "They share one map, one plan and one set of tables."
        ),
    ),
    "readiness.output": (
        "另存一份到这里，.pdf 或 .xlsx；可重复",
        "Put a copy here, .pdf or .xlsx; repeatable",
    ),
    "readiness.quick": (
        "一分钟内出一份示意报告：推演次数少，数字仅供参考",
        "An indicative report within a minute: few runs, figures are rough",
    ),
    "readiness.replications": (
        "每个情景推演的次数（默认 36），其余各步按比例",
        "Runs of each scenario (36 by default); the other stages in proportion",
    ),
    "readiness.max_hours": (
        "估计超过这么多小时就不推演（默认 12）",
        "Refuse a report estimated to take more hours than this (12 by default)",
    ),
    "readiness.pack": (
        "只出纸质作业单：一个情景（默认 heavy）每个班组、每台机械一张，断电断网时用",
        "The paper pack alone: a sheet for each crew and machine in one scenario (heavy)",
    ),
    "readiness.bad_output": (
        "-o '{path}'：文件名应以 {endings} 结尾",
        "-o '{path}': expected a file name that ends in {endings}",
    ),
    "readiness.pack_one": (
        "--pack 只用一个情景，这里给了 {n} 个",
        "--pack is for one scenario; {n} were given",
    ),
    "readiness.zone": (
        "--pack 只要这个分区的单子（代号或名称），可重复",
        "With --pack, the sheets of this zone alone (id or name); repeatable",
    ),
    "readiness.zone_pack": (
        "--zone 只用于 --pack",
        "--zone is for --pack alone",
    ),
    "readiness.no_zone": (
        "--zone {zone}：没有这个分区；有 {zones}",
        "--zone {zone}: no such zone; there are {zones}",
    ),
    "readiness.pack_told": (
        "作业单 {sheets} 份，{pages} 页（双面 {leaves} 张纸）：{zones}",
        "{sheets} sheets, {pages} pages ({leaves} leaves of paper): {zones}",
    ),
    "readiness.pack_zone": ("{zone} {n} 份", "{zone} {n}"),
    "readiness.pack_less": (
        "只要一个分区：加 --zone，可重复",
        "For one zone alone add --zone; repeatable",
    ),
    "readiness.pack_more": (
        "--pack 只用一次推演，不能与 --quick、--replications 同用",
        "--pack uses one run: it does not go with --quick or --replications",
    ),
    "readiness.lies": ("整份报告在 {path}", "the whole report is in {path}"),
    "readiness.runs": (
        (
            "本报告用了 {all} 次推演：各情景 {grades}，能力边界 {envelope}，"
            "放宽一类力量 {relief}，添一份力量 {marginal}；其中沿用以前的 {reused} 次"
        ),
        (
            "{all} runs in this report: scenarios {grades}, envelope {envelope}, means eased "
            "{relief}, one more {marginal}; {reused} of them were stored before"
        ),
    ),
    "readiness.failed": (
        "{n} 次推演失败，未计入报告；其余照常：",
        "{n} runs failed and are left out of the report; the others are in it:",
    ),
    "readiness.too_long": (
        (
            "太大：{estimate}\n超过 --max-hours {limit:g}。可用 --quick，"
            "减少 --replications 或情景，增加进程或用 --cluster，或放宽 --max-hours；已推演的都留着"
        ),
        (
            "too big: {estimate}\nmore than --max-hours {limit:g}. --quick, fewer --replications "
            "or scenarios, more workers, --cluster, or a larger --max-hours help; what has been "
            "run is kept"
        ),
    ),
    "readiness.estimate": (
        (
            "估计：约 {runs} 次推演 × {seconds:.2g} 秒 ÷ {workers} 个进程{efficiency} ≈ {hours}；"
            "内存 {workers} × {worker_mb:,.0f} MB = {gb:.1f} GB{free}"
        ),
        (
            "estimate: about {runs} runs × {seconds:.2g} s ÷ {workers} workers{efficiency} ≈ "
            "{hours}; memory {workers} × {worker_mb:,.0f} MB = {gb:.1f} GB{free}"
        ),
    ),
    "readiness.making": ("正在排版报告 …", "setting the report …"),
    "bench.readiness": (
        "测量一份准备情况报告：出文件所用处理器时间与推演之比（约十分钟）",
        "Measure a readiness report: CPU of its documents against its runs (about ten minutes)",
    ),
}  # fmt: skip
