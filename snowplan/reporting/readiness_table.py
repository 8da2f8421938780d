"""A readiness report on the terminal: verdicts by limit, the envelope, what one more buys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from snowplan.reporting.folding import folded
from snowplan.reporting.house_table import house_table
from snowplan.reporting.readiness_telling import (
    item_order,
    of_scenario,
    scenario_names,
    scenarios_of,
    storm_told,
)
from snowplan.reporting.readiness_words import MARK_SIGNS, grade_name, item_name, ready_name, titled
from snowplan.reporting.tables import width_of
from snowplan.words import LANGUAGES, name_of

Report = Mapping[str, Any]
Row = Mapping[str, Any]
CELL = 12  # width of `× 9/36 ≤−1.7`
BOUNDS = {"<": "<", "": "", ">=": "≥"}  # the least snow first
SHOWN = 3  # of what one more buys
WIDTH = 100  # where there is no terminal
TEXTS: dict[str, tuple[str, str]] = {
    "title": ("各时限能否守住", "Can each limit be held"),
    "quick": ("（示意：推演次数少，数字仅供参考）", " (indicative: few runs, rough figures)"),
    "limit": ("时限", "limit"),
    "all": ("总评", "all limits"),
    "cell": (
        "每格：标记，守住次数/推演次数，余量的中位数（小时，负数为晚；≤ 表示至多）。",
        (
            "Each cell: mark, runs in which it held / runs, median margin in hours "
            "(negative: late; ≤: at most)."
        ),
    ),
    "marks": ("标记：{marks}。", "Marks: {marks}."),
    "asked": (
        "守住：每个路段都按时，概率不低于 {p:g}（{c:.0f} % 区间）。",
        "Held: every section in time, with a probability of {p:g} ({c:.0f} % intervals).",
    ),
    "envelope": (
        "能力边界（概率 {p:g}，区间假定各次推演的雪量服从对数正态）：",
        "Capability envelope (probability {p:g}; intervals take the runs' snowfalls as lognormal):",
    ),
    "envelope_single": (
        "能力边界（仅一次推演，谈不上概率）：",
        "Capability envelope (of one run, so no probability):",
    ),
    "envelope_row": (
        "{title}（{storm}）：先到头的是{item}，{mm}{range}{basis}{reaches}；{binds}",
        "{title} ({storm}): first to fail is {item}, at {mm}{range}{basis}{reaches}; {binds}",
    ),
    "basis_n": ("（{n} 次推演）", " ({n} runs)"),
    "basis_held": ("（在此雪量 {n} 次推演守住 {k} 次）", " (held there in {k} of {n} runs)"),
    "reaches": ("，按量属{grade}", ", which is {grade}"),
    "binds": ("制约：{names}", "binding: {names}"),
    "binds_none": ("放宽任何一类力量都无改善", "no means eased gains anything"),
    "binds_unasked": ("受什么所限：未试", "what binds was not tried"),
    "binds_quick": ("受什么所限：示意稿不试", "what binds is not tried in an indicative report"),
    "no_envelope": ("{title}：没有能力边界", "{title}: no envelope"),
    "marginal": (
        "再添一份力量（{title}），评定的 {k} 项中证实有用的：",
        "One more of (in {title}), of {k} judged those proven to help, best first:",
    ),
    "marginal_none": (
        "再添一份力量（{title}）：评定的 {k} 项没有一项证实有用。",
        "One more of (in {title}): of {k} judged none is proven to help.",
    ),
    "marginal_tried": (
        "再添一份力量（{title}），只初试，不作评定：",
        "One more of (in {title}), tried only, too few runs to judge by:",
    ),
    "nothing": ("没有一样见好。", "Nothing gained."),
    "rest": ("其余看不出好处。", "The rest shows no gain."),
    "sum": (
        "合计：通行、净路、运净三个平均时刻各早几分钟之和。",
        "In all: minutes gained on the mean times of opening, clearing and hauling, added up.",
    ),
    "marginal_row": (
        "{rank}. {zone}{what}：合计早 {minutes:.1f} 分钟{range}（{n} 对推演）",
        "{rank}. {what}, {zone}: {minutes:.1f} min sooner in all{range} ({n} pairs)",
    ),
    "assumed": (
        "{n} 行数字为假设，换成本中心的实数之前不作承诺。",
        "{n} rows of figures are assumed: no promise before the centre's own replace them.",
    ),
    "failed": ("{n} 次推演失败，未计入。", "{n} runs failed and are left out."),
    "schematic": (
        "路网为示意图，长度与位置不可用于测量。",
        "The map is a schematic; lengths and places are not to be measured on it.",
    ),
    "comma": ("、", ", "),
}  # fmt: skip


def _text(key: str, lang: str, **values: object) -> str:
    text = TEXTS[key][LANGUAGES.index(lang)]
    return text.format(**values) if values else text


def print_readiness(report: Report, lang: str, file: IO[str]) -> None:
    """Print a report (as `readiness.json`) to `file`."""
    console = Console(
        file=file, width=width_of(file) or (None if file.isatty() else WIDTH), highlight=False,
        markup=False, emoji=False,
    )  # fmt: skip
    title = _text("title", lang)
    title += _text("quick", lang) if report["head"]["quick"] else ""
    with console.capture() as capture:
        console.print(Text(title, style="bold"))
        console.print(verdict_table(report, lang))
        for line in (*_notes(report, lang), "", *_envelope(report, lang), "",
                     *_marginal(report, lang), "", *_ends(report, lang)):  # fmt: skip
            console.print(*folded(line, console.width), sep="\n", soft_wrap=True)
    text = "\n".join(line.rstrip() for line in capture.get().rstrip().splitlines()) + "\n"
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(text.encode(encoding, "replace").decode(encoding))


def verdict_table(report: Report, lang: str) -> Table:
    """One row a limit, one column a scenario; first the mark of all limits together."""
    names, table = scenario_names(report, lang), house_table(None)
    table.add_column(_text("limit", lang))
    for name in names.values():
        table.add_column(name, min_width=CELL)
    verdicts = report["verdicts"]
    marks = verdicts["marks"]
    table.add_row(_text("all", lang), *(_sign(marks.get(id_)) for id_ in names), end_section=True)
    by_item: dict[str, dict[str, Row]] = {}
    for row in verdicts["rows"]:
        by_item.setdefault(row["item"], {})[row["scenario"]] = row
    for item, rows in sorted(by_item.items(), key=lambda pair: item_order(pair[0])):
        table.add_row(item_name(item, lang), *(_cell(rows.get(id_)) for id_ in names))
    return table


def _sign(of: Row | None) -> str:
    return "" if of is None else MARK_SIGNS[of["mark"]]


def _cell(row: Row | None) -> str:
    """◎ 36/36 +3.2"""
    if row is None:
        return ""
    if row["share"] is None:
        return MARK_SIGNS[row["mark"]]
    margin = row["margin_h"]
    bound = "≤" if row["margin_bound"] else ""
    hours = "" if margin is None else f" {bound}{margin:+.1f}".replace("-", "−")
    return f"{MARK_SIGNS[row['mark']]} {row['met']}/{row['n']}{hours}"


def _notes(report: Report, lang: str) -> Iterator[str]:
    head = report["head"]
    yield _text("cell", lang)
    yield _text("asked", lang, p=head["probability"], c=100 * head["confidence"])
    told = {row["mark"] for row in report["verdicts"]["rows"]}
    marks = [
        f"{sign} {ready_name(f'mark.{key}', lang)}"
        for key, sign in MARK_SIGNS.items()
        if key in told
    ]
    yield _text("marks", lang, marks=_text("comma", lang).join(marks))


def _envelope(report: Report, lang: str) -> Iterator[str]:
    """The limit that fails first with more snow, a line a scenario."""
    single = all(row["single"] for row in report["envelope"]["rows"] if row["mm"] is not None)
    key = "envelope_single" if single else "envelope"
    yield _text(key, lang, p=report["head"]["probability"])
    for scenario in scenarios_of(report):
        rows = of_scenario(report["envelope"]["rows"], scenario["id"])
        told = [row for row in rows if row["mm"] is not None]
        title = titled(scenario, lang) or scenario["id"]
        if not told:
            yield _text("no_envelope", lang, title=title)
            continue
        order = list(BOUNDS)
        row = min(told, key=lambda row: (order.index(row["bound"]), row["mm"], row["item"]))
        yield _text(
            "envelope_row", lang, title=title, storm=storm_told(scenario, lang),
            item=item_name(row["item"], lang), mm=_mm(row), range=_range(row, "low_mm", "high_mm"),
            basis=_basis(row, lang), reaches=_reaches(row, lang),
            binds=_binds(row, lang, quick=report["head"]["quick"]),
        )  # fmt: skip


def _mm(row: Row) -> str:
    return f"{BOUNDS[row['bound']]}{row['mm']:.1f} mm"


def _basis(row: Row, lang: str) -> str:
    """How many runs an interval rests on; without one, in how many it held."""
    if row["single"]:
        return ""
    if row["held"] is None:
        return _text("basis_n", lang, n=row["replications"])
    return _text("basis_held", lang, k=row["held"], n=row["held_of"])


def _reaches(row: Row, lang: str) -> str:
    """The grade of so much snow; below a bound nobody knows it."""
    if row["bound"] == "<":
        return ""
    return _text("reaches", lang, grade=grade_name(row["reaches"], lang))


def _range(row: Row, low: str, high: str) -> str:
    return "" if row[low] is None or row[high] is None else f" [{row[low]:.1f}, {row[high]:.1f}]"


def _binds(row: Row, lang: str, *, quick: bool) -> str:
    if row["binds"]:
        names = [ready_name(f"relief.{bind['relief']}", lang) for bind in row["binds"][:SHOWN]]
        return _text("binds", lang, names=_text("comma", lang).join(names))
    if row["binds_at_mm"] is None:
        return _text("binds_quick" if quick else "binds_unasked", lang)
    return _text("binds_none", lang)


def _marginal(report: Report, lang: str) -> Iterator[str]:
    """What fresh pairs proved to help; where nothing was judged, what gained when tried."""
    section = report["marginal"]
    rows: Sequence[Row] = sorted(section["rows"], key=lambda row: row["rank"])
    if not rows:
        return
    judged = [row for row in rows if row["judged"]]
    gaining = [row for row in judged or rows if _gains(row)]
    names = scenario_names(report, lang)
    key = "marginal_tried" if not judged else "marginal" if gaining else "marginal_none"
    title = names.get(section["scenario"], section["scenario"])
    yield _text(key, lang, title=title, k=len(judged))
    for number, row in enumerate(gaining[:SHOWN], 1):
        yield _text(
            "marginal_row", lang, rank=number, zone=name_of("zone", row["zone"], lang),
            what=titled(row, lang, "what"), minutes=row["sum_min"],
            range=_range(row, "sum_low", "sum_high"), n=row["n"],
        )  # fmt: skip
    if gaining:
        yield _text("sum", lang) + ("" if len(gaining) > SHOWN else _text("rest", lang))
    elif not judged:
        yield _text("nothing", lang)


def _gains(row: Row) -> bool:
    """Whether it gained for sure; where one pair gives no interval, whether it gained at all."""
    least = row["sum_min"] if row["sum_low"] is None else row["sum_low"]
    return not row["same"] and (least or 0.0) > 0


def _ends(report: Report, lang: str) -> Iterator[str]:
    head = report["head"]
    if head["runs"]["failed"]:
        yield _text("failed", lang, n=head["runs"]["failed"])
    assumed = sum(row["rows"] for row in report["assumptions"])
    if assumed:
        yield _text("assumed", lang, n=assumed)
    if head["map"]["schematic"]:
        yield _text("schematic", lang)
