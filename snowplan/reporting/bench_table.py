"""The bench as people read it: one table of cases, one of targets, and what was not measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any

from rich import box
from rich.console import Console
from rich.table import Table

from snowplan.reporting.bench_words import bench_word

WIDTH = 112
COUNTS = ("segments", "machines", "passes")
RATES = {
    "hours": "{:.0f}",
    "events_per_pass": "{:.2f}",
    "us_per_pass": "{:.1f}",
    "pass_over_timeout": "{:.1f}",
    "times_bare_simpy": "{:.1f}",
    "times_bare_simpy_first": "{:.1f}",
    "bytes_per_segment": "{:,.0f}",
    "bytes_per_pass": "{:.1f}",
}


def print_bench(found: Mapping[str, Any], lang: str, file: IO[str]) -> None:
    """Print what a bench found (as its JSON) to `file`."""
    _print((cases_table(found, lang), targets_table(found, lang), *_notes(found, lang)), file)


def print_study_bench(found: Mapping[str, Any], lang: str, file: IO[str]) -> None:
    """Print what a bench of studies found (as its JSON) to `file`."""
    title = bench_word(
        "study_targets", lang, study=found["study"], runs=found["runs"], workers=found["workers"]
    )
    notes = [bench_word("gains", lang, **found["gains"])]
    notes += [bench_word("skipped", lang, **item) for item in found["skipped"]]
    _print((targets_table(found, lang, title), *notes), file)


def print_readiness_bench(found: Mapping[str, Any], lang: str, file: IO[str]) -> None:
    """Print what a bench of a readiness report found (as its JSON) to `file`."""
    title = bench_word("readiness_targets", lang, scenarios=", ".join(found["scenarios"]))
    _print((targets_table(found, lang, title), bench_word("readiness_cost", lang, **found)), file)


def _print(parts: Sequence[Table | str], file: IO[str]) -> None:
    console = Console(
        file=file, width=None if file.isatty() else WIDTH, highlight=False, markup=False,
        emoji=False,
    )  # fmt: skip
    with console.capture() as capture:
        for part in parts:
            console.print(part, soft_wrap=isinstance(part, str))
    text = "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(text.encode(encoding, "replace").decode(encoding))


def _notes(found: Mapping[str, Any], lang: str) -> list[str]:
    """Whether the logs agree, which cases were cut short, and what was not measured."""
    notes = []
    oracle = found["oracle"]
    if oracle is not None:
        key = "oracle_same" if oracle["same"] else "oracle_differs"
        digests = {"digest": oracle["digest_fast"][:12], "oracle": oracle["digest_oracle"][:12]}
        notes.append(bench_word(key, lang, rows=oracle["rows"], **digests))
    compared = found["exponents"]["fleet_in_proportion_hours"]
    if compared is not None:
        notes.append(bench_word("compared", lang, hours=compared))
    return notes + [bench_word("skipped", lang, **item) for item in found["skipped"]]


def cases_table(found: Mapping[str, Any], lang: str) -> Table:
    """One row a case."""
    table = Table(
        title=bench_word("cases", lang),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    table.add_column(bench_word("name", lang), no_wrap=True)
    for key in (*COUNTS, *RATES):
        table.add_column(bench_word(key, lang), justify="right", no_wrap=True)
    for case in found["cases"]:
        counts = [f"{case[key]:,}" for key in COUNTS]
        rates = [form.format(case[key]) for key, form in RATES.items()]
        table.add_row(case["name"], *counts, *rates)
    return table


def targets_table(found: Mapping[str, Any], lang: str, title: str = "") -> Table:
    """One row a target: found, reach, aim, and how far away they are."""
    table = Table(
        title=title or bench_word("targets", lang),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for key in ("figure", "found", "reach", "aim", "verdict"):
        table.add_column(
            bench_word(key, lang), justify="left" if key in ("figure", "verdict") else "right"
        )
    for row in found["targets"]:
        side = "≤" if row["at_most"] else "≥"
        table.add_row(
            bench_word(f"target.{row['key']}", lang),
            _figure(row["found"]),
            f"{side} {_figure(row['reach'])}",
            f"{side} {_figure(row['aim'])}",
            _verdict(row, lang),
        )
    return table


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _verdict(row: Mapping[str, Any], lang: str) -> str:
    if row["found"] is None:
        return bench_word("unmeasured", lang)
    if row["aimed"]:
        return bench_word("met", lang)
    times = row["times_aim"] or 0.0
    if row["reached"]:
        return bench_word("reached", lang, times=times)
    return bench_word("missed", lang, reach=row["times_reach"] or 0.0, times=times)
