"""Words of faults in Chinese; English is the faults' own language."""

from __future__ import annotations

import re

# How the places of faults read.
PLACES: tuple[tuple[str, str], ...] = (
    (r"rows? ([\d, -]+)", r"第 \1 行"),
    (r"line (\d+)", r"第 \1 行"),
    (r"key (.+)", r"键 \1"),
    (r"column (.+)", r"列 \1"),
)
FOUND = {
    "nothing": "空缺",
    "no run": "没有结果",
    "no rows": "没有数据行",
    "no such folder": "没有这个文件夹",
    "no such column": "没有这一列",
    "missing": "缺失",
}
# English as the faults say it, Chinese; {…} is carried over. Rarer ones stay English.
EXPECTED: tuple[tuple[str, str], ...] = (
    ("a known key ({names})", "已知的键（{names}）"),
    ("a value for {name}", "给出 {name} 的值"),
    ("one of {names}", "下列之一：{names}"),
    ("a finite number; {more}", "有限的数；{more}"),
    ("{kind} of {unit}, written without the unit", "{kind}（{unit}，不写单位）"),
    ("{kind}, above {low}", "{kind}，大于 {low}"),
    ("{kind}, below {high}", "{kind}，小于 {high}"),
    ("{kind}, {low} or more", "{kind}，不小于 {low}"),
    ("{kind}, {high} or less", "{kind}，不大于 {high}"),
    ("{kind} above {low}, at most {high}", "{kind}，大于 {low}、不大于 {high}"),
    ("{kind} above {low}", "{kind}，大于 {low}"),
    ("{kind} from {low} to {high}", "{kind}，{low} 至 {high}"),
    ("{kind} from {low} up", "{kind}，不小于 {low}"),
    ("{kind} of at most {high}", "{kind}，不大于 {high}"),
    ("a whole number", "整数"),
    ("a finite number", "有限的数"),
    ("a number", "数"),
    ("true or false", "true 或 false"),
    ("a text", "文字"),
    ("a text that is not blank", "不空白的文字"),
    ("a text without control characters", "不含控制字符的文字"),
    ("letters, digits, _ and - only", "只用字母、数字、_ 和 -"),
    ("a list in [ ]", "方括号 [ ] 中的列表"),
    ("a longer list", "更长的列表"),
    ("a table", "一个表"),
    ("a table of keys", "由键组成的表"),
    ("a table in CSV", "CSV 表"),
    ("the columns {names}", "各列：{names}"),
    ("a column {name}", "有 {name} 列"),
    ("at least one row", "至少一行"),
    ("each column once", "每列只出现一次"),
    ("a file", "文件"),
    ("a file that exists", "存在的文件"),
    ("a file or folder that exists", "存在的文件或文件夹"),
    ("a file, not a device", "文件，不是设备"),
    ("a file on this machine, not an address", "本机文件，不是网址"),
    ("valid TOML", "合规的 TOML"),
    ("text in UTF-8", "UTF-8 编码的文字"),
    ("text in UTF-8, not in GBK", "UTF-8 编码的文字，不是 GBK"),
    ("a time of day such as 07:30", "钟点，如 07:30"),
    ("a time zone such as Asia/Shanghai", "时区，如 Asia/Shanghai"),
    ("a named override: {names}", "已命名的变体：{names}"),
    ("the name of a scenario file", "情景文件名"),
    ("a scenario", "情景"),
    (
        "a scenario file or the name of one that comes with the project",
        "情景文件，或自带情景的名称或标题",
    ),
    ("a section's id or a road's name", "路段号或路名"),
    ("a section, road, zone or class: {names}", "路段、路名、区或道路等级：{names}"),
    ("a machine of the scenario: {names}", "情景中的机械：{names}"),
    ("a junction, depot or section: {names}", "路口、储备点或路段：{names}"),
    ("a depot: {names}", "储备点：{names}"),
    ("a crew group: {names}", "班组：{names}"),
    ("yes or no: {names}", "是或否：{names}"),
    (
        "an instant of the scenario, from {begin} to before {end}",
        "情景内的时刻，{begin} 至 {end} 之前",
    ),
    (
        "a local time such as 2026-01-16T03:00, or hours after the start",
        "当地时间，如 2026-01-16T03:00，或开始后的小时数",
    ),
    ("the file as it was written (its SHA-256 does not fit)", "写出时的原样（SHA-256 不符）"),
    ("'{names}', as in this scenario", "“{names}”，与本情景一致"),
    ("a run folder", "结果文件夹"),
    ("a finished run; `snowplan run` makes one", "已完成的推演；用 `snowplan run` 做一次"),
)  # fmt: skip


def place_zh(place: str) -> str:
    """Where a fault is; a place without a rule stays as it is."""
    for pattern, chinese in PLACES:
        if found := re.fullmatch(pattern, place):
            return found.expand(chinese)
    return place


def expected_zh(text: str) -> str:
    """What was expected; words without a translation stay English."""
    for pattern, chinese in _COMPILED:
        if found := pattern.fullmatch(text):
            return chinese.format(
                **{name: expected_zh(part) for name, part in found.groupdict().items()}
            )
    return text


def _compiled(english: str) -> re.Pattern[str]:
    """The English with its blanks as groups; a bound is one word."""
    text = re.sub(r"\\\{(low|high)\\\}", r"(?P<\1>\\S+)", re.escape(english))
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", text), re.DOTALL)


_COMPILED = [(_compiled(english), chinese) for english, chinese in EXPECTED]
