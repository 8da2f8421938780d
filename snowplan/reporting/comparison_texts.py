"""Sentences, heads and notes of a comparison, in Chinese and in English."""

from __future__ import annotations

from snowplan.reporting.comparison_page_texts import FIGURE_TEXTS, PAGE_TEXTS, VARIANT_TEXTS
from snowplan.reporting.comparison_words import side

COMPARISON_TEXTS: dict[str, tuple[str, str]] = {
    # Verdicts in words
    "verdict": ("{title}：{parts}{left}。", "{title}: {parts}{left}."),
    "join": ("；", "; "),
    "list": ("、", ", "),
    "told": ("{measure}{told}{interval}{small}", "{measure} {told}{interval}{small}"),
    "small": ("，小于所设的无所谓差别 {size}", ", below the {size} that the study does not mind"),
    "ends": ("（{percent} %：{low} 至 {high}）", " ({percent} %: {low} to {high})"),
    "ends_signed": (
        "（{percent} %：{low} 至 {high} {unit}）",
        " ({percent} %: {low} to {high} {unit})",
    ),
    "no_difference": ("无差别：{measures}", "no difference: {measures}"),
    "at_most": ("{measure}（至多 {size}）", "{measure} ({size} at most)"),
    "alike_of": ("{measure}（{n} 次推演都相同）", "{measure} (the same in all {n} runs)"),
    "alike": (
        "在 {n} 次推演中相同（次数少，不算无差别）：{measures}",
        "the same in all {n} runs (too few to say no difference): {measures}",
    ),
    "between": ("{measure}（{low} 至 {high} {unit}）", "{measure} ({low} to {high} {unit})"),
    "unclear": ("尚不分明：{measures}", "unclear: {measures}"),
    "unclear_holm": (
        "单看 {percent} % 区间不含 0，但多项并比校正后不足以下结论：{measures}",
        ("0 is outside the {percent} % interval, but not told apart once corrected for the number "
        "of comparisons: {measures}"),
    ),
    "same": ("逐次相同，差别恰为 0：{measures}", "the same in every run, exactly 0: {measures}"),
    "all_same": (
        "每次推演都与“{baseline}”逐件相同，各项差别恰为 0（因此不给区间）",
        ('every run is the same as "{baseline}" to the last event; all differences are exactly 0 '
        "(so no interval is given)"),
    ),
    "beyond": (
        "每次到模拟终点两边都有路段未达，分不出先后：{measures}",
        "not told, as in every run both have sections not so far by the horizon: {measures}",
    ),
    "unknown": ("没有可比的记录：{measures}", "no record to compare: {measures}"),
    "left": ("（第 {n} 次后在选优中淘汰）", " (left out by the selection after {n} runs)"),
    "more": (
        "{title}另有（未作并比校正，只供参考）：{few}{parts}。",
        "{title}, beside these (uncorrected, indicative only): {few}{parts}.",
    ),
    "more_few": ("（仅 {n} 次推演，仅供参考）", "(only {n} runs) "),
    "more_rest": ("等 {n} 项，全部见表格文件", "{n} in all; the sheet has every one"),
    "row": ("{name}：{parts}", "{name}: {parts}"),
    # Heads of tables
    "head.verdicts": ("与“{baseline}”相比", "Against \"{baseline}\""),
    "head.deciding": ("决定性指标", "Deciding measures"),
    "head.limits": ("在时限内完成的机会", "Chance of meeting each limit"),
    "head.depots": ("各储备点，每次推演", "Depots, per run"),
    "head.notes": ("说明", "Notes"),
    "head.placement": ("选址模型与推演的次序", "Order by the location models and by simulation"),
    "head.models": ("选址模型", "Location models"),
    "measure": ("指标", "measure"),
    "unit": ("单位", "unit"),
    "variant": ("方案", "variant"),
    "mean": ("均值", "mean"),
    "difference": ("差别", "difference"),
    "interval": ("{percent} % 区间", "{percent} % interval"),
    "verdict_head": ("结论", "verdict"),
    "baseline": ("（基准）", "(baseline)"),
    "storm": ("降雪", "storm"),
    "limit": ("时限", "limit"),
    "open": ("通行", "open"),
    "clean": ("净路", "clean"),
    "roads": ("道路", "roads"),
    "depot": ("储备点", "depot"),
    "loads": ("装料次数", "loads"),
    "loading_wait_h": ("等装料 h", "waits, h"),
    "stockouts": ("缺料次数", "stock-outs"),
    "spread_t": ("撒出 t", "spread, t"),
    "left_t": ("剩余 t", "left, t"),
    "bays": ("车位", "bays"),
    "stock_t": ("存量 t", "stock, t"),
    "indicative": ("仅供参考", "indicative"),
    "p90": ("九成 ≤ {hours} h", "90 % by {hours} h"),
    "p90_beyond": ("九成到终点未达", "90 %: beyond end"),
    "all_met": (
        "各方案每次都在时限内（机会的 {percent} % 区间下端 {low} %）：{parts}。",
        "Met in every run of every variant (a chance of {low} % or more, at {percent} %): {parts}.",
    ),
    "none_met": (
        "各方案没有一次在时限内（机会的 {percent} % 区间上端 {high} %）：{parts}。",
        "Met in no run of any variant (a chance of {high} % or less, at {percent} %): {parts}.",
    ),
    "limit.range": ("{low}–{high} h（随等级）", "{low}–{high} h (by grade)"),
    "limits_of": ("{storm}：{parts}", "{storm}: {parts}"),
    "aspect_of": ("{aspect}（{roads}）", "{aspect} ({roads})"),
    "limit_of": ("{storm}：{roads}{aspect}", "{storm}, {roads} {aspect}"),
    # Notes
    "note.runs": (
        ("每个方案推演 {n} 次（随机种子 {first} 起，首批 {n0} 次，上限 {cap} 次），"
        "各次在每场雪下都推演，方案之间用同样的随机数逐次配对。"),
        ("{n} replications of each variant (run seeds from {first}; {n0} at first, {cap} at most), "
        "each under every storm; variants are paired run by run on the same draws."),
    ),
    "note.storms": ("降雪及权重：{storms}。", "Storms and weights: {storms}."),
    "note.reached": (
        "所要求的精度都已达到，推演到此为止。",
        "Every asked precision is reached; no more runs were needed.",
    ),
    "note.cap": (
        "推演到上限为止；仍未达到所要求精度的：{parts}。",
        "Stopped at the cap; the asked precision is not reached for {parts}.",
    ),
    "note.no_figures": (
        "推演再多也没有可比的记录：{parts}；其余的精度都已达到，推演到此为止。",
        ("No more runs would help: nothing to compare in {parts}. Every other asked precision is "
        "reached."),
    ),
    "note.none_ended": ("{title}：{measure}（没有一次推演完成）",
                        "{title}, {measure} (no run of it ended)"),
    "note.no_figure": ("{title}：{measure}（推演中没有这项数值）",
                       "{title}, {measure} (no run has such a figure)"),
    "note.cap_all": ("推演到上限为止。", "Stopped at the cap."),
    "note.fixed": (
        "推演次数由命令给定，没有按精度追加。",
        "The number of replications was given; none were added for precision.",
    ),
    "note.fixed_wide": (
        "推演次数由命令给定，没有按精度追加；未达到所要求精度的：{parts}。",
        "The number of replications was given; the asked precision is not reached for {parts}.",
    ),
    "note.selected_stop": (
        "选优已有结果，推演到此为止。",
        "The selection has its answer; no more runs were needed.",
    ),
    "note.selected": (
        "选优（{method}）以 {percent} % 的把握选出“{best}”，无差异范围为{measure}相差 {size}。",
        ("Selection ({method}) picks \"{best}\" with {percent} % confidence; differences in"
        " {measure} below {size} do not matter."),
    ),
    "note.half": ("{title}：{measure}（±{half}，要求 ±{asked}）",
                  "{title}, {measure} (±{half}, asked ±{asked})"),
    "note.half_none": ("{title}：{measure}（要求 ±{asked}，一次推演没有区间）",
                       "{title}, {measure} (asked ±{asked}; one run has no interval)"),
    "where": ("{title}：{measure}", "{title}, {measure}"),
    "note.ratio": (
        ("同样的随机数使差别的方差缩小到约 1/{ratio}"
        "（各项中位；最小的一项为 {least} 倍：{where}）。"),
        ("Common random numbers make the variance of a difference {ratio} times smaller (median; "
        "least: {least}, {where})."),
    ),
    "note.no_ratio": (
        "同样的随机数没有缩小差别的方差（中位 {ratio} 倍；最小的一项为 {least} 倍：{where}）。",
        ("Common random numbers do not make the variance of differences smaller ({ratio} times; "
        "least: {least}, {where})."),
    ),
    "note.nothing": (
        "没有一项决定性指标能把任何方案与“{baseline}”分开。机械的时间用在：{parts}。",
        ("No deciding measure tells any variant from \"{baseline}\". The machines' time goes into "
        "{parts}."),
    ),
    "note.nothing_alone": (
        "没有一项决定性指标能把任何方案与“{baseline}”分开。",
        "No deciding measure tells any variant from \"{baseline}\".",
    ),
    "note.nothing_yet": (
        "没有一项决定性指标能把任何方案与“{baseline}”分开；推演次数还少，不能说没有差别。",
        ("No deciding measure tells any variant from \"{baseline}\"; the runs are too few to say "
        "that nothing differs."),
    ),
    "note.intervals": (
        ("区间为配对差别的 {percent} % 区间（t；偏斜者为 BCa 自助法，记 ◦）；"
        "决定性指标的结论按 Holm 校正（全部方案与指标一起）。"),
        ("Intervals ({percent} %) of the paired difference: t, or BCa bootstrap where skewed (◦); "
        "verdicts on deciding measures are corrected after Holm over all variants and measures."),
    ),
    "note.single": (
        "只有一次推演，没有区间，差别可能只是运气。",
        "A single replication: no intervals; differences may be luck.",
    ),
    "note.times": (
        "时刻为雪停后小时（负为雪停前）。",
        "Times are hours after the snow stops (negative: before).",
    ),
    "note.late": (
        "有路段到模拟终点仍未达到，按终点计，实际更晚：{parts}。",
        "Sections not so far by the horizon count as of it, later in truth: {parts}.",
    ),
    "note.ended": (
        "† 部分推演两边都止于终点，其差别按 0 计，实际不明；? 为每次都如此。",
        "† In some runs both end at the horizon: 0 there, unknown in truth; ?: in every run.",
    ),
    "note.late_of": ("{title}：{measure} {n} 段次", "{title}, {measure}: {n} (all runs)"),
    "note.limits": (
        ("机会为全部路段都按时的推演所占比例，方括号为 {percent} % 区间（Clopper–Pearson）；"
        "“九成 ≤”为最后一段完成时刻的第 90 百分位；分区的见表格文件。"),
        ("Chance: share of runs with every section in time, with its {percent} % interval "
        "(Clopper–Pearson); \"90 % by\": 90th percentile of the hour of the last section; "
        "zones stand in the sheet."),
    ),
    "note.unknown": (
        "有些推演到终点还有路段未完，而时限在终点之后：机会只给界（全部误时至全部按时），差别不下结论。",
        ("Some runs end before the limit with sections left: their chances are bounds (all missed "
        "to all met), and differences are not told."),
    ),
    "note.indicative": (
        "* 推演不足 36 次，机会与百分位仅供参考。",
        "* Fewer than 36 replications: chances and percentiles are indicative only.",
    ),
    "note.assumed": (
        "储备点的位置、车位、存量按研究文件所列；随附平城数据中的都是假定值（标签 A），并非实测。",
        ("Places, bays and stocks are as the study states them; those that come with Pingcheng are "
        "assumptions (tag A), not surveyed."),
    ),
    "note.schematic": (
        "路网为示意图，里程与路线不是测绘所得。",
        "The map is schematic: lengths and courses of roads are not surveyed.",
    ),
    "note.failed": (
        "{n} 次推演失败，未计入有关的配对：{parts}。",
        "{n} runs failed and are left out of the pairs concerned: {parts}.",
    ),
    "note.failed_of": (
        "{variant}·{storm}·种子 {seed}（{error}）",
        "{variant}, {storm}, run seed {seed} ({error})",
    ),
    "note.rest": ("等 {n} 项", "and more, {n} in all"),
    # Placement
    "placement.model": ("模型", "model"),
    "placement.objective": ("目标值", "objective"),
    "placement.bound": ("界", "bound"),
    "placement.gap": ("差距", "gap"),
    "placement.seconds": ("用时", "time"),
    "placement.open": ("选中的点", "sites"),
    "placement.rank_model": ("模型名次", "rank by model"),
    "placement.rank_simulated": ("推演名次（按均值）", "rank by simulated mean"),
    "placement.travel": ("平均行程 min", "mean travel, min"),
    "placement.sentence": (
        "{model}：目标 {objective}，已证明的界 {bound}，差距 {gap}。",
        "{model}: objective {objective}, proven bound {bound}, gap {gap}.",
    ),
    "placement.tau": (
        "模型与推演（{measure}）次序的一致程度：Kendall τ = {tau}（1 为全同，-1 为全反）。",
        "Agreement of the models' order with simulation ({measure}): Kendall's τ = {tau}.",
    ),
    "placement.agree": (
        "没有一对方案的次序相反。",
        "No two placements stand the other way round.",
    ),
    "placement.disagree": (
        "次序相反的（按均值）：{pairs}。",
        "The other way round (by the means): {pairs}.",
    ),
    "placement.apart": (
        "* 配对差别的区间（未校正）不含 0；其余各对推演未能分明。",
        "*: the interval of the paired difference, not corrected, does not hold 0; others unclear.",
    ),
    "placement.bays": (
        "“{a}”共 {bays} 个装料车位，现有 {today} 个。",
        "{a} has {bays} loading bays in all, today {today}.",
    ),
    "placement.unranked": (
        "各布局在决定性指标上相同，或都到模拟终点仍未完成：推演没有次序。",
        ("By every deciding measure the placements are alike, or end at the horizon in all runs: "
        "the simulation ranks nothing."),
    ),
    "placement.time_up": ("（时限到）", " (time was up)"),
    "placement.pair": (
        "模型以“{a}”为先，推演以“{b}”为先",
        "the model puts \"{a}\" first, the simulation \"{b}\"",
    ),
    "note.digest": ("结果摘要 {digest}", "digest of the results {digest}"),
}  # fmt: skip


def comparison_text(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang`, with `values` filled in."""
    tables = (COMPARISON_TEXTS, FIGURE_TEXTS, PAGE_TEXTS, VARIANT_TEXTS)
    words = next(table[key] for table in tables if key in table)
    text = words[side(lang)]
    return text.format(**values) if values else text
