"""Names in a readiness report: limits, marks, means, shares of time, places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from snowplan.words import LANGUAGES, name_of

MARK_SIGNS = {"sure": "◎", "likely": "○", "open": "△", "missed": "×", "unknown": "？"}
# Without `waiting:` before it, a wait is called by what the machine that came was doing.
WAITING = "waiting:"

NAMES: dict[str, tuple[str, str]] = {
    # What a limit is about: aspect
    "aspect.open": ("通行", "open"),
    "aspect.clean": ("净路", "clean"),
    "aspect.haul": ("运净", "hauled"),
    "aspect.side": ("清净", "clean"),
    # Marks
    "mark.sure": ("有把握守住", "held, surely"),
    "mark.likely": ("多半守住", "held, probably"),
    "mark.open": ("说不准", "cannot be told"),
    "mark.missed": ("守不住", "not held"),
    "mark.unknown": ("无从判断", "cannot be known"),
    # Road classes in a narrow column
    "short.expressway": ("快速", "expr."),
    "short.main": ("主干", "main"),
    "short.secondary": ("次干", "second."),
    "short.branch": ("支路", "branch"),
    "short.lane": ("小巷", "lane"),
    # Means that may be eased
    "relief.machines": ("机械", "machines"),
    "relief.spreaders": ("撒布车", "spreaders"),
    "relief.crews": ("班组", "crews"),
    "relief.stock": ("融雪剂存量", "stock"),
    "relief.bays": ("装料车位", "loading bays"),
    "relief.graders": ("平地机、破冰机", "graders"),
    "relief.trucks": ("运雪车", "trucks"),
    "relief.loaders": ("装载机", "loaders"),
    "relief.dumps": ("堆雪点", "dump points"),
    "relief.hands": ("人工", "hand workers"),
    # One more of
    "more.spreader": ("撒布车", "spreader"),
    "more.plough": ("推雪车", "plough"),
    "more.roller_brush": ("滚刷车", "roller brush"),
    "more.crew": ("班组", "crew"),
    "more.truck": ("运雪车", "truck"),
    "more.stock": ("融雪剂", "de-icer"),
    # Shares of time until clean
    "share.not_due": ("未到期", "not due"),
    "share.worked": ("正在作业", "worked"),
    "share.driving": ("正在赶来", "driving there"),
    "share.between_passes": ("等下一遍", "between passes"),
    "share.snowed_over": ("净后又落雪", "snowed over again"),
    "share.melting": ("自行融化", "melting"),
    "share.unserved": ("到期无人来", "due, nobody came"),
    "share.waiting": ("等：{what}", "waiting: {what}"),
    "wait.crew": ("没有班组", "no crew"),
    "wait.load": ("正在装料", "loading"),
    "wait.bay": ("排队等车位", "queue at a bay"),
    "wait.stock": ("缺料", "no stock"),
    "wait.repair": ("故障修理", "repair"),
    "wait.shift": ("换班", "change of shift"),
    "wait.called_off": ("尚未出动", "not called out yet"),
    "wait.night": ("夜间停工", "night stop"),
    "wait.team": ("梯队未到齐", "the rest of the team"),
    "wait.idle": ("待命，按预案还轮不到", "standing by, not its turn"),
    "wait.other_work": ("先做别处", "other work first"),
    "wait.unserved": ("无人再来", "nobody came any more"),
    # Named places
    "flag.hospital": ("医院", "hospital"),
    "flag.station": ("车站", "station"),
    "flag.bridge": ("桥", "bridge"),
    "flag.ramp": ("匝道", "ramp"),
    "flag.slope": ("坡道", "slope"),
    # De-icers
    "product.nacl": ("氯化钠", "NaCl"),
    "product.mgcl2": ("氯化镁", "MgCl2"),
    # Findings of the plan check
    "severity.impossible": ("做不到", "impossible"),
    "severity.gap": ("有缺口", "gap"),
    "severity.note": ("请留意", "note"),
    # Ledgers
    "account.snow": ("雪", "snow"),
    "account.deicer": ("融雪剂", "de-icer"),
    "account.machines": ("机械时间", "time of machines"),
    "account.groups": ("其他班组时间", "time of other groups"),
    "term.initial": ("原有", "initial"),
    "term.fallen": ("降下", "fallen"),
    "term.lying": ("仍在路上", "lying"),
    "term.pushed_aside": ("推到路边", "pushed aside"),
    "term.in_trucks": ("在车上", "in trucks"),
    "term.dumped": ("运到堆雪点", "dumped"),
    "term.melted": ("融化", "melted"),
    "term.delivered": ("领入", "delivered"),
    "term.in_depots": ("在储备点", "in depots"),
    "term.in_hoppers": ("在料斗", "in hoppers"),
    "term.on_roads": ("撒在路上", "on roads"),
    "term.intervals": ("各段合计", "intervals"),
    "term.horizon": ("全程", "horizon"),
    "term.residual": ("差额", "residual"),
}


def ready_name(key: str, lang: str) -> str:
    """The name for `group.value`; a value that has none is its own name."""
    if key in NAMES:
        return NAMES[key][LANGUAGES.index(lang)]
    group, _, value = key.partition(".")
    return name_of(group, value, lang)


def item_name(item: str, lang: str) -> str:
    """The limit `open/main`: 主干路通行, main roads open."""
    aspect, _, what = item.partition("/")
    roads = name_of("part" if aspect == "side" else "class", what, lang)
    word = ready_name(f"aspect.{aspect}", lang)
    return f"{roads}{word}" if lang == "zh" else f"{roads} {word}"


def share_name(key: str, lang: str) -> str:
    """A part of the time until clean: 未到期, 等：没有班组."""
    if not key.startswith(WAITING):
        return ready_name(f"share.{key}", lang)
    cause = key.removeprefix(WAITING)
    group = "wait" if f"wait.{cause}" in NAMES else "reason"
    what = ready_name(f"{group}.{cause}", lang)
    return ready_name("share.waiting", lang).format(what=what)


def titled(row: Mapping[str, Any], lang: str, stem: str = "title") -> str:
    """A name of the centre's own, which stands in both languages (`title_zh`, `title_en`)."""
    return str(row.get(f"{stem}_{lang}") or row.get(f"{stem}_zh") or "")


def grade_name(grade: str, lang: str) -> str:
    """A grade of snow; unknown to the tables it is its own name."""
    return name_of("grade", grade, lang)
