"""The page `docs/formats.md`, made from the declaration of the tables."""

from __future__ import annotations

from snowplan.results.log import EVENT_KINDS, REASONS
from snowplan.results.schema import Table
from snowplan.results.tables import TABLES

INTRO = """# Files of a run folder · 运行结果文件

<!-- Made by snowplan.results.formats from snowplan/results/tables.py; change it there. -->

`runs/<时间 time>-<情景 scenario>-<哈希 hash>/` 写全后才改名，从不覆盖；`manifest.json` 的 `files` 列出每个文件的 SHA-256。
The folder gets its name when it is whole and nothing is ever overwritten; `files` in `manifest.json` lists every file with its SHA-256.

所有 `_ms` 为情景开始以来的整毫秒；区间含起点、不含终点；"稳定"指直到模拟终点不再反复。
Every `_ms` is whole milliseconds since the scenario's start; intervals are half-open; *for good* means until the horizon.

| file 文件 | content 内容 |
|---|---|
| `manifest.json` | 版本、随机种子、每个输入与输出的 SHA-256、时间、状态、随机因素 · version, run seed, SHA-256 of every input and output, times, state, what varied |
| `scenario.toml` | 展开后的情景 · the scenario, resolved |
| `summary.json` | 汇总 · summary |
| `ledger.json` | 收支账：`{snow, deicer, machines: {terms…, residual}}`，账目差额应为 0 · accounts; residual is 0 |
"""  # noqa: E501 - a row of a Markdown table is one line

SUMMARY = """
## `summary.json`

| key | 单位 unit | 含义 | meaning |
|---|---|---|---|
| `grade` | | 判定的雪情等级（模拟终点时） | the snow grade in force at the end |
| `snow_stops_ms` | ms | 雪停；没有降雪为 null | when snow stops; null if none fell |
| `snow_unfinished` | | 到模拟结束仍在下雪：此时没有时限，也不判定达标 | still snowing at the end of the run: then there are no limits and no verdicts |
| `classes.<road_class>.opened`, `.cleared` | | 通行、净路 | opening and clearing |
| … `n` | | 本级由中心清扫的路段数 | sections of the class that the centre clears |
| … `never_blocked` | | 从未阻断（净路：从未不净）的路段数 | never blocked (cleared: never other than clean) |
| … `not_by_horizon` | | 模拟结束仍未通（未净）的路段数 | not by the horizon |
| … `timed` | | 有时刻的路段数 = n − never_blocked − not_by_horizon;分位数只按它们计算 | sections with a time; percentiles are over these alone |
| … `median_ms`, `p95_ms`, `last_ms` | ms | 中位、95 %、最后（按排序取值：第 ⌈p·timed⌉ 个）;没有则为 null | nearest rank: the ⌈p·timed⌉-th in order; null if there is none |
| … `limit_h` | h | 雪停后小时的时限（取严者） | limit in hours after snow stops (the stricter) |
| … `limit_kind` | | after_snow 或 by_clock | which limit binds |
| … `met` | | 全部路段是否达标；无时限或尚不能判断为 null | whether every section met it; null without limit or when still undecided |
"""  # noqa: E501 - as above


def formats_page() -> str:
    """The whole page as Markdown."""
    listing = "".join(
        f"| `{table.file}` | {table.zh} · {table.en} |\n" for table in TABLES.values()
    )
    kinds = (
        "\n## 事件种类 · Kinds of events\n\n"
        + ", ".join(f"`{kind}`" for kind in EVENT_KINDS)
        + "\n\n原因 · reasons: "
        + ", ".join(f"`{reason}`" for reason in REASONS if reason)
        + "\n"
    )
    return INTRO + listing + "".join(map(_section, TABLES.values())) + kinds + SUMMARY


def _section(table: Table) -> str:
    head = (
        f"\n## `{table.file}`\n\n{table.zh}。\n{table.en}.\n\n"
        "| column | dtype | 单位 unit | 含义 | meaning |\n|---|---|---|---|---|\n"
    )
    rows = "".join(
        f"| `{column.name}` | {column.dtype} | {column.unit} | {column.zh} | {column.en} |\n"
        for column in table.columns
    )
    return head + rows
