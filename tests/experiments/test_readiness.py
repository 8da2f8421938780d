"""The runs of a readiness report: the same from any engine, used again, refused and failed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from snowplan.analysis.readiness_head import stage_of
from snowplan.cli.drawing import error_text
from snowplan.errors import InputError, RunError
from snowplan.experiments import readiness_work
from snowplan.experiments.compare_estimate import Estimate
from snowplan.experiments.compare_runs import Ran, Watch
from snowplan.experiments.engines.choosing import engine_for
from snowplan.experiments.readiness_bench import readiness_bench
from snowplan.experiments.readiness_cases import Readiness, differing, readiness_of
from snowplan.experiments.readiness_estimate import own_of, planned
from snowplan.experiments.readiness_folder import lines_of, report_of, write_report
from snowplan.experiments.readiness_running import Ready, run_readiness
from snowplan.experiments.readiness_shelf import Shelf
from snowplan.inputs.readiness_files import load_rules
from snowplan.inputs.resolved import resolved_toml
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.comparison import Job
from snowplan.model.readiness import MORE, TODAY, Effort
from snowplan.planning.readiness_facts import plan_facts
from snowplan.results.reading import check_whole

EFFORT = Effort(grades=3, envelope=1, relief=1, marginal=1, marginal_most=2, best=2)
STORMY = ("snow.total_mm=9", 'name="stormy"')


class Made(NamedTuple):
    """A report that was made: what was run, how many runs that took, and its files."""

    ready: Ready
    runs: int
    report: Mapping[str, Any]
    lines: str


class Count(Watch):
    """Counts the runs that were done; ends the command after some."""

    def __init__(self, most: int = 10**6) -> None:
        self.runs, self._most = 0, most

    def ran(self, run: Ran) -> None:
        """Count a run."""
        assert run.replication.kept
        self.runs += 1
        if self.runs >= self._most:
            raise KeyboardInterrupt


def asked(*, quick: bool = False) -> Readiness:
    """A report on the toy town under two storms, with a small effort."""
    rules = replace(load_rules(), full=EFFORT)
    scenarios = [load_scenario("toy_town"), load_scenario("toy_town", STORMY)]
    tomls = {"toy_town": resolved_toml("toy_town"), "stormy": resolved_toml("toy_town", STORMY)}
    return readiness_of(scenarios, tomls, rules, quick=quick)


def made(folder: Path, workers: int = 1, watch: Count | None = None) -> Made:
    """The report made with so many workers, from what is stored in a folder."""
    report, counted = asked(), watch or Count()
    with Shelf(report, folder / "store") as shelf:
        ready = run_readiness(
            report, partial(engine_for, workers=workers), shelf, processors=2, watch=counted
        )
    facts = plan_facts(dict(zip(report.ids, report.scenarios, strict=True)))
    found = report_of(report, ready, {**facts, "tomls": report.tomls})
    return Made(ready, counted.runs, found, lines_of(ready.replications))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where one process made the report."""
    return tmp_path_factory.mktemp("serial")


@pytest.fixture(scope="module")
def serial(folder: Path) -> Made:
    """What one process finds."""
    return made(folder)


@pytest.mark.slow
def test_two_workers_find_the_same_to_the_byte(serial: Made, tmp_path: Path) -> None:
    """Neither the number of workers nor the order in which their runs end is seen in a figure."""
    both = made(tmp_path, workers=2)
    assert both.lines == serial.lines
    assert json.dumps(both.report) == json.dumps(serial.report)


def test_what_was_run_is_never_run_again(serial: Made, folder: Path) -> None:
    """A second report takes every run and both reference folders from the store."""
    again = made(folder)
    assert again.runs == 0
    assert again.ready.reused == len(again.ready.replications)
    assert again.report == serial.report
    assert again.ready.references == serial.ready.references


@pytest.mark.slow
def test_an_interrupted_report_goes_on(serial: Made, tmp_path: Path) -> None:
    """Ctrl-C after five runs keeps what ended; the rest is run later, and the figures are equal."""
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path, watch=Count(5))
    rest = made(tmp_path)
    assert rest.ready.reused >= 5
    assert rest.ready.reused + rest.runs == len(serial.ready.replications)
    assert rest.lines == serial.lines


def test_every_stage_has_its_runs(serial: Made) -> None:
    """Three replications of each storm, one of each thing more and one besides of the best two."""
    found: dict[str, int] = {}
    for job in serial.ready.replications:
        found[stage_of(job)] = found.get(stage_of(job), 0) + 1
    mores = [v.id for v in asked().comparison.variants if v.id.startswith(MORE)]
    assert found["grades"] == 3 * 2
    assert found["marginal"] == len(mores) + 2
    assert found["envelope"] >= 3 * 2
    assert not [job for job in serial.ready.replications if job[:2] == (TODAY, "toy_town*1")]
    assert found["relief"] > 0
    assert {job.storm for job in serial.ready.replications if job.variant in mores} == {"stormy"}


def test_only_runs_as_they_are_keep_every_section(serial: Made) -> None:
    """The minutes of every section are kept of a verdict's runs alone."""
    for job, one in serial.ready.replications.items():
        assert ("cleared_min" in one.kept) == (stage_of(job) == "grades")


def test_the_reference_run_is_replication_0(serial: Made) -> None:
    """The folder of the reference run is whole, and is the run with the scenario's own run seed."""
    for name, path in serial.ready.references.items():
        check_whole(path)
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["scenario"] == name
        assert Job(TODAY, name, manifest["run_seed"]) in serial.ready.replications


@pytest.mark.slow
def test_a_damaged_reference_run_is_made_again(serial: Made, folder: Path, tmp_path: Path) -> None:
    """A folder whose files were changed is none; a new one takes its place, figures are equal."""
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    bad = tmp_path / serial.ready.references["stormy"].relative_to(folder)
    (bad / "ledger.json").write_text("{}", encoding="utf-8")
    again = made(tmp_path)
    assert again.runs == 0
    assert again.ready.references["stormy"] != bad
    check_whole(again.ready.references["stormy"])
    assert again.lines == serial.lines


@pytest.mark.slow
def test_a_failed_run_is_told_and_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One poisonous run costs itself alone; the report counts it."""
    bad = asked().job(TODAY, "stormy", 1)
    real = readiness_work.measured

    def poisoned(job: Job, handed: Any) -> Any:
        if job == bad:
            raise RunError("poisoned")
        return real(job, handed)

    monkeypatch.setattr(readiness_work, "measured", poisoned)
    found = made(tmp_path)
    assert list(found.ready.failed) == [bad]
    assert "poisoned" in found.ready.failed[bad]
    assert found.report["head"]["runs"]["failed"] == 1
    assert bad not in found.ready.replications


def test_a_scenario_without_any_run_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the reference run fails, the report ends and says of which scenario."""

    def poisoned(job: Job, handed: Any) -> Any:
        raise RunError(f"poisoned {job.storm} {handed.facts.horizon_ms}")

    monkeypatch.setattr(readiness_work, "measured", poisoned)
    with pytest.raises(RunError, match="toy_town failed: RunError: poisoned"):
        made(tmp_path)


def test_scenarios_of_different_ground_are_refused_at_once() -> None:
    """Every part that differs is named, in one fault a scenario, and a name that is there twice."""
    rules, toy = load_rules(), load_scenario("toy_town")
    with pytest.raises(InputError) as raised:
        readiness_of([toy, load_scenario("light"), toy], {}, rules)
    told = {fault.file: fault.field for fault in raised.value.faults}
    assert len(raised.value.faults) == len(told) == 2
    assert told["toy_town"] == "key name"
    assert {"parts map", "machines"} <= set(told["light"].split(", "))
    assert "light，路网、机械、" in error_text(raised.value, "zh")


def test_shipped_scenarios_are_of_one_ground() -> None:
    """What a report takes without names has nothing that differs but snow, horizon and names."""
    first, *others = [load_scenario(n) for n in ("light", "moderate", "heavy", "blizzard")]
    assert [differing(first, other) for other in others] == [[], [], []]


def test_a_quick_report_has_coarse_factors_and_one_zone() -> None:
    """Quickly, the first factors alone are asked, and one more of each kind in one zone."""
    quick = asked(quick=True)
    assert len(quick.rules.search.factors) == len(load_rules().search.coarse)
    mores = [v.id for v in quick.comparison.variants if v.id.startswith(MORE)]
    assert len(mores) == len({name.partition("@")[0] for name in mores})


def test_what_is_planned_shrinks_by_what_is_known(serial: Made) -> None:
    """Nothing known: every stage counts; all known: no more than what the search left unasked."""
    report = asked()
    whole = len(planned(report, ()))
    left = len(planned(report, serial.ready.replications))
    others = [report.job(TODAY, id_, 99) for id_ in report.ids]  # of a larger report
    assert len(planned(report, others)) == whole
    assert not own_of(report, others)
    assert whole >= len(serial.ready.replications) / 2
    assert left < whole - len(serial.ready.replications) / 2


def test_a_report_that_goes_on_late_tells_its_estimate(serial: Made, tmp_path: Path) -> None:
    """Where only things more are left to run, some of them are timed and the rest is told."""
    report = asked()
    with Shelf(report, tmp_path / "store") as shelf:
        for job, one in serial.ready.replications.items():
            if stage_of(job) != "marginal":
                shelf.add(one)
    for name in report.ids:
        stored = serial.ready.references[name]
        place = tmp_path / stored.relative_to(stored.parents[3])
        shutil.copytree(stored, place)
    watch = Told()
    made(tmp_path, watch=watch)
    assert len(watch.estimates) == 1
    assert 0 < watch.estimates[0].runs <= watch.runs + 5


class Told(Count):
    """Keeps the estimates."""

    def __init__(self) -> None:
        super().__init__()
        self.estimates: list[Estimate] = []

    def estimated(self, found: Estimate) -> None:
        """Keep it."""
        self.estimates.append(found)


def test_the_folder_is_whole(serial: Made, tmp_path: Path) -> None:
    """Figures, runs and documents are in the folder with their SHA-256."""
    path = write_report(
        asked(), serial.ready, dict(serial.report), tmp_path, started=datetime.now(UTC),
        documents={"readiness.pdf": b"%PDF"}, command="snowplan readiness",
    )  # fmt: skip
    check_whole(path)
    assert (path / "replications.jsonl").read_text(encoding="utf-8") == serial.lines
    assert json.loads((path / "readiness.json").read_text(encoding="utf-8")) == serial.report


def test_the_bench_reckons_documents_beside_runs() -> None:
    """The share is CPU of the documents ÷ that of all runs of a full report, run for run."""
    full = asked()
    found = readiness_bench(asked(quick=True), full, lambda *_: sum(range(10**5)), lambda _: None)
    runs_s = sum(found["run_s"][job.storm] for job in planned(full, ()))
    assert found["full_runs_s"] == pytest.approx(runs_s)
    assert found["documents_s"] > 0
    (target,) = found["targets"]
    assert target["found"] == pytest.approx(found["documents_s"] / runs_s)
