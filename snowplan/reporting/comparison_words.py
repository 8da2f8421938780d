"""Names of measures, units and verdicts of a comparison, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from snowplan.model.roads import ROAD_CLASSES
from snowplan.words import name_of

# {who}: the roads it is about; {where}: the zone alone. The whole key goes first, then the name
# with its slash, then the name.
MEASURE_WORDS: dict[str, tuple[str, str]] = {
    "open_median": ("{who}半数路段通行", "half of {who} open"),
    "open_p95": ("{who} 95 % 路段通行", "95 % of {who} open"),
    "open_last": ("{who}全部通行", "{who} all open"),
    "open_last/all": ("各路全部通行", "all roads open"),
    "clean_median": ("{who}半数路段净路", "half of {who} clean"),
    "clean_p95": ("{who} 95 % 路段净路", "95 % of {who} clean"),
    "clean_last": ("{who}全部净路", "{who} all clean"),
    "clean_last/all": ("各路全部净路", "all roads clean"),
    "exposure": ("积雪影响", "exposure"),
    "exposure/": ("{who}积雪影响", "exposure of {who}"),
    "met_open": ("{who}按时通行的机会", "chance of {who} open in time"),
    "met_clean": ("{who}按时净路的机会", "chance of {who} clean in time"),
    "response_mean_min": ("{where}撒布响应（平均）", "spreader response{where} (mean)"),
    "response_p95_min": ("{where}撒布响应（95 %）", "spreader response{where} (95 %)"),
    "deadhead_km": ("空驶", "empty driving"),
    "fuel_l": ("油耗", "fuel"),
    "deicer_t": ("融雪剂", "de-icer"),
    "operator_h": ("人员工时", "operator hours"),
    "cost_cny": ("费用", "cost"),
    "loading_wait_h": ("装料等待", "waiting to load"),
    "stockouts": ("缺料", "stock-outs"),
    "share_work": ("作业时间占比", "share of time at work"),
    "share_travel": ("空驶时间占比", "share of time driving empty"),
    "share_load": ("装料时间占比", "share of time loading"),
    "share_wait_crew": ("等班组时间占比", "share of time without a crew"),
    "share_wait_stock": ("缺料时间占比", "share of time without stock"),
    "share_wait_bay": ("等车位时间占比", "share of time waiting for a bay"),
    "share_wait_work": ("无活可干时间占比", "share of time with nothing due"),
    "share_repair": ("修理时间占比", "share of time in repair"),
    "share_wait_other": ("其他等待时间占比", "share of time waiting otherwise"),
    "limit_open": ("{who}通行时限", "limit for {who} open"),
    "limit_clean": ("{who}净路时限", "limit for {who} clean"),
}

# How a difference is told: (less, more) in Chinese, (less, more) in English.
DIRECTIONS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "time": (("早", "晚"), ("sooner", "later")),
    "response": (("快", "慢"), ("quicker", "slower")),
    "level": (("低", "高"), ("lower", "higher")),
    "count": (("少", "多"), ("fewer", "more")),
    "exposure": (("小", "大"), ("lower", "higher")),
    "amount": (("少", "多"), ("less", "more")),
}
_FAMILIES = (
    ("open_", "time"), ("clean_", "time"), ("response_", "response"), ("met_", "level"),
    ("share_", "level"), ("stockouts", "count"), ("exposure", "exposure"),
)  # fmt: skip

UNIT_WORDS: dict[str, tuple[str, str]] = {
    "h": ("小时", "h"),
    "min": ("分钟", "min"),
    "mm_h": ("mm·h", "mm·h"),
    "km": ("km", "km"),
    "l": ("L", "L"),
    "t": ("t", "t"),
    "cny": ("元", "yuan"),
    "times": ("次", "times"),
    "percent": ("%", "%"),
    "share": ("比例", "share"),
    "points": ("个百分点", "points"),
}

# verdict: (sign, Chinese, English); the words alone say it too.
VERDICT_WORDS: dict[str, tuple[str, str, str]] = {
    "better": ("◆", "更好", "better"),
    "worse": ("▼", "更差", "worse"),
    "more": ("↑", "更多", "more"),
    "less": ("↓", "更少", "less"),
    "no_difference": ("≈", "无差别", "no difference"),
    "unclear": ("?", "未分明", "unclear"),
    "same": ("=", "逐件相同", "identical"),
    "unknown": ("–", "无记录", "no record"),
    "uncorrected_better": ("◇", "未校正：更好", "uncorrected: better"),
    "uncorrected_worse": ("▽", "未校正：更差", "uncorrected: worse"),
    "uncorrected_more": ("↗", "未校正：更多", "uncorrected: more"),
    "uncorrected_less": ("↘", "未校正：更少", "uncorrected: less"),
}
APART = ("better", "worse", "more", "less")
UNCORRECTED = tuple(f"uncorrected_{verdict}" for verdict in APART)


def side(lang: str) -> int:
    """Which column of a table of words."""
    return 1 if lang == "en" else 0


def measure_name(key: str, lang: str) -> str:
    """`open_last/main@south` in words; a key without words names itself."""
    name, slash, about = key.partition("/")
    found = (MEASURE_WORDS.get(each) for each in (key, name + slash, name))
    words = next(filter(None, found), None)
    if words is None:
        return key
    text = words[side(lang)].format(who=_who(about, lang), where=_where(about, lang))
    return text.strip()


def family(key: str) -> str:
    """Which words tell its differences: a key of `DIRECTIONS`."""
    return next((found for start, found in _FAMILIES if key.startswith(start)), "amount")


def direction(key: str, lang: str, *, more: bool) -> str:
    """Sooner or later, less or more, as fits the measure."""
    return DIRECTIONS[family(key)][side(lang)][more]


def unit_name(unit: str, lang: str) -> str:
    """A unit in words; one without words names itself."""
    words = UNIT_WORDS.get(unit)
    return unit if words is None else words[side(lang)]


def title_of(row: Mapping[str, Any], lang: str) -> str:
    """A variant's, a storm's or the study's title; where English has none, the Chinese one."""
    own = row.get("title_en") if lang == "en" else row.get("title")
    return str(own or row.get("title") or row.get("id") or row.get("study") or "")


def verdict_name(verdict: str, lang: str) -> str:
    """The sign of a verdict and its words."""
    words = VERDICT_WORDS[verdict]
    return f"{words[0]} {words[1 + side(lang)]}"


def class_name(road_class: str, lang: str) -> str:
    """A road class in words; `all` of them too."""
    if road_class == "all":
        return ("各路", "all roads")[side(lang)]
    return name_of("class", road_class, lang)


def zone_name(zone: str, lang: str) -> str:
    """A zone in words."""
    return name_of("zone", zone, lang)


def _split(about: str) -> tuple[str, str]:
    """(class or `all`, zone or empty) of what a measure is about."""
    if about.startswith("zone:"):
        return "all", about.removeprefix("zone:")
    road_class, _, zone = about.partition("@")
    if road_class in {"", "all", *ROAD_CLASSES}:
        return road_class or "all", zone
    return "all", road_class  # a zone's bare name


def _who(about: str, lang: str) -> str:
    road_class, zone = _split(about)
    roads = class_name(road_class, lang)
    if not zone:
        return roads
    if lang == "en":
        return f"{'roads' if road_class == 'all' else roads} in {zone_name(zone, lang)}"
    return zone_name(zone, lang) + roads


def _where(about: str, lang: str) -> str:
    zone = _split(about)[1]
    if not zone:
        return ""
    return f" in {zone_name(zone, lang)}" if lang == "en" else zone_name(zone, lang)
