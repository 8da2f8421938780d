"""`snowplan bench`: what is asked of the study, and how its answer is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from snowplan.cli import main
from snowplan.experiments import study_bench
from snowplan.experiments.bench_study import SIZES, Bench
from snowplan.experiments.bench_targets import STUDY_TARGETS, judged
from snowplan.model.comparison import Comparison

CASE = {
    "name": "grid-5000", "sections": 2520, "segments": 5040, "machines": 140, "events": 50_000,
    "passes": 49_000, "events_per_pass": 1.02, "us_per_pass": 10.0, "pass_over_timeout": 11.0,
    "times_bare_simpy": 10.8, "times_bare_simpy_first": 13.0, "bytes_per_segment": 667.0,
    "bytes_per_pass": 26.5, "hours": 36.0,
}  # fmt: skip
EXPONENTS = {
    "fixed_fleet_cost_a_pass": 0.2, "fleet_in_proportion_total": 1.3,
    "fleet_in_proportion_hours": 12.0,
}  # fmt: skip
ORACLE = {
    "hours": 3.0, "rows": 3212, "fast_s": 0.3, "oracle_s": 18.0, "ratio": 60.0,
    "digest_fast": "ab" * 32, "digest_oracle": "ab" * 32, "same": True,
}  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Bench, tuple[int, ...]]]:
    """Studies that were asked to run; each answers with made-up figures."""
    found: list[tuple[Bench, tuple[int, ...]]] = []

    def run(self: Bench, sizes: tuple[int, ...]) -> dict[str, Any]:
        found.append((self, sizes))
        self.tell("grid-5000")
        measured = {"times_bare_simpy": 10.8, "events_per_pass": 1.02, "oracle_ratio": 60.0}
        return {
            "cases": [CASE], "exponents": EXPONENTS, "oracle": ORACLE, "timelines_share": None,
            "targets": judged({**measured, **EXPONENTS}), "skipped": self.skipped,
        }  # fmt: skip

    monkeypatch.setattr(Bench, "run", run)
    return found


def test_json_is_one_object(asked: list[tuple[Bench, tuple[int, ...]]]) -> None:
    """stdout is the study's answer; what is being measured goes to stderr."""
    result = CliRunner().invoke(main, ["bench", "--json"])
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["cases"] == [CASE]
    assert "grid-5000" in result.stderr
    (study, sizes) = asked[0]
    assert tuple(sizes) == SIZES
    assert study.oracle is not None


def test_jinan_without_files_is_skipped_with_a_reason(
    asked: list[tuple[Bench, tuple[int, ...]]],
) -> None:
    """The reason names the options that would give the files."""
    result = CliRunner().invoke(main, ["bench", "--json"])
    (skipped,) = json.loads(result.stdout)["skipped"]
    assert skipped["name"] == "jinan"
    assert "--map" in skipped["reason"]
    assert asked[0][0].jinan is None


def test_a_named_file_that_is_not_there_is_a_fault(
    asked: list[tuple[Bench, tuple[int, ...]]],
) -> None:
    """A file that was asked for by name is not passed over in silence."""
    result = CliRunner().invoke(main, ["bench", "--map", "no_such.graphml"])
    assert result.exit_code == 3
    assert "no_such.graphml" in result.stderr
    assert asked == []


def test_quick_leaves_out_all_but_the_smallest(
    asked: list[tuple[Bench, tuple[int, ...]]],
) -> None:
    """One size, no oracle; what is left out is told."""
    result = CliRunner().invoke(main, ["bench", "--quick", "--json"])
    (study, sizes) = asked[0]
    assert (tuple(sizes), study.oracle, study.jinan) == (SIZES[:1], None, None)
    assert [item["name"] for item in json.loads(result.stdout)["skipped"]] == [
        "oracle", "larger grids", "jinan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("推演速度", "未达；距应达值 1.35 倍", "已达争取值", "逐字节相同", "前 12 小时")),
        ("en", ("CPU time", "missed: reach is 1.35", "aim met", "agree to the byte", "first 12 h")),
    ],
)
def test_tables_for_people(
    lang: str, words: tuple[str, ...], asked: list[tuple[Bench, tuple[int, ...]]]
) -> None:
    """Cases, targets with how far each is, and notes, in both languages; no line ends in blanks."""
    result = CliRunner().invoke(main, ["bench", "--lang", lang])
    assert result.exit_code == 0, result.stderr
    assert asked
    for text in (*words, "grid-5000", "5,040", "26.5", "–"):
        assert text in result.stdout
    assert not any(line != line.rstrip() for line in result.stdout.splitlines())


def test_many_runs_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--study` hands the shipped studies over; its targets and gains are told, not the grids."""
    asked = []

    def made_up(
        comparison: Comparison, toy: Comparison, tell: Callable[[str], None]
    ) -> dict[str, Any]:
        asked.append((comparison.name, toy.name))
        tell("local")
        found = {"study_overhead": 0.004, "workers_gain": 0.8}
        return {
            "study": comparison.name, "runs": 24, "workers": 2,
            "gains": {"workers": 1.6, "spinning": 2.0}, "targets": judged(found, STUDY_TARGETS),
            "skipped": [{"name": "cluster", "reason": "no dask"}],
        }  # fmt: skip

    monkeypatch.setattr(study_bench, "study_bench", made_up)
    shown = CliRunner().invoke(main, ["bench", "--study", "--lang", "en"]).stdout
    for text in ("depot_placement, 24 runs", "1.60 ×", "2.00 ×", "0.004", "missed", "no dask"):
        assert text in shown
    assert "0.004" in CliRunner().invoke(main, ["bench", "--study", "--json"]).stdout
    assert asked == [("depot_placement", "toy_depots")] * 2
