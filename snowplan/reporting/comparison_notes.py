"""What stands below the tables of a comparison: how many runs, why no more, what was assumed."""

from __future__ import annotations

from collections.abc import Iterator

from snowplan.reporting.comparison_figures import (
    difference_scale,
    effect_of,
    row_scale,
    with_unit,
)
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import FEW, Report, percent_of, titles
from snowplan.reporting.comparison_words import measure_name, title_of

MOST_NAMED = 6
ERROR_LENGTH = 120


def note_lines(report: Report, lang: str) -> Iterator[str]:
    """All notes, those on the runs first."""
    yield from run_lines(report, lang)
    yield comparison_text("note.times", lang)
    late = _late(report, lang)
    if late:
        yield comparison_text("note.late", lang, parts=late)
    if any(
        effect_of(report, variant, key).get("ended")
        for variant in report["differences"]
        for key in report["decide"]
    ):
        yield comparison_text("note.ended", lang)
    if any(row["unknown"] for row in report["limits"]):
        yield comparison_text("note.unknown", lang)
    if report["replications"] > 1:
        yield comparison_text("note.intervals", lang, percent=percent_of(report))
    yield from basis_lines(report, lang)


def run_lines(report: Report, lang: str, most: int = MOST_NAMED) -> Iterator[str]:
    """How many runs, under which storms, what ended them, and what went wrong.

    Of long lists the first `most` are named.
    """
    yield comparison_text(
        "note.runs", lang, n=report["replications"], first=report["run_seed"], n0=report["first"],
        cap=report["cap"],
    )  # fmt: skip
    if report["replications"] == 1:
        yield comparison_text("note.single", lang)
    storms = [f"{title_of(row, lang)} × {row['weight']:g}" for row in report["storms"]]
    yield comparison_text("note.storms", lang, storms=_joined(storms, lang))
    yield stop_line(report, lang, most)
    if report["selection"]:
        yield _selected(report, lang)
    yield from _ratio(report, lang)
    if not report["binding"]["separates"]:
        yield nothing_line(report, lang)
    if report["failed"]:
        yield _failed(report, lang, most)


def basis_lines(report: Report, lang: str) -> Iterator[str]:
    """What was assumed."""
    yield comparison_text("note.assumed", lang)
    if report["schematic"]:
        yield comparison_text("note.schematic", lang)


def stop_line(report: Report, lang: str, most: int = MOST_NAMED) -> str:
    """Whether the asked precision is reached, and where not."""
    missed = [_missed(report, variant, key, lang) for variant, key in report["not_reached"]]
    stopped = report["stopped"]
    if stopped == "cap":
        key = "note.cap" if missed else "note.cap_all"
    elif stopped == "no_figures":
        key = "note.no_figures"
    elif stopped == "fixed":
        key = "note.fixed_wide" if missed else "note.fixed"
    else:
        key = "note.reached" if stopped == "reached" else "note.selected_stop"
    return comparison_text(key, lang, parts=_some(missed, lang, most))


def nothing_line(report: Report, lang: str) -> str:
    """That no variant differs, and why: what the machines' time goes into.

    Why is told only where the asked precision is reached: else there are too few runs to say so.
    """
    baseline = titles(report, lang)[report["baseline"]]
    if not precise(report):
        return comparison_text("note.nothing_yet", lang, baseline=baseline)
    known = {key: value for key, value in report["binding"]["shares"].items() if value is not None}
    shares = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    parts = [f"{measure_name(key, lang)} {value:.0f} %" for key, value in shares if value >= 1]
    if not parts:
        return comparison_text("note.nothing_alone", lang, baseline=baseline)
    return comparison_text("note.nothing", lang, baseline=baseline, parts=_list(parts, lang))


def precise(report: Report) -> bool:
    """Whether something was asked of the deciding measures, and all of it is known so narrowly."""
    effects = [
        effect_of(report, variant, key)
        for variant in report["differences"]
        for key in report["decide"]
    ]
    reached = [effect["reached"] for effect in effects if effect.get("asked") is not None]
    return bool(reached) and all(reached)


def _missed(report: Report, variant: str, key: str, lang: str) -> str:
    """An asked half-width that is not reached; why, where there is nothing to compare."""
    if effect_of(report, variant, key).get("n"):
        return _half(report, variant, key, lang)
    ended = any(row["id"] == variant and row["n"] for row in report["variants"])
    return comparison_text(
        "note.no_figure" if ended else "note.none_ended", lang,
        title=titles(report, lang).get(variant, variant), measure=measure_name(key, lang),
    )  # fmt: skip


def _half(report: Report, variant: str, key: str, lang: str) -> str:
    effect, scale = effect_of(report, variant, key), row_scale(report, variant, key)
    words = "note.half_none" if effect.get("half_width") is None else "note.half"
    return comparison_text(
        words, lang, title=titles(report, lang).get(variant, variant),
        measure=measure_name(key, lang), half=scale.text(effect.get("half_width")),
        asked=with_unit(scale.text(effect.get("asked")), scale.unit, lang),
    )  # fmt: skip


def _selected(report: Report, lang: str) -> str:
    found = report["selection"]
    scale = difference_scale(report, found["measure"])
    size = with_unit(scale.text(found["indifference"]), scale.unit, lang)
    return comparison_text(
        "note.selected", lang, method=found["method"], percent=f"{100 * found['confidence']:.6g}",
        best=titles(report, lang).get(found["best"], found["best"]),
        measure=measure_name(found["measure"], lang), size=size,
    )  # fmt: skip


def _ratio(report: Report, lang: str) -> Iterator[str]:
    ratio = report["common_numbers"]["median"]
    if ratio is not None and report["replications"] >= FEW:
        least = report["common_numbers"]["least"]
        title = titles(report, lang).get(least["variant"], least["variant"])
        where = comparison_text(
            "where", lang, title=title, measure=measure_name(least["key"], lang)
        )
        yield comparison_text(
            "note.ratio" if ratio > 1 else "note.no_ratio", lang, ratio=_times(ratio),
            least=_times(least["ratio"]), where=where,
        )  # fmt: skip


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 100 else f"{ratio:,.0f}"


def _late(report: Report, lang: str) -> str:
    """Sections left at the horizon in measures that decide, the most first."""
    names, found = titles(report, lang), []
    for key in report["decide"]:
        for variant, cells in report["means"].items():
            late = cells.get(key, {}).get("late") or 0
            if late:
                found.append((-late, variant, key))
    parts = [
        comparison_text(
            "note.late_of", lang, title=names[variant], measure=measure_name(key, lang), n=-late
        )
        for late, variant, key in sorted(found)
    ]
    return _some(parts, lang)


def _failed(report: Report, lang: str, most: int) -> str:
    names = titles(report, lang)
    parts = [
        comparison_text(
            "note.failed_of", lang, variant=names.get(row["variant"], row["variant"]),
            storm=row["storm"], seed=row["run_seed"], error=str(row["error"])[:ERROR_LENGTH],
        )
        for row in report["failed"]
    ]  # fmt: skip
    return comparison_text("note.failed", lang, n=len(parts), parts=_some(parts, lang, most))


def _list(parts: list[str], lang: str) -> str:
    return comparison_text("list", lang).join(parts)


def _joined(parts: list[str], lang: str) -> str:
    return comparison_text("join", lang).join(parts)


def _some(parts: list[str], lang: str, most: int = MOST_NAMED) -> str:
    """The first few; how many there are where more."""
    if len(parts) > most:
        parts = [*parts[:most], comparison_text("note.rest", lang, n=len(parts))]
    return _joined(parts, lang)
