"""What one more of a means buys: paired runs of one storm, with the same draws."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.analysis.envelope_search import Margin, margins_of
from snowplan.analysis.intervals import t_interval
from snowplan.analysis.replication_figures import DECIMALS
from snowplan.model.comparison import Job
from snowplan.model.hauling import TRUCK
from snowplan.model.readiness import MORE, TODAY, ReadinessRules
from snowplan.model.reinforcing import more_label
from snowplan.model.scenario import Scenario
from snowplan.results.ready_run import ReadyRun
from snowplan.results.replications import Replication
from snowplan.units import KG_PER_T, MS_PER_H, MS_PER_MIN
from snowplan.words import LANGUAGES, name_of

SUMMED = ("open", "clean", "haul")
TIGHTEST, SUM = "tightest", "sum"
MIN_PER_H = MS_PER_H // MS_PER_MIN
WHAT = {
    "machine": ("{of}一台", "one {of}"),
    TRUCK: ("{of}一辆", "one {of}"),
    "crew": ("{of}班组一个", "one crew: {of}"),
    "stock": ("融雪剂 {t:g} 吨", "{t:g} t of de-icer"),
}
Row = dict[str, Any]
Pair = tuple[Replication, Replication]  # as it is today, and with one more


def marginal_rows(
    scenario: Scenario,
    runs: Mapping[Job, Replication],
    rules: ReadinessRules,
    tightest: str | None,
    screened: int,
) -> list[Row]:
    """Every kind in every zone by rank: minutes gained on the mean, each with its interval.

    Rows have more, zone, kind, what_zh, what_en, n, judged, confidence, same, rank, and `…_min`,
    `…_low`, `…_high` for open, clean, haul, tightest and sum: None where a run has no such figure,
    or one pair no interval. The first `screened` pairs pick those that are `judged`, and these are
    judged by their other pairs alone, with an interval as wide as their number asks for
    (Bonferroni); they rank first. `same`: every run was the same event for event.
    """
    storm = scenario.study.name
    first_fresh = scenario.study.run_seed + screened
    pairs = {variant: _parted(of, first_fresh) for variant, of in pairs_of(runs, storm).items()}
    judged = sum(bool(fresh) for _, fresh in pairs.values())
    rows: list[Row] = []
    for variant, (picking, fresh) in sorted(pairs.items()):
        kind, _, zone = variant.removeprefix(MORE).partition("@")
        used = fresh or picking
        confidence = 1 - (1 - rules.confidence) / (judged if fresh else 1)
        rows.append(
            {"more": kind, "zone": zone}
            | _what(scenario, kind, zone, rules)
            | {"n": len(used), "judged": bool(fresh), "confidence": round(confidence, DECIMALS)}
            | _gains(used, tightest, confidence)
            | {"same": _same([*picking, *fresh])}
        )
    rows.sort(key=lambda row: (not row["judged"], -(row["sum_min"] or 0.0), *_of(row)))
    return [row | {"rank": number + 1} for number, row in enumerate(rows)]


def best_row(rows: Sequence[Row]) -> Row | None:
    """What is proven best: of what was judged the first that gains for sure; None where none does.

    With its more and zone.
    """
    told = (row for row in rows if row["judged"] and (row["sum_low"] or 0.0) > 0)
    best = next(told, None)
    return None if best is None else {"more": best["more"], "zone": best["zone"]}


def _of(row: Row) -> tuple[str, str]:
    return row["more"], row["zone"]


def _parted(pairs: Sequence[Pair], first_fresh: int) -> tuple[list[Pair], list[Pair]]:
    """The pairs that pick, and the fresh ones that judge."""
    picking = [pair for pair in pairs if pair[0].job.run_seed < first_fresh]
    return picking, [pair for pair in pairs if pair[0].job.run_seed >= first_fresh]


def best_of(
    runs: Mapping[Job, Replication], storm: str, count: int, first_fresh: int
) -> tuple[str, ...]:
    """The `count` variants that gained most minutes in the pairs before a run seed.

    By id where they gained the same; none that changed nothing there.
    """
    gained = {
        variant: _mean_sum(picking)
        for variant, pairs in pairs_of(runs, storm).items()
        if (picking := _parted(pairs, first_fresh)[0]) and not _same(picking)
    }
    return tuple(sorted(gained, key=lambda variant: (-gained[variant], variant))[:count])


def changed_by(runs: Mapping[Job, Replication], storm: str) -> tuple[str, ...]:
    """The variants that changed anything in the pairs so far."""
    return tuple(variant for variant, of in pairs_of(runs, storm).items() if not _same(of))


def tightest_of(runs: Mapping[Job, Replication], storm: str) -> str | None:
    """The item of opening, clearing or hauling with the smallest margin in half of today's runs.

    Only of those that no run left unfinished: what came after the horizon has no hour to gain on.
    """
    margins: dict[str, list[Margin]] = {}
    for job in sorted(runs):
        if job[:2] == (TODAY, storm):
            for item, margin in margins_of(runs[job]).items():
                if item.partition("/")[0] in SUMMED:
                    margins.setdefault(item, []).append(margin)
    middle = {
        item: statistics.median(margin.hours for margin in of)
        for item, of in margins.items()
        if not any(margin.late for margin in of)
    }
    return min(middle, key=lambda item: (middle[item], item), default=None)


def pairs_of(runs: Mapping[Job, Replication], storm: str) -> dict[str, list[Pair]]:
    """By variant with one more, the pairs of runs with the same draws."""
    pairs: dict[str, list[Pair]] = {}
    for job in sorted(runs):
        before = runs.get(Job(TODAY, storm, job.run_seed))
        if job.storm == storm and job.variant.startswith(MORE) and before is not None:
            pairs.setdefault(job.variant, []).append((before, runs[job]))
    return pairs


def _gains(pairs: Sequence[Pair], tightest: str | None, confidence: float) -> Row:
    """Means and intervals of the minutes gained, by what was gained on."""
    columns: dict[str, list[float]] = {name: [] for name in (*SUMMED, TIGHTEST, SUM)}
    for pair in pairs:
        for name, minutes in gained_min(pair, tightest or "").items():
            columns[name].append(minutes)
    row: Row = {}
    for name, values in columns.items():
        whole = values if len(values) == len(pairs) else []
        low, high = t_interval(whole, confidence) or (None, None)
        mean = statistics.fmean(whole) if whole else None
        for end, value in (("min", mean), ("low", low), ("high", high)):
            row[f"{name}_{end}"] = None if value is None else round(value, DECIMALS) + 0.0
    return row


def gained_min(pair: Pair, tightest: str = "") -> dict[str, float]:
    """Minutes that one pair gained: on each mean, on the sum of them, on the tightest limit."""
    before, after = (ReadyRun.from_plain(run.kept) for run in pair)
    found = {
        name: (before.mean_h[name] - after.mean_h[name]) * MIN_PER_H
        for name in SUMMED
        if name in before.mean_h and name in after.mean_h
    }
    found[SUM] = sum(found.values())
    lasts = [run.limits[tightest] for run in (before, after) if tightest in run.limits]
    if len(lasts) == len(pair) and not any(time.late for time in lasts):
        found[TIGHTEST] = (lasts[0].last_h - lasts[1].last_h) * MIN_PER_H
    return found


def _mean_sum(pairs: Sequence[Pair]) -> float:
    return round(statistics.fmean(gained_min(pair)[SUM] for pair in pairs), DECIMALS)


def _same(pairs: Sequence[Pair]) -> bool:
    return all(a.events_sha256 and a.events_sha256 == b.events_sha256 for a, b in pairs)


def _what(scenario: Scenario, kind: str, zone: str, rules: ReadinessRules) -> Row:
    """The kind of machine, and one more of it in words."""
    machine = more_label(scenario, kind, zone)
    words = WHAT[kind if kind in WHAT else "machine"]
    told = {
        f"what_{lang}": text.format(
            of=name_of("machine", machine, lang), t=rules.step_kg / KG_PER_T
        )
        for lang, text in zip(LANGUAGES, words, strict=True)
    }
    return {"kind": machine} | told
