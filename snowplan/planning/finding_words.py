"""Words of the findings on a plan, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from snowplan.planning.finding import Finding
from snowplan.words import WORDS, name_of

FINDING_WORDS: dict[str, tuple[str, str]] = {
    "impossible": ("不可能", "impossible"),
    "gap": ("缺口", "gap"),
    "note": ("提示", "note"),
    "everywhere": ("全城", "the city"),
    "unit.h": ("h", "h"),
    "unit.m2": ("m²", "m²"),
    "unit.m3": ("m³", "m³"),
    "unit.mm": ("mm", "mm"),
    "unit.t": ("t", "t"),
    "unit.sections": ("段", "sections"),
    "unit.times": ("次", "times"),
    "unit.parties": ("支", "parties"),
    "unit.machines": ("台", "machines"),
    "unit.squads": ("队", "squads"),
    "unit_one.sections": ("段", "section"),
    "unit_one.times": ("次", "time"),
    "unit_one.parties": ("支", "party"),
    "unit_one.machines": ("台", "machine"),
    "unit_one.squads": ("队", "squad"),
    "group.frontage": ("门前五包", "frontage"),
    "group.hired": ("社会机械", "hired"),
    # Impossible
    "limit_open": (
        "{zone}：{classes}须通 {amount:,.1f} km（每向一条带），到时限最多通 {possible:,.1f} km",
        ("{zone}: {amount:,.1f} km of {classes} to open, one strip a direction; at most "
        "{possible:,.1f} km by the limit"),
    ),
    "limit_clear": (
        "{zone}：{classes}须净 {amount:,.0f} m²，到时限最多净 {possible:,.0f} m²",
        "{zone}: {amount:,.0f} m² of {classes} to clean; at most {possible:,.0f} m² by the limit",
    ),
    "limit_haul": (
        ("{classes}至少运 {m3:,.0f} m³；到时限装载机和抛雪机最多装 {loaders:,.0f} m³，"
        "运雪车最多运 {trucks:,.0f} m³"),
        ("at least {m3:,.0f} m³ to haul from {classes}; by the limit "
        "loaders and blowers load at most {loaders:,.0f} m³, trucks carry {trucks:,.0f} m³"),
    ),
    "limit_hand": (
        "{zone}：{group}须清人行道和非机动车道 {amount:,.0f} m²，到时限最多清 {possible:,.0f} m²",
        ("{zone}: {amount:,.0f} m² of pavement and cycle lane for {group}; at most "
        "{possible:,.0f} m² by the limit"),
    ),
    "limit_fringe": (
        ("{zone}：城乡结合部{classes}由乡村公司人工清 {amount:,.0f} m²，到时限最多 "
        "{possible:,.0f} m²"),
        ("{zone}: {amount:,.0f} m² of fringe {classes} by hand; at most {possible:,.0f} m² by "
        "the limit"),
    ),
    # Impossible: of several limits one at least
    "limits_open": (
        ("{zone}：{classes}共须通 {amount:,.1f} km（每向一条带），到其中最晚的时限最多通 "
        "{possible:,.1f} km，至少有一类误时"),
        ("{zone}: {amount:,.1f} km of {classes} to open, one strip a direction; at most "
        "{possible:,.1f} km by the latest of these limits: at least one is missed"),
    ),
    "limits_clear": (
        ("{zone}：{classes}共须净 {amount:,.0f} m²，到其中最晚的时限最多净 {possible:,.0f} m²，"
        "至少有一类误时"),
        ("{zone}: {amount:,.0f} m² of {classes} to clean; at most {possible:,.0f} m² by the "
        "latest of these limits: at least one is missed"),
    ),
    "limits_haul": (
        ("{classes}共至少运 {m3:,.0f} m³；到其中最晚的时限装载机和抛雪机最多装 {loaders:,.0f} m³，"
        "运雪车最多运 {trucks:,.0f} m³，至少有一类误时"),
        ("at least {m3:,.0f} m³ to haul from {classes}; by the latest of these limits loaders and "
        "blowers load at most {loaders:,.0f} m³, trucks carry {trucks:,.0f} m³: at least one is "
        "missed"),
    ),
    "limits_fringe": (
        ("{zone}：城乡结合部{classes}由乡村公司人工清 {amount:,.0f} m²，到其中最晚的时限最多 "
        "{possible:,.0f} m²，至少有一类误时"),
        ("{zone}: {amount:,.0f} m² of fringe {classes} by hand; at most {possible:,.0f} m² by the "
        "latest of these limits: at least one is missed"),
    ),
    "frontage_late": (
        "{zone}：门前五包在雪停后 {needed:g} h 才清，晚于人行道时限",
        ("{zone}: frontage duty is done {needed:g} h after snow stops, later than the limit of "
        "pavements"),
    ),
    # Gaps
    "haul_treated": (
        ("{road_class}运雪：撒过融雪剂的雪不上绿带时，须运 {needed:,.0f} m³（其中人行道、"
        "非机动车道 {sides:,.0f} m³），到时限最多运 {found:,.0f} m³；是估算，不是证明"),
        ("hauling from {road_class}: with snow that has de-icer kept off verges, {needed:,.0f} m³ "
        "to haul ({sides:,.0f} m³ of it from pavements and cycle lanes), at most {found:,.0f} m³ "
        "by the limit; an estimate, no proof"),
    ),
    "haul_short": (
        ("{road_class}运雪：须运 {needed:,.0f} m³（其中人行道、非机动车道 {sides:,.0f} m³），"
        "到时限最多运 {found:,.0f} m³；是估算，不是证明"),
        ("hauling from {road_class}: {needed:,.0f} m³ to haul ({sides:,.0f} m³ of it from "
        "pavements and cycle lanes), at most {found:,.0f} m³ by the limit; an estimate, no proof"),
    ),
    "dumps_small": (
        "堆雪点剩余容量装不下这场雪须运之雪",
        "the room in the dump points is less than this storm's snow to be hauled",
    ),
    "dumps_green": (
        "撒过融雪剂的雪不进绿地；其余堆雪点剩余容量装不下",
        "snow with de-icer stays off green space, and the other dump points have too little room",
    ),
    "no_owner": (
        "{zone}：{road_class}没有够得着的机械可清",
        "{zone}: no machine in reach may clear {road_class}",
    ),
    "no_owner_fringe": (
        "{zone}：城乡结合部{road_class}未派乡村公司，也没有够得着的机械可清",
        ("{zone}: fringe {road_class}: rural squads are not called and no machine in reach may "
        "clear it"),
    ),
    "never_clean": (
        "{zone}：{road_class}能来的机械一趟后留雪 {found:g} mm，高于净路限度",
        "{zone}: on {road_class} every machine that may come leaves {found:g} mm, more than clean",
    ),
    "no_squads": (
        "{zone}：{group}没有班组可清这些人行道和非机动车道",
        "{zone}: no squad of {group} with a shift for these pavements and cycle lanes",
    ),
    "out_of_reach": (
        "从储备点到不了或回不来：{names}",
        "cannot be driven to and from the depots: {names}",
    ),
    "stock_small": (
        "{zone}：须撒 {m2:,.0f} m²，按 {dose:g} g/m² 撒一遍，本区库存不足（全城 {all_t:g} t）",
        ("{zone}: {m2:,.0f} m² to treat once at {dose:g} g/m², more than the zone's stock "
        "({all_t:g} t in the city)"),
    ),
    "group_twice": ("{group}在同一级中列了两次", "{group} is listed twice at one grade"),
    "group_empty": (
        "派{group}，但没有人员、车辆或堆雪点",
        "nobody to call for {group}: no squads, or no loaders, trucks or dump points",
    ),
    "section_twice": (
        "路段 {section} 派给了 {owners}",
        "section {section} is given to {owners}",
    ),
    "shift_twice": (
        "{zone}：{kind} {start} 起 {hours:g} h 的班次写了多次",
        "{zone}: the shift of {kind} from {start}, {hours:g} h, is written more than once",
    ),
    "rest_short": (
        "班次 {id} 每天 {hours:g} h，两班之间休息不足",
        "shift {id} of {hours:g} h every day leaves too little rest between two of them",
    ),
    "no_crew": (
        "{zone}：{kind} {hours} 无班组，全部停着",
        "{zone}: {kind} has no crew {hours}; all of them stand",
    ),
    "few_crews": (
        "{zone}：{kind} {hours} 班组少于台数，{stand} 台停着",
        "{zone}: {kind} has fewer crews than machines {hours}; {stand} stand",
    ),
    "squads_idle": (
        "{zone}：{kind}的班组任何时候都少于队数",
        "{zone}: never as many crews as squads of {kind}",
    ),
    # Notes
    "haul_not_called": (
        "该级不派运雪组，而须运之雪至少有这么多：运雪时限无人去赶",
        ("hauling is not called at this grade, and at least so much snow should be hauled by the "
        "limits"),
    ),
    "crews_over": (
        "{zone}：{kind} {hours} 班组多于台数，{spare} 班无车",
        "{zone}: {kind} has more crews than machines {hours}; {spare} have none",
    ),
}  # fmt: skip


def finding_word(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang`, with `values` filled in."""
    text = FINDING_WORDS[key][1 if lang == "en" else 0]
    return text.format(**values) if values else text


def unit_word(unit: str, value: float | None, lang: str) -> str:
    """The words for a finding's unit after `value`; nothing for no unit."""
    one = f"unit_one.{unit}"
    key = one if value == 1 and one in FINDING_WORDS else f"unit.{unit}"
    return finding_word(key, lang) if unit else ""


def finding_text(item: Finding, lang: str) -> str:
    """What a finding says."""
    values = {"found": item.found, "needed": item.needed, **_named(item.values, lang)}
    return finding_word(item.code, lang, **values)


def _named(values: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The values with their keys of zones, classes, kinds and groups in words."""
    said = dict(values)
    if "zone" in said:
        zone = said["zone"]
        said["zone"] = name_of("zone", zone, lang) if zone else finding_word("everywhere", lang)
    if "road_class" in said:
        said["road_class"] = name_of("class", said["road_class"], lang)
    if "classes" in said:
        names = (name_of("class", name, lang) for name in said["classes"])
        said["classes"] = (", " if lang == "en" else "、").join(names)
    for key in ("group", "kind"):
        if key in said:
            said[key] = _who(str(said[key]), lang)
    return said


def _who(name: str, lang: str) -> str:
    """A group, a kind of machine or a truck in words."""
    if f"group.{name}" in FINDING_WORDS:
        return finding_word(f"group.{name}", lang)
    heads = ("group", "machine")
    return next((name_of(h, name, lang) for h in heads if f"{h}.{name}" in WORDS), name)
