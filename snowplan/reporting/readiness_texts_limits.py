"""Words on what can be held: the summary, verdicts, envelope, marginal values."""

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
            "再添一份，最有用的是{zone}{what}：{scenario}时合计早 {gain} 分钟（区间 {low} 至 "
            "{high}）。"
        ),
        (
            "One more of what helps most: {what}, {zone}: {gain} min sooner in all at {scenario} "
            "({low} to {high})."
        ),
    ),
    "summary.more_none": (
        "再添任何一份（机械、班组、运雪车、融雪剂），都测不出肯定的好处。",
        "One more of anything (machine, crew, truck, de-icer) shows no certain gain.",
    ),
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
    # Envelope
    "envelope": ("能力边界：多大的雪还守得住", "How much snow can be held"),
    "envelope.says": (
        (
            "每一级的预案、时限、降雪时长和气温保持不变，只把降雪量放大或缩小，逐次推演，找出仍能以"
            " {p} 的概率守住各项时限的最大降雪量，并给出 {confidence} 区间。共推演 {runs} 次，另有 "
            "{relief} 次用来看超出边界后受什么所限。答案可能高于本级，表中写明可到哪一级。"
        ),
        (
            "The plan, limits, duration and temperature of each storm are held fixed; its snowfall "
            "alone is scaled, run by run, to find the most snow at which each limit still holds "
            "with probability {p}, with its {confidence} interval. The search took {runs} runs; "
            "{relief} more tried what binds beyond. The answer may exceed the storm's own grade, "
            "and says which it reaches."
        ),
    ),
    "envelope.picture": (
        (
            "各项时限守得住的最大降雪量（mm，对数刻度）：点为答案，横线为区间，竖线为本场降雪量，箭"
            "头为只知上限或下限"
        ),
        (
            "Most snow that each limit holds (mm, log scale): dots are answers, lines intervals, "
            "the upright line the storm's own snow, arrows bounds"
        ),
    ),
    "envelope.table": (
        "能力边界（{title}：时长 {h} 小时，{air} °C，概率 {p}）",
        "Envelope ({title}: {h} h, {air} °C, probability {p})",
    ),
    "envelope.mm": ("守得住 mm", "holds mm"),
    "envelope.interval": ("区间 mm", "interval mm"),
    "envelope.grade": ("与本场 {mm} mm 比", "beside {mm} mm"),
    "envelope.reaches": ("可到", "reaches"),
    "envelope.binds": (
        "再多就受什么所限（放宽后最后一段早几小时）",
        "what binds beyond (hours gained by easing it)",
    ),
    "envelope.above": ("{x} 倍", "× {x}"),
    "envelope.gain": ("{relief}（早 {h} h）", "{relief} ({h} h)"),
    "envelope.nothing": ("放宽哪一样都不见早（注）", "no easing helps (see note)"),
    "envelope.untried": ("未试", "not tried"),
    "envelope.held": ("再往上没有结论（≥）", "no answer beyond (≥)"),
    "envelope.note": (
        (
            "≥：至少守得住这么多，再往上没有结论（试到了头，或时限落在推演终点之后）；<：试到的最小"
            "降雪也守不住；—：没有结论。“~”：有的推演降雪更多时反而又守住，不计。（注）：受时间本身"
            "、启动条件或作业次序所限。"
        ),
        (
            "≥: holds at least so much, no answer beyond (the most snow tried, or a limit beyond "
            "the end of the simulation); <: failed at the least tried; —: no answer. ~: some run "
            "held again at more snow, which does not count. See note: time itself, the trigger or "
            "the order of work binds."
        ),
    ),
    # Marginal values
    "marginal": ("再添一份有什么用", "What one more would buy"),
    "marginal.says": (
        (
            "各区分别多添一台机械（带班组）、一个班组、一辆运雪车或 10 吨融雪剂，与现状在同样的运气"
            "下成对推演（{title}）。表中是平均早了多少分钟（负数为晚），方括号内为 {confidence} 区"
            "间，按三项合计排列。"
        ),
        (
            "One more machine with its crews, crew, truck or 10 t of de-icer in each zone, in "
            "pairs of runs of the same luck as today's ({title}). Minutes sooner on the mean "
            "(negative: later), with {confidence} intervals, ranked by the sum of the three."
        ),
    ),
    "marginal.none": ("没有做成对推演。", "No paired runs were made."),
    "marginal.picture": (
        "多添一份，三项合计早几分钟：实心点为区间不含 0，空心点为与 0 分不开，叉为次次相同",
        (
            "Minutes gained in all by one more: filled where the interval leaves 0 out, hollow "
            "where not, a cross where every run is the same"
        ),
    ),
    "marginal.table": ("多添一份早几分钟", "Minutes gained by one more"),
    "marginal.rank": ("名次", "rank"),
    "marginal.what": ("多添", "one more"),
    "marginal.n": ("次", "n"),
    "marginal.open": ("通行", "open"),
    "marginal.clean": ("净路", "clean"),
    "marginal.haul": ("运净", "hauled"),
    "marginal.tightest": ("{item}最后一段", "last of {item}"),
    "marginal.sum": ("三项合计", "sum"),
    "marginal.same": ("0", "0"),
    "marginal.zero": ("0*", "0*"),
    "marginal.note": (
        (
            "0：每次推演逐件事都相同，一分钟也不会早；*：区间含 0，与没有好处分不开；没有方括号的只"
            "推演了一对，没有区间。{zeros}"
        ),
        (
            "0: every run is the same event for event; *: the interval holds 0, a gain cannot be "
            "told from none; without brackets: one pair of runs only, no interval. {zeros}"
        ),
    ),
    "marginal.zeros": ("完全没有作用的有 {n} 项：{names}。", "{n} change nothing at all: {names}."),
    "marginal.whole": ("{zone}{what}", "{what} ({zone})"),
    # What held the city back
    "held": ("时间用在哪里：雪为何没有早些清完", "What held the city back"),
    "held.says": (
        (
            "把每个路段从开始到净路的全部时间分成若干份，按面积合计到各级道路：有的还没到该清的时候"
            "，有的在等（按后来赶到的那台机械当时在做什么归因），有的正在作业。各份之和恰为全部时间"
            "。"
        ),
        (
            "All time of each section from the start until it is clean, in parts, weighted by area "
            "and added up by class: not yet due, waiting (by what the machine that came next was "
            "doing), worked, and so on. The parts add up to the whole."
        ),
    ),
    "held.picture": (
        "各级道路到净路为止的时间用在哪里（按面积）",
        "Where the time until clean went, by area",
    ),
    "held.table": ("到净路为止的时间用在哪里（%）", "Where the time until clean went (%)"),
    "held.part": ("份", "part"),
    "held.most": ("{title}：{part}（{share}）", "{title}: {part} ({share})"),
    "held.mostly": (
        "除未到期外占得最多的——{told}。",
        "Beside what was not due, most went to: {told}.",
    ),
    "held.none": ("没有可用的参照推演。", "There is no reference run to tell it."),
    "held.axis": ("占全部时间 %", "% of all time"),
    "held.rest": ("其他等待", "other waits"),
}  # fmt: skip
