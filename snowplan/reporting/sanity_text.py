"""The sanity table as text: ours beside published figures, then the arithmetic of each."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from snowplan.analysis.sanity import INSIDE, UNKNOWN, SanityRow
from snowplan.model.published import STATED
from snowplan.reporting.plain_text import plain_text

WORDS: dict[str, tuple[str, str]] = {
    "heading": (
        "合理性：本次推演与公开数字对照",
        "Sanity: this run beside published figures",
    ),
    "number": ("", ""),
    "quantity": ("指标", "figure"),
    "ours": ("推演", "ours"),
    "published": ("公开", "published"),
    "unit": ("单位", "unit"),
    "role": ("用途", "role"),
    "verdict": ("结论", "verdict"),
    "calibrated": ("校准", "calibrated"),
    "held_out": ("留出", "held out"),
    "stated": ("原报道", "as told"),
    "inside": ("相符", "agrees"),
    "below": ("偏低", "below"),
    "above": ("偏高", "above"),
    "unknown": ("无可比", "nothing to compare"),
    "how": ("算式", "arithmetic"),
    "why": ("原因", "why"),
    "source": ("来源", "source"),
    "note": (
        "校准：模型系数据此设定；留出：未用于设定，是真正的检验。公开数字取整，容差一成。",
        (
            "Calibrated: coefficients were set with it; held out: they were not, so it is a test."
            " Published figures are rounded: a tenth is forgiven."
        ),
    ),
    "told": (
        "原报道：报道里的数字，由同样的车数和小时折成留出的数字，不另算检验。",
        (
            "As told: the report's own figures; with its trucks and hours they come to the held-out"
            " ones and test nothing besides."
        ),
    ),
}


def sanity_text(rows: Sequence[SanityRow], lang: str) -> str:
    """A table of all comparisons; below it, by number, how each was reckoned and why it differs."""
    notes = [_notes(number, row, lang) for number, row in enumerate(rows, start=1)]
    told = [_word("told", lang)] if any(row.role == STATED for row in rows) else []
    return plain_text(_table(rows, lang), *notes, _word("note", lang), *told)


def _table(rows: Sequence[SanityRow], lang: str) -> Table:
    table = Table(
        title=_word("heading", lang), title_justify="left", box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0), pad_edge=False,
    )  # fmt: skip
    for key in ("number", "quantity", "ours", "published", "unit", "role", "verdict"):
        right = key in ("number", "ours", "published")
        table.add_column(
            _word(key, lang),
            justify="right" if right else "left",
            no_wrap=key != "quantity",
            overflow="fold",
        )
    for number, row in enumerate(rows, start=1):
        table.add_row(
            str(number),
            Text(row.title),
            _span(row.ours_low, row.ours_high),
            _span(row.low, row.high),
            Text(row.unit),
            _word(row.role, lang),
            _word(row.verdict, lang),
        )
    return table


def _notes(number: int, row: SanityRow, lang: str) -> Table:
    """How, why and whence, under one number."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=2, justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(str(number), _word("how", lang), Text(row.how))
    if row.verdict not in (INSIDE, UNKNOWN):
        grid.add_row("", _word("why", lang), Text(row.why))
    grid.add_row("", _word("source", lang), Text(f"{row.source} [{row.tag}]"))
    return grid


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    a, b = _figure(low), _figure(high)
    return a if a == b else f"{a}–{b}"


def _figure(value: float) -> str:
    if value < 1:
        return f"{value:.2f}".rstrip("0").removesuffix(".")
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}".removesuffix(".0")


def _word(key: str, lang: str) -> str:
    return WORDS[key][1 if lang == "en" else 0]
