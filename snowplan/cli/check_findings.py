"""Findings on a plan as `snowplan check` shows them: a table for people, objects for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from snowplan.cli.texts import words

if TYPE_CHECKING:
    from snowplan.planning.finding import Finding


def findings_as_objects(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as plain values, told in both languages."""
    from snowplan.planning.finding_words import finding_text

    return [
        {
            "code": item.code,
            "severity": item.severity,
            "grades": list(item.grades),
            "own_storm": item.own_storm,
            "where": item.where,
            "found": item.found,
            "needed": item.needed,
            "unit": item.unit,
            "values": dict(item.values),
            "text": finding_text(item, "zh"),
            "text_en": finding_text(item, "en"),
        }
        for item in findings
    ]


def findings_text(findings: Sequence[Finding], lang: str) -> str:
    """All findings as a table, and below it what the words mean; one line if there is none."""
    from snowplan.reporting.plain_text import plain_text

    if not findings:
        return words("check.no_findings", lang)
    return plain_text(_table(findings, lang), words("check.findings_note", lang))


def _table(findings: Sequence[Finding], lang: str) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from snowplan.planning.finding_words import finding_text, finding_word, unit_word

    table = Table(
        title=words("check.findings", lang, n=len(findings)), title_justify="left",
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False,
    )  # fmt: skip
    for key in ("severity", "grades", "finding", "found", "needed"):
        right = key in ("found", "needed")
        table.add_column(
            words(f"check.col_{key}", lang),
            justify="right" if right else "left",
            no_wrap=right or key == "severity",
            overflow="fold",
            min_width=8 if key == "grades" else None,
        )
    for item in findings:
        text = Text(finding_text(item, lang))
        text.append(f"\n{item.where}", style="dim")
        table.add_row(
            finding_word(item.severity, lang),
            Text(_grades(item, lang)),
            text,
            _figure(item.found, unit_word(item.unit, item.found, lang)),
            _needed(item, unit_word(item.unit, item.needed, lang)),
        )
    return table


def _grades(item: Finding, lang: str) -> str:
    """The snow a finding is about: grades, and whether it is the scenario's own storm."""
    from snowplan.words import name_of

    if not item.grades:
        return "–"
    names = (", " if lang == "en" else "、").join(name_of("grade", g, lang) for g in item.grades)
    return f"{names} {words('check.own_storm', lang)}" if item.own_storm else names


def _needed(item: Finding, unit: str) -> str:
    """What would be needed; of an impossible limit, hours that are not enough."""
    limited = item.code.startswith(("limit_", "limits_"))
    if item.needed is None:
        return "∞" if limited else "–"
    return f"> {_figure(item.needed, unit)}" if limited else _figure(item.needed, unit)


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    shown = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}".removesuffix(".0")
    return f"{shown} {unit}".rstrip()
