"""Is it plausible? A run's figures beside published ones, with the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from snowplan.analysis.sanity_hauling import HAULING_QUESTIONS
from snowplan.analysis.sanity_questions import QUESTIONS, Answer, Evidence
from snowplan.analysis.sanity_words import sanity_word
from snowplan.model.published import Published

__all__ = ["Evidence", "SanityRow", "sanity_table", "verdict_of"]

TOLERANCE = 0.1  # published figures are rounded; this share of them is forgiven
ASKED = QUESTIONS | HAULING_QUESTIONS
INSIDE, BELOW, ABOVE, UNKNOWN = "inside", "below", "above", "unknown"


@dataclass(frozen=True, slots=True)
class SanityRow:
    """One comparison in words: ours, theirs, whether they agree, how and, if not, why."""

    id: str
    title: str
    ours_low: float | None
    ours_high: float | None
    low: float
    high: float
    unit: str
    role: str
    verdict: str
    how: str
    why: str
    source: str
    tag: str


def sanity_table(evidence: Evidence, lang: str) -> list[SanityRow]:
    """One row a compared figure; `unknown` where the run has nothing to compare with it."""
    figures = evidence.published
    return [_row(evidence, figures[key], lang) for key in ASKED if key in figures]


def _row(evidence: Evidence, figure: Published, lang: str) -> SanityRow:
    answer = ASKED[figure.id](evidence)
    named = {key: row.low for key, row in evidence.published.items()}
    verdict, how, why = UNKNOWN, sanity_word("nothing", lang), ""
    if answer is not None:
        verdict = verdict_of(answer, figure)
        values = named | answer.values
        how = sanity_word(f"{figure.id}.how", lang, **values)
        if verdict != INSIDE:
            why = sanity_word(f"{figure.id}.{verdict}", lang, **values)
    return SanityRow(
        id=figure.id,
        title=sanity_word(f"{figure.id}.title", lang, **named),
        ours_low=answer.low if answer else None,
        ours_high=answer.high if answer else None,
        low=figure.low,
        high=figure.high,
        unit=sanity_word(f"unit.{figure.unit}", lang),
        role=figure.role,
        verdict=verdict,
        how=how,
        why=why,
        source=(lang != "en" and figure.source_zh) or figure.source,
        tag=figure.tag,
    )


def verdict_of(answer: Answer, figure: Published) -> str:
    """Inside where ours and the published range meet, with a tenth forgiven."""
    if answer.high < figure.low * (1 - TOLERANCE):
        return BELOW
    return ABOVE if answer.low > figure.high * (1 + TOLERANCE) else INSIDE
