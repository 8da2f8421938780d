"""Words of faults in Chinese; English is the faults' own language."""

from __future__ import annotations

import re

from snowplan.cli.readiness_texts import PARTS_ZH
from snowplan.cli.workbook_fault_words import WORKBOOK_EXPECTED, WORKBOOK_FOUND

PARTS = "parts "
LACKING = re.compile("no (crew|row) for ")
SHEET = re.compile(r"(\.xls[xm]) sheet ([^,\s]+(?: points)?)", re.IGNORECASE)
# How the places of faults read.
PLACES: tuple[tuple[str, str], ...] = (
    (r"rows? ([\d, -]+)", r"第 \1 行"),
    (r"line (\d+)", r"第 \1 行"),
    (r"cell ([A-Z]+\d+)", r"单元格 \1"),
    (r"key variant\.(\d+)\.(.+)", r"第 \1 个方案的键 \2"),
    (r"key storm\.(\d+)\.(.+)", r"第 \1 场降雪的键 \2"),
    (r"key (.+)", r"键 \1"),
    (r"column (.+)", r"列 \1"),
    (r"variant (.+), storms (.+)", r"方案 \1，降雪 \2"),
)
# What was found, where the program and not the user says it; {…} is carried over.
FOUND: tuple[tuple[str, str], ...] = (
    ("nothing", "空缺"),
    ("a study", "研究"),
    ("a scenario", "情景"),
    ("a list of {names}", "{names} 项的列表"),
    ("no depot left", "没有剩下储备点"),
    ("other weather", "不同的天气"),
    ("no run", "没有结果"),
    ("no rows", "没有数据行"),
    ("no instant", "没有写时刻"),
    ("no such folder", "没有这个文件夹"),
    ("no such column", "没有这一列"),
    ("no such file", "没有这个文件"),
    ("No such file or directory", "没有这个文件"),
    ("Permission denied", "没有权限"),
    ("Is a directory", "文件夹"),
    ("no now.toml", "没有 now.toml"),
    ("no whole JSON", "残缺的 JSON"),
    ("no columns {names}", "没有 {names} 列"),
    ("no worker", "没有 worker"),
    ("GBK text", "GBK 编码的文字"),
    ("byte {names}", "字节 {names}"),
    ("{names} cells", "{names} 格"),
    ("{names} columns", "{names} 列"),
    ("a state of {names}", "{names} 的状态"),
    ("an extra file", "多余的文件"),
    ("these keys", "这些键"),
    ("other values", "不同的值"),
    ("another result of the same run", "同一次推演的另一个结果"),
    ("something else", "别的内容"),
    ("version {names}", "版本 {names}"),
    ("source {names}", "源码 {names}"),
    ("format {names}", "格式 {names}"),
    ("missing", "缺失"),
    ("this name twice", "同一名称出现两次"),
)
# English as the faults say it, Chinese; {…} is carried over. Rarer ones stay English.
EXPECTED: tuple[tuple[str, str], ...] = (
    ("a known key ({names})", "已知的键（{names}）"),
    ("a value for {name}", "给出 {name} 的值"),
    ("one of {names}", "下列之一：{names}"),
    ("a known column", "已知的列"),
    ("a zone of the map", "路网中的区"),
    ("a zone of the map: {names}", "路网中的区：{names}"),
    ("a machine type: {names}", "机种：{names}"),
    ("a machine type, truck or a group of squads: {names}", "机种、运雪车或派班组的组：{names}"),
    ("a group that sends squads: {names}", "派班组的组：{names}"),
    ("a road class: {names}", "道路等级：{names}"),
    ("road classes: {names}", "道路等级：{names}"),
    ("a de-icer: {names}", "融雪剂：{names}"),
    ("a source tag: {names}", "来源标记：{names}"),
    ("true or false: {names}", "是非：{names}"),
    ("each once; a duplicate of row {low}", "各出现一次；与第 {low} 行重复"),
    ("each section once", "每个路段只出现一次"),
    ("each class once", "每个等级只出现一次"),
    ("{low} cells", "{low} 格"),
    ("at most {kind}, {high}", "不大于 {kind}（{high}）"),
    ("a folder of tables", "放表的文件夹"),
    ("a folder with map.toml, or a .graphml file", "含 map.toml 的文件夹，或 .graphml 文件"),
    ("a folder with now.toml, which has the instant", "含 now.toml 的文件夹，其中写时刻"),
    ("tables by these names only: {names}", "只用这些表名：{names}"),
    ("a section of the map {names}", "路网 {names} 的路段"),
    ("a storm between {begin} and {end}", "降雪在 {begin} 与 {end} 之间"),
    ("a row of {kind} in {names}", "{names} 中有 {kind} 一行"),
    ("a file that can be read", "可读的文件"),
    ("a JSON file", "JSON 文件"),
    ("a run and the instant that it stored: {names}", "结果文件夹@存下的时刻：{names}"),
    ("a state of {names}", "{names} 的状态"),
    ("a file of one run, as `snowplan run` makes it", "`snowplan run` 一次推演的结果文件"),
    ("a table as docs/formats.md describes it", "docs/formats.md 所述的表"),
    ("only files that the manifest lists", "只有 manifest.json 列出的文件"),
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
    ("letters, digits, _, - and + only", "只用字母、数字、_、- 和 +"),
    ("a list in [ ]", "方括号 [ ] 中的列表"),
    ("a longer list", "更长的列表"),
    ("a list of {low} or more", "至少 {low} 项的列表"),
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
    ("text in UTF-8 (from Excel: save as CSV UTF-8)", "UTF-8 文字（在 Excel 里另存为“CSV UTF-8”）"),
    (
        "text in UTF-8 (from Excel: save as CSV UTF-8), not in GBK",
        "UTF-8 文字，不是 GBK（在 Excel 里另存为“CSV UTF-8”）",
    ),
    ("a time of day such as 07:30", "钟点，如 07:30"),
    ("a time zone such as Asia/Shanghai", "时区，如 Asia/Shanghai"),
    ("a named override: {names}", "已命名的变体：{names}"),
    ("the name of a scenario file", "情景文件名"),
    ("a scenario", "情景"),
    (
        "a scenario file or the name of one that comes with the project",
        "情景文件，或自带情景的名称或标题",
    ),
    ("a scenario; a study is for `snowplan compare`", "情景（研究用 `snowplan compare`）"),
    ("a study; a scenario is for `snowplan run`", "研究（情景用 `snowplan run`）"),
    (
        "a study file or the name of one that comes with the project",
        "研究文件，或自带研究的名称或标题",
    ),
    ("the name of a scenario, or its keys", "情景名，或情景的各键"),
    ("a variant: {names}", "方案：{names}"),
    ("an id of its own", "各不相同的 id"),
    ("scenarios with names of their own", "名称各不相同的情景"),
    (
        "those of {name}: a report has one map, one plan and one set of tables",
        "与 {name} 相同：一份报告只用同一路网、同一预案、同一套台账",
    ),
    ("at least replications, {low}", "不小于 replications（{low}）"),
    (
        "a measure on the map {name} (docs/comparing.md)",
        "路网 {name} 上的指标（docs/comparing.md）",
    ),
    ("a measure that decides: {names}", "question.decide 中的指标：{names}"),
    ("each measure once", "每个指标只出现一次"),
    (
        "no such key here: it is the study's own or the base's",
        "这里不写这个键，它属于研究或基准情景",
    ),
    (
        "no such key here: all variants meet the same storms on the same map",
        "这里不写这个键：各方案的降雪和路网都相同",
    ),
    ("the same weather for all variants", "各方案的天气相同"),
    ("a block of weather alone: {names}", "只含天气的变体：{names}"),
    ("at least one depot", "至少一处储备点"),
    ("a junction of its own, not that of {names}", "自己的路口，不与 {names} 同一路口"),
    ("a place within {high} km of a road", "离道路不超过 {high} km 的地方"),
    ("a place from which all roads are reached", "能到达所有道路的地方"),
    ("either closed or changed, not both", "要么撤销，要么更改，不能兼有"),
    ("a depot: {names}; a new one also {more}", "储备点：{names}；新设的还要给出 {more}"),
    ("a place within {high} km of the roads", "离路网不超过 {high} km 的地方"),
    ("a section's id or a road's name", "路段号或路名"),
    ("a section, road, zone or class: {names}", "路段、路名、区或道路等级：{names}"),
    ("a section, road, zone or class", "路段、路名、区或道路等级"),
    ("a machine of the scenario", "情景中的机械"),
    ("a junction, depot or section", "路口、储备点或路段"),
    ("a depot", "储备点"),
    ("a crew group", "班组"),
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
    ("none of it, as in this scenario", "没有这一项，与本情景一致"),
    ("{kind}, such as {names}", "{kind}，如 {names}"),
    (
        "those with which the stored runs were made; `--no-resume` puts them aside",
        "已存推演所用的值；加 `--no-resume` 则把已存推演移到一旁",
    ),
    (
        "{names}, with which the stored runs were made; `--no-resume` puts them aside",
        "{names}（已存推演所用）；加 `--no-resume` 则把已存推演移到一旁",
    ),
    (
        (
            "those with which stored runs were made; "
            "all shards and what is in --out need the same inputs"
        ),
        "已存推演所用的值；各份以及 --out 中已有的推演都要用同样的输入",
    ),
    (
        (
            "{names}, with which stored runs were made; "
            "all shards and what is in --out need the same inputs"
        ),
        "{names}（已存推演所用）；各份以及 --out 中已有的推演都要用同样的输入",
    ),
    (
        ("the file as it was written (its SHA-256 does not fit); remove it, and the stored runs of "
        "these inputs are still found"),
        "写出时的原样（SHA-256 不符）；删去它，仍能找到依现有输入所做的推演",
    ),
    ("the result in {names} line {low}", "{names} 第 {low} 行的结果"),
    ("version {names}", "版本 {names}"),
    ("source {names}", "源码 {names}"),
    ("a store of replications", "存放各次推演的文件夹"),
)  # fmt: skip


def place_zh(place: str) -> str:
    """Where a fault is; a place without a rule stays as it is."""
    if place.startswith(PARTS):
        return "、".join(PARTS_ZH.get(part, part) for part in place.removeprefix(PARTS).split(", "))
    for pattern, chinese in PLACES:
        if found := re.fullmatch(pattern, place):
            return found.expand(chinese)
    return place


def file_zh(file: str) -> str:
    """A file, or the sheet of a workbook."""
    return SHEET.sub(r"\1 工作表“\2”", file)


def expected_zh(text: str) -> str:
    """What was expected; words without a translation stay English."""
    for pattern, chinese in _EXPECTED:
        if found := pattern.fullmatch(text):
            return chinese.format(
                **{name: expected_zh(part) for name, part in found.groupdict().items()}
            )
    return text


def found_zh(text: str) -> str:
    """What was found; what users wrote stays as it is."""
    plain = text.removeprefix("'").removesuffix("'")
    text = plain if plain in _OURS or LACKING.match(plain) else text
    for pattern, chinese in _FOUND:
        if found := pattern.fullmatch(text):
            return chinese.format(**found.groupdict())
    return text


def compiled(english: str) -> re.Pattern[str]:
    """The English with its blanks as groups; a bound is one word."""
    text = re.sub(r"\\\{(low|high)\\\}", r"(?P<\1>\\S+)", re.escape(english))
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", text), re.DOTALL)


_EXPECTED = [(compiled(english), zh) for english, zh in (*WORKBOOK_EXPECTED, *EXPECTED)]
_FOUND_TEXTS = (*WORKBOOK_FOUND, *FOUND)
_OURS = frozenset(english for english, _ in _FOUND_TEXTS)  # some faults put them in quotes
_FOUND = [(compiled(english), chinese) for english, chinese in _FOUND_TEXTS]
