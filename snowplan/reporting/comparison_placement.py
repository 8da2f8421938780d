"""Where the order of the location models and that of the simulation disagree."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from snowplan.reporting.comparison_figures import DASH, Cell, mean_text
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import Report, titles
from snowplan.reporting.comparison_words import measure_name, unit_name
from snowplan.reporting.grouped_table import Column, Group, GroupedTable

MODEL_WORDS = {
    "p_median": ("p-中位", "p-median"),
    "p_centre": ("p-中心", "p-centre"),
    "capacitated": ("有容量限制的选址", "capacitated facility location"),
    "covering": ("最大覆盖", "maximal covering"),
    "simulated": ("推演", "simulation"),
}
MOST_PAIRS = 6
APART = "*"  # a pair that the runs tell apart


def model_name(model: str, lang: str) -> str:
    """A model in words; one without words names itself."""
    words = MODEL_WORDS.get(model)
    if not model:
        return DASH
    return model if words is None else words[1 if lang == "en" else 0]


def placement_tables(report: Report, lang: str) -> Iterator[GroupedTable]:
    """The models with their bounds and gaps, then the proposals in both orders."""
    placement = report["placement"]
    yield models_table(placement, lang)
    yield _orders(report, placement, lang)


def placement_lines(report: Report, lang: str) -> Iterator[str]:
    """The sites that each model opens, how well the orders agree, which pairs they turn round."""
    yield from open_lines(report["placement"], lang)
    yield from order_lines(report, lang)


def order_lines(report: Report, lang: str) -> Iterator[str]:
    """How well the orders agree, and which pairs they turn round."""
    placement, names = report["placement"], titles(report, lang)
    today = placement["proposals"][0]
    for row in placement["proposals"]:
        if row["bays"] != today["bays"]:
            yield comparison_text(
                "placement.bays", lang, a=names.get(row["variant"], row["variant"]),
                bays=row["bays"], today=today["bays"],
            )  # fmt: skip
    if not placement["ranked"]:
        yield comparison_text("placement.unranked", lang)
        return
    tau = placement["kendall_tau"]
    measure = measure_name(placement["measure"], lang)
    if tau is not None:
        yield comparison_text("placement.tau", lang, tau=f"{tau:.2f}", measure=measure)
    rank = {row["variant"]: row["rank_model"] or 0 for row in placement["proposals"]}
    pairs = []
    for pair in placement["disagree"]:
        first, second = sorted(pair, key=lambda name: rank.get(name, 0))
        mark = APART if pair in placement["apart"] else ""
        text = comparison_text(
            "placement.pair", lang, a=names.get(first, first), b=names.get(second, second)
        )
        pairs.append(text + mark)
    pairs.sort(key=lambda text: not text.endswith(APART))
    if not pairs:
        yield comparison_text("placement.agree", lang)
        return
    shown = comparison_text("join", lang).join(pairs[:MOST_PAIRS])
    if len(pairs) > MOST_PAIRS:
        rest = comparison_text("note.rest", lang, n=len(pairs))
        shown += comparison_text("join", lang) + rest
    yield comparison_text("placement.disagree", lang, pairs=shown)
    if placement["apart"]:
        yield comparison_text("placement.apart", lang)


def gap_text(row: Cell, lang: str) -> str:
    """The gap in per cent; 0 where the optimum is proven. Else it says that the time was up."""
    if row["gap"] is None:
        return "–"
    text = f"{100 * row['gap']:.2f} %"
    return text + comparison_text("placement.time_up", lang) if row["time_up"] else text


def models_table(placement: Cell, lang: str) -> GroupedTable:
    """The models with their objective, bound and gap, each above the sites that it opens."""
    timed = all("seconds" in row for row in placement["models"])
    keys = ("objective", "bound", "gap", *(["seconds"] if timed else []))
    columns = [Column(comparison_text("placement.model", lang))]
    columns += [Column(comparison_text(f"placement.{key}", lang), right=True) for key in keys]
    rows = []
    for row in placement["models"]:
        unit = unit_name(row["unit"], lang)
        texts = [
            model_name(row["model"], lang), f"{_number(row['objective'])} {unit}".rstrip(),
            _number(row["bound"]), gap_text(row, lang),
        ]  # fmt: skip
        if timed:
            texts.append(f"{row['seconds']:.1f} s")
        rows.append([Text(text) for text in texts])
    return GroupedTable(comparison_text("head.models", lang), columns, [Group("", rows)])


def open_lines(placement: Cell, lang: str) -> Iterator[str]:
    """The sites that each model opens."""
    for row in placement["models"]:
        names = row.get("open_names") if lang == "zh" else None
        sites = comparison_text("list", lang).join(map(str, names or row["open"]))
        name = model_name(row["model"], lang)
        yield comparison_text("row", lang, name=name, parts=sites)


def _orders(report: Report, placement: Cell, lang: str) -> GroupedTable:
    names, measure = titles(report, lang), placement["measure"]
    columns = [
        Column(comparison_text("variant", lang)),
        Column(comparison_text("placement.model", lang)),
        *(
            Column(comparison_text(f"placement.{key}", lang), right=True)
            for key in ("travel", "rank_model", "rank_simulated")
        ),
        Column(measure_name(measure, lang), right=True),
    ]
    rows = []
    for row in placement["proposals"]:
        name = row["variant"]
        texts = [
            names.get(name, name), model_name(row["model"], lang), _number(row["objective"]),
            _rank(row["rank_model"]), _rank(row["rank_simulated"]),
            mean_text(report, name, measure, lang),
        ]  # fmt: skip
        rows.append([Text(text) for text in texts])
    return GroupedTable(comparison_text("head.placement", lang), columns, [Group("", rows)])


def model_lines(placement: Cell, lang: str) -> Iterator[str]:
    """Each model's objective, proven bound and gap in a sentence."""
    for row in placement["models"]:
        unit = unit_name(row["unit"], lang)
        yield comparison_text(
            "placement.sentence", lang, model=model_name(row["model"], lang),
            objective=f"{_number(row['objective'])} {unit}".rstrip(), bound=_number(row["bound"]),
            gap=gap_text(row, lang),
        )  # fmt: skip


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.6g}"


def _rank(value: int | None) -> str:
    return "–" if value is None else str(value)
