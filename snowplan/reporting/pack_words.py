"""Words of the paper pack, in Chinese and in English."""

from __future__ import annotations

from snowplan.words import LANGUAGES

PACK_WORDS: dict[str, tuple[str, str]] = {
    "title": ("清雪作业单", "Work orders"),
    "contents": ("目录：一机一单", "Contents: one sheet a machine"),
    "about": (
        (
            "{title}，{map}。开始 {start}，雪停 {stops}。时刻取自参照推演 {reference}，"
            "为预计，以现场为准。"
        ),
        (
            "{title}, {map}. Begins {start}; snow stops {stops}. Times are those expected by the "
            "reference run {reference}; what is found on the road decides."
        ),
    ),
    "schematic": (
        "路网为示意图：示意道路不是真实街道，先换成实测路网再用。",
        "The map is schematic: made-up roads are no streets; put in a surveyed map before use.",
    ),
    "printing": (
        "双面打印；每单从单页（正面）开始，最后一页是作业记录。",
        "Print on both sides: every sheet begins on an odd page and ends with the work log.",
    ),
    "sheet": ("{machine}  {kind}", "{machine}  {kind}"),
    "page": ("{machine}　第 ", "{machine}  Page "),
    "of": (" 页 共 ", " of "),
    "pages": (" 页", ""),
    "meeting": ("集合点", "Meeting point"),
    "no_depot": ("＿＿＿＿＿＿（现场填写）", "__________ (fill in)"),
    "far": ("（本区无储备点，就近）", " (the zone has none: the nearest)"),
    "shut": ("{name}，不收含融雪剂的雪", "{name}, shut to snow with de-icer"),
    "near": ("{name}（近 {place}）", "{name} (near {place})"),
    "refill": ("加料：先回本储备点，其次", "Refill: own depot first, then"),
    "km": ("{name} {km:.1f} km", "{name} {km:.1f} km"),
    "dumps": ("堆雪点", "Dump points"),
    "call": (
        "电话 ＿＿＿＿＿＿＿＿　电台频道 ＿＿＿＿＿　调度电话 ＿＿＿＿＿＿＿＿　带班 ＿＿＿＿＿＿",
        "Phone ______________  Radio channel ________  Dispatch ______________  In charge ________",
    ),
    "crew": ("班组", "Crew"),
    "takes_over": ("预计接班", "Takes over"),
    "names": ("姓名", "Names"),
    "phone": ("电话", "Phone"),
    "crew_of": ("{shift} 班 {group} 第 {number} 组", "{shift} shift, {group}, crew {number}"),
    "number": ("序", "No."),
    "time": ("预计时刻", "Expected"),
    "work": ("作业", "Work"),
    "road": ("道路", "Road"),
    "way": ("起止路口（→ 单向　⇄ 往返）", "From – to (→ one way, ⇄ both ways)"),
    "times": ("趟", "Times"),
    "done": ("完成", "Done"),
    "day": ("{day}", "{day}"),
    "hand_over": ("{start} 接班：{crew}", "{start} takes over: {crew}"),
    "crossing": ("×", " × "),
    "to": ("{road} → {place}", "{road} → {place}"),
    "rules": (
        (
            "通信中断时：按序号做。早于预计：接着做下一项。只有两种情况可以跳项，并记在作业记录上："
            "一、晚于预计时，主干路、桥、坡、医院和车站门前仍按序号做，其余可先跳过，留给下一遍；"
            "二、路不通时，绕到下一项。机械故障：记下停在哪一项。{refill}"
            "每次接班在集合点当面交接本单；全部做完回集合点。"
            "趟：该段路同一方向做几遍（往返则每向几遍），运雪为车数。"
        ),
        (
            "Without phone and radio: work in the order of the numbers. Ahead of time: go on with "
            "the next. Lines are left out in two cases alone, noted in the log: behind time, main "
            "roads, bridges, slopes, hospitals and stations are still done in their order, others "
            "may wait for the next round; where a road is blocked, take the next line. Machine "
            "broken: note the line at which it stopped. {refill}Hand this sheet over in person at "
            "the meeting point; when all is done, return there. Times: how often the stretch is "
            "driven in one direction (in each, where both ways); loads of snow for trucks."
        ),
    ),
    "rules.refill": (
        "缺料：回集合点加料，无料去下一个储备点。",
        "Out of de-icer: refill at the meeting point, or at the next depot. ",
    ),
    "log": ("作业记录　{machine}", "Work log  {machine}"),
    "log.time": ("时间", "Time"),
    "log.place": ("地点（路段）", "Place"),
    "log.done": ("完成情况", "Done"),
    "log.deicer": ("融雪剂 kg", "De-icer, kg"),
    "log.remarks": ("备注（故障、阻断、加料）", "Remarks (failure, blocked, refill)"),
    "log.signature": ("签名", "Signature"),
    "work.load": ("加料", "refill"),
    "work.haul": ("运雪", "haul"),
    "part.cycle_lane": ("清非机动车道", "cycle lane by hand"),
    "part.pavement": ("清人行道", "pavement by hand"),
    "part.carriageway": ("清车行道", "carriageway by hand"),
    "part.frontage": ("清门前", "frontage by hand"),
}


def pack_word(key: str, lang: str, **values: object) -> str:
    """The words for `key`, with `values` filled in."""
    text = PACK_WORDS[key][LANGUAGES.index(lang)]
    return text.format(**values) if values else text
