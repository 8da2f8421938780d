"""Words on the pictures and on the page of a comparison, in Chinese and in English."""

from __future__ import annotations

FIGURE_TEXTS: dict[str, tuple[str, str]] = {
    "forest": ("与“{baseline}”相比的差别", "Differences from \"{baseline}\""),
    "forest.apart": ("有差别", "told apart"),
    "forest.not": ("未能分开", "not told apart"),
    "forest.same": ("逐次相同，恰为 0", "identical, exactly 0"),
    "forest.asked": ("要求区间半宽 {half}", "asked half-width: {half}"),
    "forest.more": ("另有 {n} 项决定性指标见表格", "{n} more deciding measures: see tables"),
    "forest.interval": ("{percent} % 区间", "{percent} % interval"),
    "forest.unit": (
"差别，{unit}（{less} ← 0 → {more}）",
 "difference, {unit} ({less} ← 0 → {more})"),
    "forest.nothing": ("没有可画的差别", "no differences to draw"),
    "curves": ("各方案通行与净路进度", "Passable and clean over time, by variant"),
    "curves.opened": ("{roads}可通行", "{roads} passable"),
    "curves.clean": ("{roads}净", "{roads} clean"),
    "curves.hours": ("雪停后小时", "hours after the snow stops"),
    "curves.start": ("开始后小时", "hours after the start"),
    "curves.share": ("面积占比", "share of area"),
    "curves.line": (
        "粗线：各次推演的中位，每次都从本次雪停起算",
        "thick: median over replications, each from its own end of snow",
    ),
    "curves.band": (
        "灰带与同样的细线：第 10 至第 90 百分位",
        "grey and thin, same dashes: 10th to 90th percentile",
    ),
    "curves.few": (
        "不足 10 次推演，不画百分位",
        "fewer than 10 replications: no percentiles",
    ),
    "curves.many": (
        "灰带：基准的第 10 至第 90 百分位（其他方案的见 compare.json）",
        "grey: 10th to 90th percentile of the baseline (the others' stand in compare.json)",
    ),
    "curves.nothing": ("没有曲线", "no curves"),
    "maps": ("各方案何时通行", "When roads open, by variant"),
    "maps.storm": ("{storm}，各次推演的中位", "{storm}, median over replications"),
    "maps.scale": ("稳定通行，雪停后小时", "open for good, hours after the snow stops"),
    "maps.scale_start": ("稳定通行，开始后小时", "open for good, hours after the start"),
    "maps.never": ("从未阻断", "never blocked"),
    "maps.late": ("模拟结束仍未通行", "not open by the horizon"),
    "maps.other": ("非本中心养护", "other operator"),
    "maps.depot": ("储备点（面积按存量）", "depot (area by stock)"),
    "maps.counts": ("半数路段：{half}，全部：{last}", "half: {half}, all: {last}"),
    "maps.hour": ("{hours} h", "{hours} h"),
    "maps.not": ("到终点未达", "not by the end"),
    "maps.open": ("从未阻断", "never blocked"),
    "maps.more": ("另有 {n} 个方案未画", "{n} more not drawn"),
}  # fmt: skip

PAGE_TEXTS: dict[str, tuple[str, str]] = {
    "page.kind": ("储备点布局比较", "Comparison of depot placements"),
    "page.question": ("问题", "Question"),
    "page.question_text": (
        "在{storms}下，{variants}与“{baseline}”相比，哪一种更好？以{measures}为准。",
        "Under {storms}: is any of {variants} better than \"{baseline}\", judged by {measures}?",
    ),
    "page.answer": ("回答", "Answer"),
    "page.variants": (
        "方案（等装料与缺料为每次推演各点合计，按降雪权重平均）",
        "Variants (waits and stock-outs: all depots of a run, storms by weight)",
    ),
    "page.variant": ("方案", "variant"),
    "page.what": ("储备点", "depots"),
    "page.stock": ("存量 t", "stock, t"),
    "page.bays": ("车位", "bays"),
    "page.waits": ("等装料 h", "waits, h"),
    "page.stockouts": ("缺料 次", "stock-outs"),
    "page.travel": ("模型行程 min", "travel, min"),
    "page.ranks": ("名次 模型/推演", "rank, model/sim."),
    "page.most": ("{what}最多：{name}（{value}）", "most {what}: {name} ({value})"),
    "page.most_waits": ("等装料", "waiting"),
    "page.most_stockouts": ("缺料", "stock-outs"),
    "page.hours": ("{value} h", "{value} h"),
    "page.times": ("{value} 次", "{value}"),
    "page.limits": (
        "在时限内完成的机会（次数，方括号为 {percent} % 区间；* 不足 36 次，仅供参考）",
        ("Chance of meeting each limit (runs, {percent} % interval in brackets; "
         "* fewer than 36: indicative)"),
    ),
    "page.limit": ("{limit} {hours}", "{limit}, {hours}"),
    "page.unknown_why": (
        "“至”：有的推演到终点还有路段未完，而时限在终点之后，不知是否赶上；少者算都误时，多者算都按时。",
        ("\"to\": some runs end before the limit with sections left; the lesser number takes all "
         "of them as late, the greater as in time."),
    ),
    "page.unknown": ("{met} 至 {most}/{n}", "{met} to {most} of {n}"),
    "page.met": ("{met}/{n}", "{met} of {n}"),
    "page.more_limits": ("另有 {n} 项时限见 limits.csv。", "{n} more limits in limits.csv."),
    "page.more_measures": (
        "另有 {n} 项决定性指标见 comparison.xlsx。",
        "{n} more deciding measures in comparison.xlsx.",
    ),
    "page.more_panels": ("（另有 {n} 项见上表）", " ({n} more in the table)"),
    "page.maps_of": ("（{storm}）", " ({storm})"),
    "page.maps_more": ("（{storm}；{more}）", " ({storm}; {more})"),
    "page.figures": ("数字", "Figures"),
    "page.quoted": ("“{title}”", '"{title}"'),
    "page.baseline": ("{title}（基准）", "{title} (baseline)"),
    "page.cells": (
        "（与基准的差别，方括号为 {percent} % 区间）",
        " (difference from the baseline, {percent} % interval in brackets)",
    ),
    "page.forest": ("差别与区间", "Differences with intervals"),
    "page.placement": ("选址模型与推演", "Location models and simulation"),
    "page.maps": ("何时通行", "When roads open"),
    "page.basis": ("依据与假定", "Basis and assumptions"),
    "page.more": (
        "另有 {n} 个方案，见 comparison.xlsx。",
        "More variants in comparison.xlsx: {n}.",
    ),
    "page.foot": (
        ("重做：{command}　snowplan {version}　随机种子 {seed} 起　结果摘要 {digest}"
         "（不写日期：结果相同则本页也相同）"),
        ("Again: {command} · snowplan {version} · run seeds from {seed} · digest {digest} "
         "(no date: the same results are the same page)"),
    ),
}  # fmt: skip

VARIANT_TEXTS: dict[str, tuple[str, str]] = {
    "variants.depot_of": ("{zone}储备点", "{zone} depot"),
    "variants.placed": ("{name}（{zone}）", "{name} ({zone})"),
    "variants.all": ("{n} 点：{names}", "{n}: {names}"),
    "variants.others": ("另选 {n} 点：{names}", "{n} other sites: {names}"),
    "variants.same": ("与基准布局相同", "as the baseline"),
    "variants.gone": ("撤销{names}", "given up: {names}"),
    "variants.new": (
        "新设{name}（{zone}，{t} t，{bays} 个车位）",
        "new: {name} ({zone}, {t} t, bays: {bays})",
    ),
    "variants.each": ("每点", "each"),
    "variants.each_left": ("其余每点", "each of the others"),
    "variants.moved": ("{names}{text}", "{names} {text}"),
    "variants.stock_kg": ("{names}存量 {text} t", "{names}: stock {text} t"),
    "variants.bays": ("{names}车位 {text}", "{names}: bays {text}"),
    "variants.way": ("{way}移 {size}", "moved {size} {way}"),
    "variants.key": ("{name}：{old} → {new}", "{name}: {old} → {new}"),
    "variants.north": ("北", "north"),
    "variants.northeast": ("东北", "north-east"),
    "variants.east": ("东", "east"),
    "variants.southeast": ("东南", "south-east"),
    "variants.south": ("南", "south"),
    "variants.southwest": ("西南", "south-west"),
    "variants.west": ("西", "west"),
    "variants.northwest": ("西北", "north-west"),
}
