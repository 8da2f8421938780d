"""Words on how much snow is held, what one more buys, what held the city back."""

from __future__ import annotations

GAIN_TEXTS: dict[str, tuple[str, str]] = {
    # Envelope
    "envelope": ("能力边界：多大的雪还守得住", "How much snow can be held"),
    "envelope.says": (
        (
            "每一级的预案、时限、降雪时长和气温保持不变，只把降雪量放大或缩小（共推演 {runs} 次），"
            "找出各项时限仍能以 {p} 的概率守住的最大降雪量。做法：至多 {most} 种运气（n）各找出一个"
            "守不住的临界雪量，假定它们服从对数正态分布，由此推出这个雪量及其 {confidence} 区间，次"
            "数少，区间就宽。推不出区间的，写明在该雪量下几次推演守住几次，那只是次数，不等于 {p} "
            "的把握。结果不与前面的判定相矛盾：判为守不住的，不超过本场；判为有把握的，不低于本场。"
        ),
        (
            "The plan, limits, duration and temperature of each storm are held fixed; its snowfall "
            "alone is scaled ({runs} runs), to find the most snow at which each limit still holds "
            "with probability {p}. Up to {most} draws of luck (n) each give the snowfall at which "
            "a limit fails; these are taken as lognormal, from which the answer and its "
            "{confidence} interval follow: wide, as they are few. Where there is no interval it is "
            "said in how many runs the limit held at that snowfall: a count, no proof of {p}. It "
            "agrees with the verdicts: what is judged not held does not exceed the storm's own "
            "snow, what is held for sure does not fall below it."
        ),
    ),
    "envelope.single": (
        (
            "示意稿：每项只用一种运气（共推演 {runs} 次），把降雪量放大或缩小，找出那一次守不住的临"
            "界雪量，其余不变。一次推演说不出概率，也没有区间；正式稿用几种运气，才说 {p} 的把握"
            "并给出 {confidence} 区间。"
        ),
        (
            "Indicative: with one draw of luck ({runs} runs) the snowfall is scaled, all else "
            "fixed, until the limit fails in that one run. One run tells no probability and no "
            "interval; the full report uses several draws to speak of {p}, with {confidence} "
            "intervals."
        ),
    ),
    "envelope.probability": ("概率 {p}", "probability {p}"),
    "envelope.one_run": ("只推演一种运气，不说概率", "one draw of luck, no probability"),
    "envelope.picture": (
        (
            "各项时限守得住的最大降雪量（mm，对数刻度）：横线为区间，竖虚线为本场降雪量，实心为不低"
            "于本场，空心为低于本场；三角为只知界限，向右（≥）至少这么多，向左（<）不到这么多"
        ),
        (
            "Most snow that each limit holds (mm, log scale): lines are intervals, the dashed line "
            "the storm's own snow; filled at or above it, hollow below; triangles are bounds, "
            "rightward (≥) at least so much, leftward (<) less"
        ),
    ),
    "envelope.table": (
        "能力边界（{title}：时长 {h} 小时，{air} °C，{told}）",
        "Envelope ({title}: {h} h, {air} °C, {told})",
    ),
    "envelope.mm": ("守得住 mm", "holds mm"),
    "envelope.interval": ("区间 mm，或守住次数", "interval mm, or held"),
    "envelope.n": ("n", "n"),
    "envelope.held_there": ("{of} 次守住 {n} 次（{span}）", "{n} of {of} ({span})"),
    "envelope.grade": ("比本场 {mm}", "beside {mm}"),
    "envelope.reaches": ("按量属", "which is"),
    "envelope.binds": ("再多就受什么所限", "what binds beyond"),
    "envelope.above": ("{x} 倍", "× {x}"),
    "envelope.gain": ("{relief}（{gained}）", "{relief} ({gained})"),
    "envelope.more": (" 等", " …"),
    "envelope.sooner": ("早 {h} h", "{h} h sooner"),
    "envelope.at_least": ("至少早 {h} h", "at least {h} h sooner"),
    "envelope.fewer": ("少剩 {n} 段", "{n} fewer left"),
    "envelope.nothing": ("放宽哪一样都不见早（注）", "no easing helps (see note)"),
    "envelope.untried": ("未试", "not tried"),
    "envelope.untried_quick": ("示意稿不试", "not tried (indicative)"),
    "envelope.held": ("再往上没有结论（≥）", "no answer beyond (≥)"),
    "envelope.note": (
        (
            "≥：至少守得住这么多，再往上没有结论（试到了头，或时限落在推演终点之后）；<：试到的最小"
            "降雪也守不住；—：没有结论。n：推演了几种运气；括号内是守住占比的 {confidence} 区间"
            "。“~”：有的推演降雪更多时反而又守住，不计。（注）：受时间本身、启动条件或作业次序所限"
            "。"
        ),
        (
            "≥: holds at least so much, no answer beyond (the most snow tried, or a limit beyond "
            "the end of the simulation); <: failed at the least tried; —: no answer. ~: some run "
            "held again at more snow, which does not count. n: draws of luck; in brackets the "
            "{confidence} interval of the share. See note: time itself, the trigger or the order "
            "of work binds."
        ),
    ),
    "envelope.binds_note": (
        (
            "受什么所限：在刚超出边界的降雪量下，每次放宽一类力量，同样的运气成对推演（每类 {n} 对"
            "，共 {relief} 次），每对都见好、且不是微不足道的才列出；数字是平均：最后一段早几小时，"
            "或到推演终点少剩几段。"
        ),
        (
            "What binds: at the snowfall just beyond, one kind of means is eased at a time, in "
            "pairs of runs of the same luck ({n} pairs each, {relief} runs in all); listed is what "
            "gains in every pair and not a trifle. Means: hours by which the last section comes "
            "sooner, or sections fewer left at the end of the simulation."
        ),
    ),
    # Marginal values
    "marginal": ("再添一份有什么用", "What one more would buy"),
    "marginal.says": (
        (
            "各区分别多添一台机械（带班组）、一个班组、一辆运雪车或 10 吨融雪剂，与现状在同样的运气"
            "下成对推演（{title}）。表中是平均时刻早了多少分钟（负数为晚）；三项合计是通行、净路、"
            "运净三个平均时刻各早几分钟之和。方括号内为区间。"
        ),
        (
            "One more machine with its crews, crew, truck or 10 t of de-icer in each zone, in "
            "pairs of runs of the same luck as today's ({title}). Minutes sooner on the mean "
            "(negative: later); the sum is that of opening, clearing and hauling. In brackets: "
            "intervals."
        ),
    ),
    "marginal.judged": (
        (
            "先用少数几对推演挑出看来最好的 {k} 项，再用新的推演（每项 {n} 对，没有用来挑选）评定，"
            "列在横线以上；为了 {k} 项一起看仍有 {all} 的把握，每项用 {each} 区间。{sure}横线以下只"
            "是挑选用的初试，不作评定，名次不说明好坏。"
        ),
        (
            "A few pairs picked the {k} that looked best; fresh pairs ({n} each, none of them used "
            "for picking) judge these, above the rule, with {each} intervals each, so that all {k} "
            "together keep {all}. {sure} Those below the rule were only tried for picking; their "
            "order proves nothing."
        ),
    ),
    "marginal.sure": ("肯定有好处的：{names}。", "A sure gain: {names}."),
    "marginal.unsure": (
        "其中没有一项测得出肯定的好处。",
        "None of them shows a sure gain.",
    ),
    "marginal.unjudged": (
        "次数太少，没有评定：下表只是初试，名次不说明好坏。",
        "Too few pairs to judge by: the table is a first trial, its order proves nothing.",
    ),
    "marginal.n_judged": ("{n} 对", "{n}"),
    "marginal.n_picked": ("试 {n} 对", "{n} tried"),
    "marginal.left_out": (
        (
            "“最后一段”只在每次推演都做完的时限里取最紧的一项；有推演到终点仍有路段没做完的 {n} 项"
            "（{items}）没有完成时刻可比，虽然更紧，不在此列。"
        ),
        (
            "The last section is that of the tightest limit that every run finished; {n} that some "
            "run left unfinished at the end of the simulation ({items}) have no hour to gain on, "
            "though they are tighter."
        ),
    ),
    "marginal.none": ("没有做成对推演。", "No paired runs were made."),
    "marginal.picture": (
        (
            "多添一份，三项合计早几分钟：实心点为区间不含 0，空心点为区间含 0、与没有好处分不开，菱"
            "形为只推演一对、没有区间，叉为次次相同；名称前有“*”的经过评定"
        ),
        (
            "Minutes gained in all by one more: filled where the interval leaves 0 out, hollow "
            "where it holds 0 (no gain can be told), diamonds where one pair gives no interval, a "
            "cross where every run is the same; names with * were judged"
        ),
    ),
    "marginal.table": ("多添一份早几分钟", "Minutes gained by one more"),
    "marginal.rank": ("名次", "rank"),
    "marginal.what": ("多添", "one more"),
    "marginal.n": ("推演", "pairs"),
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
