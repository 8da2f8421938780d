"""What `snowplan plan depots` prints of the location models, before any run."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from snowplan.cli.texts import words

if TYPE_CHECKING:
    from snowplan.planning.locating.asking import Answers, Proposal, Question


def tell(question: Question, answers: Answers, tried: Sequence[Proposal], lang: str) -> None:
    """Print what the models answer, and the placements to try."""
    from rich.console import Console

    from snowplan.planning.locating.orders import model_rows
    from snowplan.reporting.comparison_placement import models_table, open_lines
    from snowplan.reporting.folding import folded
    from snowplan.reporting.tables import width_of

    console = Console(
        file=sys.stdout, width=width_of(sys.stdout), highlight=False, markup=False, emoji=False
    )
    rows = {
        "models": [
            {**row, "seconds": answers.placements[row["model"]][0].seconds}
            for row in model_rows(question, answers)
        ]
    }
    for line in _asked(question, answers, lang):
        console.print(*folded(line, console.width), sep="\n")
    console.print(*models_table(rows, lang).lines(console.width, lang), sep="\n")
    for line in (*open_lines(rows, lang), *_tried(question, tried, lang)):
        console.print(*folded(line, console.width), sep="\n")


def _asked(question: Question, answers: Answers, lang: str) -> Iterator[str]:
    """What the models choose from, and what counts as near."""
    today = question.told("p_median", question.today.cost(range(question.today.sites)))
    yield words(
        "plan.solving", lang, sites=len(question.sites), clients=question.instance.clients,
        count=question.count, today=today,
    )  # fmt: skip
    if "covering" in answers.placements:
        yield words("plan.within_used", lang, minutes=question.within_s / 60)
    if "capacitated" in answers.placements:
        room = question.room
        key = "plan.room_stock" if room.by_stock_m2 <= room.by_bays_m2 else "plan.room_bays"
        yield words(key, lang, m2=room.m2, needed=room.needed_m2, count=question.count)


def _tried(question: Question, tried: Sequence[Proposal], lang: str) -> Iterator[str]:
    """Each placement to try, with its sites by name (in English by id)."""
    from snowplan.planning.locating.trying import depots_of
    from snowplan.reporting.comparison_placement import model_name
    from snowplan.reporting.comparison_texts import comparison_text

    today = sum(depot.bays for depot in question.scenario.resources.depots)
    for number, proposal in enumerate(tried, start=1):
        sites = [question.sites[site] for site in proposal.sites]
        minutes = question.told("p_median", question.instance.cost(proposal.sites))
        names = [site.id if lang == "en" else site.name for site in sites]
        yield words(
            "plan.proposal", lang, number=number, model=model_name(proposal.model, lang),
            rank=proposal.rank, minutes=minutes, sites=comparison_text("list", lang).join(names),
        )  # fmt: skip
        bays = sum(depot.bays for depot in depots_of(question, proposal))
        if bays != today:
            yield words("plan.bays", lang, bays=bays, today=today)
