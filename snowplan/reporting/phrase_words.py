"""Words of the study of the phrases, in Chinese and in English."""

from __future__ import annotations

PHRASE_WORDS: dict[str, tuple[str, str]] = {
    # Measures, short: heads of columns, panels and rows
    "main_open_median": ("主干路通行（中位）", "main roads open (median)"),
    "main_open_last": ("主干路通行（最后）", "main roads open (last)"),
    "main_clean_last": ("主干路净路（最后）", "main roads clean (last)"),
    "all_open_median": ("各路通行（中位）", "all roads open (median)"),
    "all_open_last": ("各路通行（最后）", "all roads open (last)"),
    "all_clean_median": ("各路净路（中位）", "all roads clean (median)"),
    "all_clean_last": ("各路净路（最后）", "all roads clean (last)"),
    "hauled_median": ("雪堆运净（中位）", "windrows hauled (median)"),
    "hauled_last": ("雪堆运净（最后）", "windrows hauled (last)"),
    "main_blocked": ("主干路阻断", "main roads blocked"),
    "blocked": ("各路阻断", "all roads blocked"),
    "reblocked": ("清过又阻断", "blocked again after work"),
    "exposure": ("积雪影响", "exposure"),
    "hours": ("机械台时", "machine hours"),
    "deicer_t": ("融雪剂", "de-icer"),
    "hauled_t": ("运雪量", "snow hauled"),
    "windrow_stood": ("雪堆滞留", "windrows standing"),
    "windrow_left": ("结束时雪堆", "windrows left"),
    "cost_cny": ("费用", "cost"),
    "deadhead_km": ("空驶", "empty driving"),
    "passes": ("作业趟数", "passes"),
    "exposure_main": ("主干路积雪影响", "exposure of main roads"),
    "exposure_rest": ("其他道路积雪影响", "exposure of other roads"),
    "first_clearing": ("首次推扫", "first clearing"),
    "first_work": ("首次作业", "first work"),
    "main_clean_median": ("主干路净路（中位）", "main roads clean (median)"),
    # Heads of columns
    "head.main_open_median": ("主干路通行\n（中位）", "main open\n(median)"),
    "head.main_open_last": ("主干路通行\n（最后）", "main open\n(last)"),
    "head.all_clean_last": ("各路净路\n（最后）", "all clean\n(last)"),
    "head.exposure": ("积雪影响", "exposure"),
    "head.hours": ("机械台时", "machine\nhours"),
    "head.deicer_t": ("融雪剂", "de-icer"),
    "head.hauled_t": ("运雪量", "snow\nhauled"),
    "head.cost_cny": ("费用", "cost"),
    # Units
    "unit.h": ("h", "h"),
    "unit.section_h": ("段·h", "section·h"),
    "unit.mm_h": ("mm·h", "mm·h"),
    "unit.machine_h": ("台时", "h"),
    "unit.t": ("t", "t"),
    "unit.t_h": ("t·h", "t·h"),
    "unit.cny": ("元", "yuan"),
    "unit.km": ("km", "km"),
    "unit.times": ("", ""),
    # Verdicts
    "verdict.as_meant": ("如预案所愿", "as meant"),
    "verdict.contrary": ("相反", "contrary"),
    "verdict.no_difference": ("无差别", "no difference"),
    "verdict.unclear": ("看不出差别", "not shown"),
    "verdict.neither": ("不分好坏", "neither good nor bad"),
    "verdict.unknown": ("没有记录", "not recorded"),
    # The tables
    "changes": (
        "八句话各关一句的变化（关一句 − 全开）",
        "Each phrase turned off alone: change against all on",
    ),
    "phrase": ("关闭", "turned off"),
    "all_on": ("（全开）", "(all on)"),
    "verdicts": (
        "每句话是否如预案所愿",
        "Whether each phrase does what the plan means",
    ),
    "meant": ("预案要它改善", "meant to better"),
    "on": ("全开", "all on"),
    "off": ("关闭", "off"),
    "change": ("变化", "change"),
    "verdict": ("结论", "verdict"),
    "by_counts": ("按段数 {more}", "by counts {more}"),
    "late_moved": ("未达 {on}→{off}", "late {on}→{off}"),
    "late": ("{n} 段未达", "{n} not by then"),
    "reasons": ("结论不是“如预案所愿”的，数字如下：", "Where it is not as meant, the figures:"),
    "reason": ("{phrase}：{why}", "{phrase}: {why}"),
    "reason_of": ("{measure} {verdict}：{why}", "{measure}, {verdict}: {why}"),
    "verdict_of": ("{measure} {verdict}{why}", "{measure}, {verdict}{why}"),
    "why.identical": (
        "开与关逐件相同，此情景中这一开关没有改变任何作业",
        "both runs are the same in every event; here the switch changes no work",
    ),
    "why.unknown": ("此情景没有这一项的记录", "this scenario has no record of it"),
    "why.interval": ("95 % 区间 {low} 至 {high} 含 0", "95 % interval {low} to {high} holds 0"),
    "why.counts": (
        "{n} 次都按段数（未达 {on}→{off}），各次相差的 95 % 区间含 0",
        "by counts in all {n} pairs (late {on}→{off}); the 95 % interval of the pairs holds 0",
    ),
    "why.ended": (
        "{n} 次开与关都到模拟结束仍有路段未达到（未达 {on}→{off}），其余各次不足以下结论",
        "{n} pairs are not so far by the end in both (late {on}→{off}); the others do not decide",
    ),
    "why.last": (
        "只取决于最后一段：全开为{on}，关闭为{off}；同组{median}关闭后{change}",
        "one section decides: {on} with all on, {off} without; the {median} moves by {change}",
    ),
    "why.same_last": (
        "只取决于最后一段，开关都是{on}；同组{median}关闭后{change}",
        "one section decides, {on} in both; the {median} moves by {change}",
    ),
    "why.moved": ("关闭后{moved}", "without it {moved}"),
    "why.same_clearing": (
        "第一趟推雪或滚刷开与关都在 {at} h：积雪到触发深度之前人员都已到位，早到只使融雪剂早撒",
        "first clearing at {at} h in both: crews wait for the trigger depth; only de-icer moves",
    ),
    "why.unmoved": (
        "行程、趟数和积雪影响的变化都不到 2 %",
        "driving, passes and exposure move by less than 2 %",
    ),
    "moved": ("{measure} {on} → {off}", "{measure} {on} → {off}"),
    "price": (
        "代价：关闭后反而更小、更早的，及同时的变化",
        "Price: what is smaller or sooner without the phrase, and what moves with it",
    ),
    "price_of": ("{phrase}：{parts}{beside}", "{phrase}: {parts}{beside}"),
    "beside": ("（同时{moved}）", " (with {moved})"),
    "part": ("{measure} {change}", "{measure} {change}"),
    "join": ("；", "; "),
    "list": ("、", ", "),
    # Notes
    "note.snow": (
        "时刻为雪停后小时（负为雪停前）；各项（运雪量除外）越小越好，变化为正即这句话有用。",
        "Times: hours after snow stops. Smaller is better (but for snow hauled): above 0 helps.",
    ),
    "note.start": (
        "时刻为开始后小时；各项（运雪量除外）越小越好，变化为正即这句话有用。",
        "Times: hours after the start. Smaller is better (but for snow hauled): above 0 helps.",
    ),
    "note.bounds": (
        "≥、≤：到模拟结束仍未达到的按终点计，实际更晚；“未达”为路段数，各次合计；? 为两边皆是。",
        "≥, ≤: sections not so far by the end count as of the end (later in truth); ?: in both.",
    ),
    "note.counts": (
        "两边皆是的那几次推演不计入变化和区间；每次都如此时按段数判断。",
        "Such pairs are left out of change and interval; where all are such, counts decide.",
    ),
    "note.rank": (
        "中位、最后按全部路段排序；始终通行的按开始时刻计。",
        "Median and last rank all sections; one never blocked counts from the start.",
    ),
    "note.single": (
        "只推演一次，小的差别可能只是运气；加 --replications 10 得出区间。",
        "A single run: small differences may be luck; --replications 10 gives intervals.",
    ),
    "note.pairs": (
        "{n} 次推演逐次配对（随机种子 {first} 至 {last}），方括号为 95 % t 区间，± 为其一半。",
        "{n} pairs, same draws (run seeds {first} to {last}); brackets: 95 % t intervals; ±: half.",
    ),
    "note.indicative": (
        "不足 5 次，区间仅供参考。",
        "With fewer than 5 the intervals are indicative only.",
    ),
    # The picture
    "figure": ("八句话各值多少", "What each phrase is worth"),
    "figure.on": ("{measure}，{unit}（全开 {on}）", "{measure}, {unit} (all on {on})"),
    "figure.worse": (
        "关闭后变差：这句话有用",
        "worse without it: the phrase helps",
    ),
    "figure.better": ("关闭后变好", "better without it"),
    "figure.neither": (
        "运雪量的增减，不分好坏",
        "more or less snow hauled: neither good nor bad",
    ),
    "figure.untold": (
        "? 开与关都到模拟结束仍有路段未达到",
        "?: sections not so far by the end, with it and without",
    ),
    "figure.meant": ("◆ 预案要它改善的", "◆ what the plan means it to better"),
    "figure.interval": ("95 % 区间，{n} 对", "95 % interval, {n} pairs"),
}


def phrase_word(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang`, with `values` filled in."""
    text = PHRASE_WORDS[key][1 if lang == "en" else 0]
    return text.format(**values) if values else text
