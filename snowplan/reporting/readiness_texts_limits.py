"""Words on what can be held: the summary, verdicts."""

from __future__ import annotations

LIMIT_TEXTS: dict[str, tuple[str, str]] = {
    "summary.subtitle": (
        (
            "{map}{schematic} · 路段 {sections} 段、车行道 {area} km² · 机械 {machines} 台 · 推演"
            " {runs} 次"
        ),
        (
            "{map}{schematic} · {sections} sections, {area} km² of carriageway · "
            "{machines} machines · {runs} runs"
        ),
    ),
    "summary.schematic": ("（示意图）", " (schematic)"),
    "summary.schematic_word": ("示意", "schematic"),
    "summary.head": (
        "一、结论：现有力量能否守住预案时限",
        "1  Verdict: can the plan's limits be held?",
    ),
    "summary.grade": (
        "{sign} {title}（{storm}）：{verdict}。{limits} 项时限中 {counts}。{tightest}",
        "{sign} {title} ({storm}): {verdict}. Of {limits} limits {counts}. {tightest}",
    ),
    "summary.count": ("{sign} {n} 项", "{sign} {n}"),
    "summary.tightest": (
        "最紧的是{item}：{n} 次推演达标 {share}，{margin}。",
        "Tightest: {item}, met in {share} of {n} runs, {margin}.",
    ),
    "summary.not_run": ("{title}：没有可判定的推演。", "{title}: no run to judge by."),
    "summary.more": (
        (
            "再添一份，经评定肯定有用、名列第一的是{zone}{what}：{scenario}时合计早 {gain} 分钟（"
            "{n} 对推演，区间 {low} 至 {high}）。"
        ),
        (
            "One more: of what was judged {what}, {zone}, gains most for sure: {gain} min sooner "
            "in all at {scenario} ({n} pairs of runs, {low} to {high})."
        ),
    ),
    "summary.more_none": (
        "再添一份（机械、班组、运雪车、融雪剂）：评定的 {k} 项中，没有一项测得出肯定的好处。",
        "One more (machine, crew, truck, de-icer): none of the {k} judged shows a sure gain.",
    ),
    "summary.caution": (
        (
            "注意：{n} 行数字为假设（见“假设的数字”一章）{schematic}；换成本中心的实数之前，本页不"
            "作承诺。"
        ),
        (
            "Caution: {n} rows of figures are assumed (see the chapter on them){schematic}; until "
            "the centre's own stand in their place nothing here is a promise."
        ),
    ),
    "summary.caution_map": ("，路网为示意图", ", and the map is a schematic"),
    "summary.findings": ("预案检查：{counts}。", "Check of the plan: {counts}."),
    "summary.finding": ("{severity} {n} 处", "{severity} {n}"),
    "summary.stock": (
        "融雪剂低于再订货点：{names}。",
        "De-icer below its re-order point: {names}.",
    ),
    "summary.table": (
        "各时限能否守住：标记、达标次数占比、余量（小时）",
        "Each limit: mark, share of runs that met it, margin (h)",
    ),
    "summary.share": ("达标", "met"),
    "summary.h": ("余量 h", "margin h"),
    "summary.rest": (
        "此处只列前 {n} 场降雪，其余见表 2。",
        "Only the first {n} storms stand here; the others are in table 2.",
    ),
    "summary.legend": (
        (
            "标记：◎ 有把握守住（达标率的 {confidence} 区间全在 {p} 以上）；○ 多半守住（达标率不低"
            "于 {p}）；△ 说不准（不足 {p}，但区间够得着）；× 守不住（区间全在 {p} 以下）；？ 无从判"
            "断（时限在推演终点之后）；空白为该级没有这项时限。一级降雪的标记取其各项中最差的一项。"
        ),
        (
            "Marks: ◎ held, surely (the {confidence} interval of the share lies at or above {p}); "
            "○ held, probably (the share is {p} or more); △ cannot be told (less than {p}, which "
            "the interval still reaches); × not held (the interval lies below {p}); ？ cannot be "
            "known (the limit lies beyond the end of the simulation); blank: that grade has no "
            "such limit. A storm's own mark is the worst of its limits."
        ),
    ),
    "summary.terms": (
        (
            "推演：把一场雪和清雪的全过程在计算机里模拟一遍，各次的运气（出勤、故障等）不同。通行："
            "每个方向至少一条作业带可走；净路：全部作业带清净；运净：路边雪堆运走。达标要求全部路段"
            "按时。余量＝时限减最后一段完成的时刻（各次推演的中位数）：“余”为提前，“晚”为超时，≤、"
            "≥ 为只知上限、下限。"
        ),
        (
            "Run: a storm and all its clearing simulated once; luck (turn-out, failures, …) "
            "differs from run to run. Open: at least one strip each way can be driven; clean: "
            "every strip is; hauled: windrows are gone. A limit is met when every section is in "
            "time. Margin: limit less the time of the last section, median over the runs: to "
            "spare, or late; ≤ and ≥ are bounds."
        ),
    ),
    "verdicts": ("逐项判定", "Limit by limit"),
    "verdicts.table": (
        "各项时限的达标情况（小时自雪停起算）",
        "Each limit (hours after snow stops)",
    ),
    "verdicts.limit": ("时限 h", "limit h"),
    "verdicts.clock": ("{h} 钟", "{h} clock"),
    "verdicts.met": ("达标次数", "met"),
    "verdicts.share": ("达标率", "share"),
    "verdicts.interval": ("{confidence} 区间", "{confidence} interval"),
    "verdicts.margin": ("余量中位 h", "margin h"),
    "verdicts.worst": ("最差一成 h", "worst tenth h"),
    "verdicts.late": ("终点未达", "left"),
    "verdicts.mark": ("判定", "verdict"),
    "verdicts.scenario": ("{title}（{storm}）", "{title} ({storm})"),
    "verdicts.all_met": ("{n} 次都守住", "held in all {n}"),
    "verdicts.none_met": ("{n} 次都没守住", "held in none of {n}"),
    "verdicts.note": (
        (
            "“钟”表示当地钟点更严，已折算成小时。最差一成：每十次推演中最差的一次只余（或晚）这么多"
            "。“终点未达”：到推演终点仍未完成的路段数（平均）；这时余量只是上限（≤）或至少晚这么多"
            "（≥）。无从判断的次数不计入达标率。"
        ),
        (
            "Clock: the local deadline is the stricter one, told here in hours. Worst tenth: in "
            "one run of ten the margin is no better than this. Left: sections not done by the end "
            "of the simulation (mean); the margin is then a bound (≤, ≥)."
        ),
    ),
}  # fmt: skip
