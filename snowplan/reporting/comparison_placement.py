"""Where the order of the location models and that of the simulation disagree."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from snowplan.reporting.comparison_figures import DASH, Cell, mean_text
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import Report, titles
from snowplan.reporting.comparison_words import measure_name, unit_name
from snowplan.reporting.house_table import house_table

MODEL_WORDS = {
    "p_median": ("p-中位", "p-median"),
    "p_centre": ("p-中心", "p-centre"),
    "capacitated": ("有容量限制的选址", "capacitated facility location"),
    "covering": ("最大覆盖", "maximal covering"),
    "simulated": ("推演", "simulation"),
}
MOST_PAIRS = 6


def model_name(model: str, lang: str) -> str:
    """A model in words; one without words names itself."""
    words = MODEL_WORDS.get(model)
    if not model:
        return DASH
    return model if words is None else words[1 if lang == "en" else 0]


def placement_tables(report: Report, lang: str) -> Iterator[Table]:
    """The models with their bounds and gaps, then the proposals in both orders."""
    placement = report["placement"]
    yield models_table(placement, lang)
    yield _orders(report, placement, lang)


def placement_lines(report: Report, lang: str) -> Iterator[str]:
    """How well the orders agree, and which pairs they turn round."""
    placement, names = report["placement"], titles(report, lang)
    tau = placement["kendall_tau"]
    measure = measure_name(placement["measure"], lang)
    if tau is not None:
        yield comparison_text("placement.tau", lang, tau=f"{tau:.2f}", measure=measure)
    rank = {row["variant"]: row["rank_model"] or 0 for row in placement["proposals"]}
    pairs = []
    for pair in placement["disagree"]:
        first, second = sorted(pair, key=lambda name: rank.get(name, 0))
        pairs.append(
            comparison_text(
                "placement.pair", lang, a=names.get(first, first), b=names.get(second, second)
            )
        )
    if not pairs:
        yield comparison_text("placement.agree", lang)
        return
    shown = comparison_text("join", lang).join(pairs[:MOST_PAIRS])
    if len(pairs) > MOST_PAIRS:
        rest = comparison_text("note.rest", lang, n=len(pairs))
        shown += comparison_text("join", lang) + rest
    yield comparison_text("placement.disagree", lang, pairs=shown)


def gap_text(row: Cell) -> str:
    """The gap in per cent; 0 where the optimum is proven."""
    return "–" if row["gap"] is None else f"{100 * row['gap']:.2f} %"


def models_table(placement: Cell, lang: str) -> Table:
    """The models with their objective, bound and gap, and the sites that they open."""
    table = house_table(comparison_text("head.models", lang))
    table.add_column(comparison_text("placement.model", lang))
    for key in ("placement.objective", "placement.bound", "placement.gap", "placement.seconds"):
        table.add_column(comparison_text(key, lang), justify="right", no_wrap=True)
    table.add_column(comparison_text("placement.open", lang))
    for row in placement["models"]:
        unit = unit_name(row["unit"], lang)
        table.add_row(
            Text(model_name(row["model"], lang)),
            f"{_number(row['objective'])} {unit}".rstrip(),
            _number(row["bound"]),
            gap_text(row),
            f"{row['seconds']:.1f} s",
            Text(", ".join(map(str, row["open"]))),
        )
    return table


def _orders(report: Report, placement: Cell, lang: str) -> Table:
    table = house_table(comparison_text("head.placement", lang))
    table.add_column(comparison_text("variant", lang))
    table.add_column(comparison_text("placement.model", lang))
    for key in ("placement.travel", "placement.rank_model", "placement.rank_simulated"):
        table.add_column(comparison_text(key, lang), justify="right", no_wrap=True)
    table.add_column(measure_name(placement["measure"], lang), justify="right")
    names = titles(report, lang)
    for row in placement["proposals"]:
        name = row["variant"]
        table.add_row(
            Text(names.get(name, name)),
            Text(model_name(row["model"], lang)),
            _number(row["objective"]),
            _rank(row["rank_model"]),
            _rank(row["rank_simulated"]),
            mean_text(report, name, placement["measure"], lang),
        )
    return table


def model_lines(placement: Cell, lang: str) -> Iterator[str]:
    """Each model's objective, proven bound and gap in a sentence."""
    for row in placement["models"]:
        unit = unit_name(row["unit"], lang)
        yield comparison_text(
            "placement.sentence", lang, model=model_name(row["model"], lang),
            objective=f"{_number(row['objective'])} {unit}".rstrip(), bound=_number(row["bound"]),
            gap=gap_text(row),
        )  # fmt: skip


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.6g}"


def _rank(value: int | None) -> str:
    return "–" if value is None else str(value)
