"""Every word that is shown, in Chinese and in English."""

from __future__ import annotations

from snowplan.words_beside import BESIDE

LANGUAGES = ("zh", "en")

# key: (Chinese, English); {…} is filled in by `say`.
WORDS: dict[str, tuple[str, str]] = {
    # Road classes, in the order of 先主后次
    "class.expressway": ("快速路", "expressways"),
    "class.main": ("主干路", "main roads"),
    "class.secondary": ("次干路", "secondary roads"),
    "class.branch": ("支路", "branch roads"),
    "class.lane": ("背街小巷", "lanes"),
    "class.critical": ("重点部位", "critical places"),
    # States of a section
    "state.blocked": ("阻", "blocked"),
    "state.open": ("通", "open"),
    "state.clean": ("净", "clean"),
    "state.hauled": ("运", "hauled"),
    "state.other": ("非本中心养护", "other operator"),
    # How opening and clearing ended
    "end.never_blocked": ("从未阻断", "never blocked"),
    "end.opened": ("已通", "opened"),
    "end.cleared": ("已净", "cleared"),
    "end.not_by_horizon": ("模拟结束仍未达到", "not by the horizon"),
    "end.not_needed": ("无雪堆", "no windrow"),
    "end.hauled": ("已运净", "hauled"),
    # Limits
    "limit.after_snow": ("雪停后小时", "hours after snow stops"),
    "limit.by_clock": ("当地钟点", "local deadline"),
    "limit.open_by_clock": ("通行按当地钟点", "opening by the local deadline"),
    "limit.clear_by_clock": ("净路按当地钟点", "clearing by the local deadline"),
    "limit.both_by_clock": ("均按当地钟点", "both by the local deadline"),
    # Kinds of machines
    "machine.roller_brush": ("滚刷车", "roller brush"),
    "machine.plough": ("推雪车", "plough"),
    "machine.spreader": ("撒布车", "spreader"),
    "machine.small_machine": ("小型除雪机", "small machine"),
    "machine.loader": ("装载机", "loader"),
    "machine.blower": ("抛雪机", "blower"),
    "machine.grader": ("平地机", "grader"),
    "machine.ice_breaker": ("破冰机", "ice-breaker"),
    "machine.truck": ("运雪车", "dump truck"),
    "machine.squad": ("人工班组", "squad"),
    # Kinds of events
    "event.call_out": ("出动令", "call-out"),
    "event.grade": ("雪情等级", "snow grade"),
    "event.muster": ("集结", "muster"),
    "event.shift": ("交接班", "shift"),
    "event.travel": ("空驶", "deadhead"),
    "event.wait": ("等待", "wait"),
    "event.load": ("装料", "load"),
    "event.spread": ("撒布", "spread"),
    "event.plough": ("推雪", "plough"),
    "event.sweep": ("滚刷", "sweep"),
    "event.grade_packed": ("刮压实雪", "grade packed snow"),
    "event.blow": ("抛雪", "blow"),
    "event.load_snow": ("装雪", "load snow"),
    "event.haul": ("运雪", "haul"),
    "event.unload": ("卸雪", "unload"),
    "event.hand_clear": ("人工清雪", "clear by hand"),
    "event.frontage_clear": ("门前五包", "frontage duty"),
    "event.breakdown": ("故障", "breakdown"),
    "event.repair": ("修理", "repair"),
    "event.stand_down": ("收队", "stand down"),
    "event.refuse": ("谢绝", "refusal"),
    "event.unserved": ("待作业而无人来", "due, nobody came"),
    # Reasons of waits and failures
    "reason.crew": ("无班组", "no crew"),
    "reason.stock": ("缺料", "no stock"),
    "reason.bay": ("等车位", "no free bay"),
    "reason.work": ("无活可干", "nothing due"),
    "reason.road": ("道路不通", "road closed"),
    "reason.team": ("等梯队", "waiting for the team"),
    "reason.dump": ("等堆雪点", "waiting at the dump"),
    "reason.gate": ("等进门", "waiting at the gate"),
    "reason.night": ("夜间停工", "night stop"),
    "reason.called_off": ("未出动", "not called out"),
    "reason.breakdown": ("故障", "breakdown"),
    "reason.shift_end": ("班次将尽", "end of the shift"),
    "reason.too_cold": ("温度过低", "too cold for de-icer"),
    "reason.too_deep": ("雪过深", "snow too deep"),
    "reason.empty": ("料斗已空", "hopper empty"),
    "reason.horizon": ("模拟终点", "end of the simulation"),
    "reason.snow": ("已经下雪", "snow has fallen"),
    "reason.forecast": ("据预报", "by the forecast"),
    "reason.clock": ("按钟点", "by the clock"),
    "reason.truck": ("等运雪车", "waiting for a truck"),
    "reason.loader": ("等装车", "waiting to be loaded"),
    "reason.thrown_back": ("抛回路面", "thrown back on the road"),
    "reason.clearing": ("等清雪完毕", "until clearing is done"),
    # Zones
    "zone.east": ("东区", "East"),
    "zone.south": ("南区", "South"),
    "zone.west": ("西区", "West"),
    "zone.north": ("北区", "North"),
    "zone.centre": ("中区", "Centre"),
    # Snow grades
    "grade.none": ("无雪", "no snow"),
    "grade.light": ("小雪", "light snow"),
    "grade.moderate": ("中雪", "moderate snow"),
    "grade.heavy": ("大雪", "heavy snow"),
    "grade.blizzard": ("暴雪", "blizzard"),
    "grade.severe_blizzard": ("大暴雪", "severe blizzard"),
    "grade.extreme_blizzard": ("特大暴雪", "extreme blizzard"),
    # The eight phrases
    "phrase.act_on_snow": ("以雪为令", "act on snow"),
    "phrase.quick_response": ("快速反应", "quick response"),
    "phrase.clear_in_snow": ("雪中清雪", "clear while it snows"),
    "phrase.clear_at_night": ("夜间清雪", "clear at night"),
    "phrase.open_before_clean": ("先通后清", "open before clean"),
    "phrase.haul_while_clearing": ("边清边运", "haul while clearing"),
    "phrase.main_first": ("先主后次", "main roads first"),
    "phrase.keep_open": ("确保畅通", "keep open"),
    # Heads of pictures and tables
    "view.graded": ("{title} · 判定等级：{grade}", "{title} · graded {grade}"),
    # Pictures
    "figure.schematic": ("示意图", "schematic"),
    "figure.schematic_map": ("路网为示意图", "schematic map"),
    "figure.title": ("{what} · {title}", "{what} · {title}"),
    "figure.title_schematic": ("{what}（{mark}）· {title}", "{what} ({mark}) · {title}"),
    "figure.clearance": ("各级道路通行与净路进度", "Passable and clean over time, by road class"),
    "figure.passable": ("可通行", "passable"),
    "figure.clean": ("净", "clean"),
    "figure.share": ("面积占比", "share of area"),
    "figure.class_area": (
        "{name}（{sections} 段，{area} m²）",
        "{name} ({sections} sections, {area} m²)",
    ),
    "figure.beyond": ("{limit}在终点之后：{time}", "{limit} is after the end: {time}"),
    "figure.limit_open": ("通行时限", "limit for passable"),
    "figure.limit_clear": ("净路时限", "limit for clean"),
    "figure.snow": ("降雪", "snowfall"),
    "figure.network": ("路网状态", "State of the network"),
    "figure.count": ("{state} {n} 段", "{state}: {n}"),
    "figure.worst": ("阻断面积最大", "most area blocked"),
    "figure.not_used": ("本次不出动", "not used in this run"),
    "figure.stood_by": ("本次待命，未作业", "stood by, did no work in this run"),
    "figure.work": ("机械作业图", "Work graph of the machines"),
    "figure.kind_count": ("{kind} {n} 台", "{kind} ({n})"),
    "figure.depots": ("融雪剂存量", "De-icer in stock"),
    "figure.stock_t": ("存量（t）", "stock (t)"),
    "figure.stock_out": ("缺料", "stock-out"),
    "figure.no_depots": ("没有融雪剂点", "no depots"),
    "figure.idle": ("待命", "standing by"),
    "figure.lack": ("等待（缺班组、料、车位等）", "waiting (crew, stock, bay, …)"),
    "figure.no_work": ("没有机械出动", "no machine worked"),
    "figure.no_sections": ("没有需清扫的路段", "no sections to clear"),
    # The table after a run
    "table.title": ("各级道路何时通、何时净", "When roads are passable and when they are clean"),
    "table.after_snow_limit": ("雪停后", "after"),
    "table.by_clock_limit": ("按钟点", "by clock"),
    "table.class_expressway": ("快速路", "expressway"),
    "table.class_main": ("主干路", "main"),
    "table.class_secondary": ("次干路", "secondary"),
    "table.class_branch": ("支路", "branch"),
    "table.class_lane": ("背街小巷", "lane"),
    "table.class": ("道路", "roads"),
    "table.aspect": ("目标", "goal"),
    "table.opened": ("通行", "open"),
    "table.cleared": ("净路", "clean"),
    "table.n": ("路段", "n"),
    "table.never_blocked": ("始终\n通/净", "always"),
    "table.not_by_horizon": ("模拟结束\n仍未达到", "never"),
    "table.median": ("中位", "median"),
    "table.p95": ("95 %", "95 %"),
    "table.last": ("最后", "last"),
    "table.limit": ("时限", "limit"),
    "table.result": ("结果", "result"),
    "table.met": ("达标", "met"),
    "table.missed": ("未达标", "missed"),
    "table.undecided": ("未到时限", "undecided"),
    "table.no_limit": ("无时限", "no limit"),
    "table.snowing": ("雪未停", "snowing"),
    "table.after_snow": ("{hours:+.1f} h", "{hours:+.1f} h"),
    "table.limit_hours": ("{hours:.1f} h", "{hours:.1f} h"),
    "table.snow_stops": (
        "雪停 {time}；模拟至 {horizon}。",
        "Snow stops {time}; simulated until {horizon}.",
    ),
    "table.snow_unfinished": (
        "到模拟结束（{horizon}）仍在下雪：时限自雪停起算，无法判定。",
        "Still snowing at the end of the run ({horizon}): limits are not judged before it stops.",
    ),
    "table.no_snow": ("没有降雪；模拟至 {horizon}。", "No snow; simulated until {horizon}."),
    "table.note": (
        (
            "时刻为当地时间，其下为雪停后小时（负为雪停前）。中位、95%、最后按排序取值，"
            "只计期间由阻转通（由不净转净）的路段；始终通行（始终为净）和模拟结束仍未达到的另计。"
            "达标要求全部路段按时。"
        ),
        (
            "Local times; below them hours after snow stops (negative: before). Median, 95 % and "
            "last are nearest ranks over the sections that changed; those that always were so, or "
            "never for good by the end, are counted apart (n: all sections). A class meets its "
            "limit when every section does."
        ),
    ),
    # What varies from run to run
    "varies.snowfall_total": ("降雪总量", "snowfall total"),
    "varies.storm_duration": ("降雪时长", "storm duration"),
    "varies.onset": ("开始时刻", "onset"),
    "varies.temperature": ("气温", "temperature"),
    "varies.forecast_error": ("预报误差", "forecast error"),
    "varies.muster_delay": ("集结延误", "muster delay"),
    "varies.turn_out": ("出勤率", "turn-out"),
    "varies.working_speed": ("作业速度", "working speed"),
    "varies.loading_time": ("装料时间", "loading time"),
    "varies.failure": ("故障", "failures"),
    "varies.repair": ("修理时间", "repair time"),
    "varies.load_snow": ("装雪时间", "time to load a truck"),
    "varies.unload": ("卸雪时间", "time to unload a truck"),
    # Words that come with files
    "font.missing": (
        "字体中没有这些字，文件和图上显示为 □：{characters}",
        "The font lacks these characters; files and pictures show □: {characters}",
    ),
    **BESIDE,
}  # fmt: skip


def say(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang` (`zh` or `en`), with `values` filled in.

    Raises KeyError when there is no such key, ValueError when there is no such language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"language '{lang}': expected one of {', '.join(LANGUAGES)}")
    text = WORDS[key][LANGUAGES.index(lang)]
    return text.format(**values) if values else text


def name_of(group: str, value: str, lang: str) -> str:
    """The words for a value of a list (`state`, `zone`); a value that users made names itself."""
    key = f"{group}.{value}"
    return say(key, lang) if key in WORDS else value
