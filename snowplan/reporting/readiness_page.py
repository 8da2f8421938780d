"""`readiness.pdf`: the report that a manager prints and signs, from the report's figures alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from snowplan.reporting.readiness_page_held import held_chapter
from snowplan.reporting.readiness_page_limits import (
    envelope_chapter,
    marginal_chapter,
    verdicts_section,
)
from snowplan.reporting.readiness_page_means import (
    deicer_chapter,
    hauling_chapter,
    machines_chapter,
)
from snowplan.reporting.readiness_page_papers import (
    appendix_chapter,
    assumptions_chapter,
    findings_chapter,
)
from snowplan.reporting.readiness_page_people import people_chapter
from snowplan.reporting.readiness_page_summary import subtitle, summary_words
from snowplan.reporting.readiness_page_times import times_chapter
from snowplan.reporting.readiness_telling import Report
from snowplan.reporting.readiness_words import titled
from snowplan.reporting.readiness_writer import Writer
from snowplan.reporting.typesetting import Page, typeset

TEMPLATE = Path(__file__).with_suffix(".typ")
SIGNERS = ("made", "checked", "issued")


def readiness_pdf(report: Report, roads: pd.DataFrame, lang: str) -> Page:
    """The PDF in `lang`, and the characters that the font lacks.

    `roads`: the sections of the map with their `line`; without any there is no map.
    """
    words, images = readiness_words(report, roads, lang)
    return typeset(TEMPLATE, words, images)


def readiness_words(
    report: Report, roads: pd.DataFrame, lang: str
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Everything that the template reads, and the pictures by name."""
    head = report["head"]
    writer = Writer(lang, quick=head["quick"])
    title = titled(head, lang)
    front = {
        "title": title, "lang": lang, "running": title, "foot": writer.text("foot"),
        "quick": writer.text("quick") if head["quick"] else "",
        "quick_mark": writer.text("quick.mark"), "subtitle": subtitle(report, writer),
        "signing": [[writer.text(f"sign.{who}"), writer.text("sign.seal"),
                     writer.text("sign.date")] for who in SIGNERS],
        "summary": summary_words(report, writer),
    }  # fmt: skip
    verdicts_section(report, writer)
    machines_chapter(report, writer)
    deicer_chapter(report, writer)
    people_chapter(report, writer)
    hauling_chapter(report, writer)
    times_chapter(report, roads, writer)
    envelope_chapter(report, writer)
    marginal_chapter(report, writer)
    held_chapter(report, writer)
    findings_chapter(report, writer)
    assumptions_chapter(report, writer)
    appendix_chapter(report, writer)
    return front | {"parts": writer.parts}, writer.images
