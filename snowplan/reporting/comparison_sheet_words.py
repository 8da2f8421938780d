"""Names of the sheets of `comparison.xlsx`, of their columns and of the settings in them."""

from __future__ import annotations

from snowplan.reporting.comparison_words import side

SHEET_NAMES: dict[str, tuple[str, str]] = {
    "verdicts": ("结论", "Verdicts"),
    "differences": ("差别", "Differences"),
    "means": ("均值", "Means"),
    "limits": ("时限", "Limits"),
    "depots": ("储备点", "Depots"),
    "placement": ("选址", "Placement"),
    "settings": ("推演设置", "Settings"),
}
SHEETS = tuple(SHEET_NAMES)

HEADS: dict[str, tuple[str, str]] = {
    "variant": ("方案编号", "variant id"),
    "variant_name": ("方案", "variant"),
    "measure": ("指标编号", "measure key"),
    "measure_name": ("指标", "measure"),
    "unit": ("单位", "unit"),
    "better": ("以何为好", "better"),
    "decides": ("决定性", "decides"),
    "n": ("推演次数", "runs"),
    "mean_baseline": ("基准均值", "mean, baseline"),
    "mean": ("均值", "mean"),
    "difference": ("差别", "difference"),
    "low": ("区间下端", "interval, low"),
    "high": ("区间上端", "interval, high"),
    "half_width": ("半宽", "half-width"),
    "by": ("占基准 %", "% of baseline"),
    "method": ("方法", "method"),
    "p": ("p 值", "p"),
    "p_holm": ("p 值（Holm）", "p (Holm)"),
    "asked": ("要求的半宽", "asked half-width"),
    "reached": ("达到要求", "reached"),
    "verdict": ("结论", "verdict"),
    "late_baseline": ("基准未达（段次）", "late, baseline"),
    "late": ("未达（段次）", "late"),
    "ended": ("两边都止于终点", "both at the horizon"),
    "storm": ("降雪编号", "storm id"),
    "storm_name": ("降雪", "storm"),
    "road_class": ("等级编号", "class key"),
    "road_class_name": ("道路等级", "road class"),
    "zone": ("分区编号", "zone id"),
    "zone_name": ("分区", "zone"),
    "aspect": ("目标", "goal"),
    "limit_h": ("时限 h（中位）", "limit, h (median)"),
    "limit_low_h": ("时限 h，最小", "limit, h, least"),
    "limit_high_h": ("时限 h，最大", "limit, h, most"),
    "unknown": ("不知是否按时", "not known whether in time"),
    "met": ("按时次数", "runs in time"),
    "share": ("按时的机会", "chance"),
    "p90_h": ("第 90 百分位 h", "90th percentile, h"),
    "p90_low": ("其下端 h", "its low end, h"),
    "p90_high": ("其上端 h", "its high end, h"),
    "indicative": ("仅供参考", "indicative"),
    "depot": ("储备点编号", "depot id"),
    "name": ("储备点", "depot"),
    "lon": ("经度", "longitude"),
    "lat": ("纬度", "latitude"),
    "bays": ("车位", "bays"),
    "stock_kg": ("存量 kg", "stock, kg"),
    "product": ("融雪剂", "product"),
    "loads": ("装料次数", "loads"),
    "loading_wait_h": ("等装料 h", "waits, h"),
    "stockouts": ("缺料次数", "stock-outs"),
    "spread_t": ("撒出 t", "spread, t"),
    "left_t": ("剩余 t", "left, t"),
    "model": ("模型", "model"),
    "objective": ("目标值", "objective"),
    "bound": ("已证明的界", "proven bound"),
    "gap": ("差距", "gap"),
    "rank_model": ("模型名次", "rank by model"),
    "rank_simulated": ("推演名次", "rank by simulation"),
    "sites": ("选中的点", "sites"),
    "key": ("设置", "setting"),
    "from": ("基准为", "in the baseline"),
    "to": ("值", "value"),
}

VALUES: dict[str, tuple[str, str]] = {
    "study": ("研究", "study"),
    "map": ("地图", "map"),
    "baseline": ("基准方案", "baseline"),
    "confidence": ("置信水平", "confidence"),
    "run_seed": ("首个随机种子", "first run seed"),
    "replications": ("推演次数", "replications"),
    "first": ("首批次数", "at first"),
    "cap": ("上限次数", "at most"),
    "stopped": ("为何停止", "why it stopped"),
    "schematic": ("示意图", "schematic map"),
    "source": ("来源", "source"),
    "digest": ("结果摘要", "digest of the results"),
    "decide": ("决定性指标", "deciding measures"),
    "varied": ("随机因素", "drawn at random"),
    "common_numbers": ("共用随机数使方差缩小（倍，中位）", "variance divided by (median)"),
    "less": ("小", "less"),
    "more": ("大", "more"),
    "open": ("通行", "open"),
    "clean": ("净路", "clean"),
    "stopped.reached": ("达到所要求的精度", "asked precision reached"),
    "stopped.cap": ("到了上限", "cap reached"),
    "stopped.no_figures": ("再推演也无可比的记录", "more runs would not help"),
    "stopped.fixed": ("次数给定", "number given"),
    "stopped.selected": ("选优有果", "selection done"),
    "True": ("是", "yes"),
    "False": ("否", "no"),
    "t": ("t", "t"),
    "bca": ("BCa 自助法", "BCa bootstrap"),
    "same": ("逐件相同", "identical"),
}  # fmt: skip


def sheet_name(key: str, lang: str) -> str:
    """The name of a sheet."""
    return SHEET_NAMES[key][side(lang)]


def head_of(column: str, lang: str) -> str:
    """The head of a column; one without words names itself."""
    words = HEADS.get(column)
    return column if words is None else words[side(lang)]


def value_name(value: object, lang: str) -> str:
    """A value of a closed list in words; any other as it is."""
    words = VALUES.get(str(value))
    return str(value) if words is None else words[side(lang)]
