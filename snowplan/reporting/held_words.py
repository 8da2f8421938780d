"""What held a section or the city back, in words and as a bar of signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from snowplan.analysis.held_course import BETWEEN, DRIVING, MELTING, NOT_DUE, SNOWED_OVER, WORKED
from snowplan.analysis.held_doing import WAITING, Piece
from snowplan.analysis.held_parts import PARTS
from snowplan.reporting.readiness_words import ready_name, share_name
from snowplan.units import MS_PER_H, MS_PER_MIN
from snowplan.words import LANGUAGES, name_of

QUIET = NOT_DUE, BETWEEN, MELTING  # nothing was due
BAR = 60  # signs in a bar
# Letters for waits, so that a bar reads on any terminal, in any print.
SIGNS = {
    NOT_DUE: ".", WORKED: "#", DRIVING: ">", BETWEEN: "-", SNOWED_OVER: "*", MELTING: "~",
    "waiting:called_off": "O", "waiting:crew": "C", "waiting:shift": "S", "waiting:night": "N",
    "waiting:stock": "K", "waiting:bay": "B", "waiting:load": "L", "waiting:repair": "R",
    "waiting:idle": "I", "waiting:team": "T", "waiting:other_work": "W", "waiting:unserved": "!",
}  # fmt: skip
_TEXTS: dict[str, tuple[str, str]] = {
    "hours": ("{h} 小时 {m} 分", "{h} h {m} min"),
    "whole_hours": ("{h} 小时", "{h} h"),
    "minutes": ("{m} 分", "{m} min"),
    "moment": ("不到 1 分", "under 1 min"),
    "share": ("{name} {time}（{share}）", "{name} {time} ({share})"),
    "comma": ("，", ", "),
    "and": ("、", " and "),
    "together": ("合计", " together"),
    "cleared": (
        "净路之前的时间（{start} 至 {end} 净，共 {total}）：{parts}。",
        "The time until it was clean ({start} to {end}, {total}): {parts}.",
    ),
    "not_cleared": (
        "模拟结束仍不净，全部时间（{start} 至 {end}，共 {total}）：{parts}。",
        "Not clean by the end; the whole time ({start} to {end}, {total}): {parts}.",
    ),
    "road": (
        "全路按面积计（有过不净的 {n} 段）：{parts}。",
        "The whole road, by area ({n} sections that were not always clean): {parts}.",
    ),
    "class": (
        (
            "{name}：净路之前的时间里，到期而等 {waiting}{most}，作业或正在赶来 {there}，"
            "净后又落雪 {over}，{names} {quiet}。"
        ),
        (
            "{name}: of the time until clean, work was due and waited for {waiting}{most}, "
            "machines were there or on their way for {there}, it was snowed over again for {over}; "
            "{names} took {quiet}."
        ),
    ),
    "class_clean": ("{name}：始终为净。", "{name}: always clean."),
    "most": ("（最多的是{cause} {share}）", " (mostly {cause}, {share})"),
    "title": ("什么拖住了全城", "What held the city back"),
    "note": (
        (
            "各路段从模拟开始到稳定净路（或模拟终点）的时间，按面积加权，各栏合计 100 %。"
            "“等”按后来那台机械当时在做什么分类。"
        ),
        (
            "Time of the sections from the start of the run until clean for good (or its end), "
            "weighted by area; columns add up to 100 %. Waiting goes by what the machine that came "
            "next was doing."
        ),
    ),
    "part": ("时间的去处", "time spent"),
    "states": ("路况", "state"),
    "state": ("路况：{state}", "state: {state}"),
    "stops": ("雪停", "snow stops"),
    "section_title": ("净路之前的时间 · {place}", "Time until clean · {place}"),
    "share_axis": (
        "净路之前（或到模拟终点）的时间，按面积加权",
        "time until clean (or the end of the run), weighted by area",
    ),
    "area": ("面积，m²", "area, m²"),
}


def held_text(key: str, lang: str, **values: object) -> str:
    """The words for `key` of this module, with `values` filled in."""
    return _TEXTS[key][LANGUAGES.index(lang)].format(**values)


def duration(length_ms: float, lang: str) -> str:
    """A length of time in hours and minutes."""
    h, m = divmod(round(length_ms / MS_PER_MIN), MS_PER_H // MS_PER_MIN)
    key = "hours" if h and m else "whole_hours" if h else "minutes" if m else "moment"
    return held_text(key, lang, h=h, m=m)


def percent(share: float) -> str:
    """A share in per cent; less than one of a hundred is told as such."""
    return "<1 %" if 0 < share < 0.01 else f"{100 * share:.0f} %"


def sums_of(pieces: Iterable[Piece]) -> dict[str, int]:
    """Milliseconds by part, in the order of the parts."""
    sums = dict.fromkeys(PARTS, 0)
    for piece in pieces:
        sums[piece.part] += piece.end_ms - piece.start_ms
    return {part: length for part, length in sums.items() if length}


def parts_in_words(sums: Mapping[str, float], lang: str) -> str:
    """Parts with hours, minutes and shares, the largest first."""
    total = sum(sums.values())
    ranked = sorted(sums, key=lambda part: (-sums[part], PARTS.index(part)))
    return held_text("comma", lang).join(
        held_text(
            "share", lang, name=share_name(part, lang), time=duration(sums[part], lang),
            share=percent(sums[part] / total),
        )
        for part in ranked
    )  # fmt: skip


def shares_in_words(shares: Mapping[str, float], lang: str) -> str:
    """Parts with their shares, the largest first."""
    ranked = sorted(shares, key=lambda part: (-shares[part], PARTS.index(part)))
    told = (f"{share_name(part, lang)} {percent(shares[part])}" for part in ranked)
    return held_text("comma", lang).join(told)


def class_line(row: Mapping[str, Any], lang: str) -> str:
    """One sentence on a road class; `row` as of `held_shares`."""
    name, shares = name_of("class", row["road_class"], lang), row["shares"]
    if not shares:
        return held_text("class_clean", lang, name=name)
    waits = {part: share for part, share in shares.items() if part.startswith(WAITING)}
    most = ""
    if waits:
        cause = max(waits, key=lambda part: waits[part])
        most = held_text("most", lang, cause=cause_name(cause, lang), share=percent(waits[cause]))
    groups = {
        "waiting": sum(waits.values()),
        "there": _share(shares, WORKED, DRIVING),
        "over": _share(shares, SNOWED_OVER),
        "quiet": _share(shares, *QUIET),
    }
    told = {key: percent(share) for key, share in groups.items()}
    there = [part for part in QUIET if shares.get(part)] or [NOT_DUE]
    names = held_text("and", lang).join(share_name(part, lang) for part in there)
    names += held_text("together", lang) if len(there) > 1 else ""
    return held_text("class", lang, name=name, most=most, names=names, **told)


def cause_name(part: str, lang: str) -> str:
    """A cause of waiting by itself: 先做别处."""
    return ready_name(f"wait.{part.removeprefix(WAITING)}", lang)


def _share(shares: Mapping[str, float], *parts: str) -> float:
    return sum(shares.get(part, 0.0) for part in parts)


def bar(pieces: Sequence[Piece], width: int = BAR) -> str:
    """A section's time as signs: each the part that takes most of its share of the time."""
    begin, end = pieces[0].start_ms, pieces[-1].end_ms
    cells = [dict.fromkeys(PARTS, 0.0) for _ in range(width)]
    scale = width / (end - begin)
    for piece in pieces:
        a, b = ((t - begin) * scale for t in (piece.start_ms, piece.end_ms))
        for number in range(int(a), min(width, int(b) + 1)):
            cells[number][piece.part] += max(0.0, min(b, number + 1) - max(a, number))
    return "".join(SIGNS[max(cell, key=lambda part: cell[part])] for cell in cells)


def legend(parts: Iterable[str], lang: str) -> list[str]:
    """What the signs of a bar mean, in the order of the parts."""
    there = set(parts)
    return [f"{SIGNS[part]} {share_name(part, lang)}" for part in PARTS if part in there]
