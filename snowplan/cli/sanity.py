"""`--sanity`: a run beside published figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snowplan.experiments.one_run import Written


def beside_published(lang: str) -> Callable[[Written], str]:
    """What tells ours beside published figures, with the arithmetic, in one language."""
    return lambda written: published_text(written, lang)


def published_text(written: Written, lang: str) -> str:
    """Ours beside published figures: of Mudanjiang's 48 h where as many trucks were hired."""
    from dataclasses import replace

    from snowplan.analysis.sanity import sanity_table
    from snowplan.analysis.sanity_hauling import comparable
    from snowplan.analysis.sanity_questions import Evidence
    from snowplan.inputs.published_table import read_hauling, read_published
    from snowplan.reporting.sanity_text import sanity_text

    run = written.run
    plan = run.facts.scenario.plan
    evidence = Evidence(
        run.record,
        run.outcome,
        run.storm,
        cap_g_m2=plan.doses.cap_g_m2,
        clean_mm=plan.thresholds.clean_depth_mm,
        published=read_hauling(),
    )
    if not comparable(evidence):
        evidence = replace(evidence, published=read_published())
    return sanity_text(sanity_table(evidence, lang), lang)
