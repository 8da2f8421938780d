"""The toy study on every engine: the same files to the byte; a poisonous run costs only itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from snowplan.experiments.compare_folder import report_of, write_comparison
from snowplan.experiments.compare_runs import Ran, Watch
from snowplan.experiments.comparing import Compared, EngineOf, run_comparison
from snowplan.experiments.engines.choosing import engine_for
from snowplan.experiments.engines.local import Local
from snowplan.experiments.study_store import identity_of
from snowplan.inputs.study_files import load_study
from snowplan.model.comparison import Comparison
from snowplan.results.replication_store import Store
from tests.experiments.dask_processes import Cluster
from tests.experiments.poison import DEADLY, poisoned

CAMPAIGN = pytest.mark.skipif(
    "SNOWPLAN_KILLS" not in os.environ, reason="SNOWPLAN_KILLS: a campaign"
)


class Whole(NamedTuple):
    """A comparison that was run, and what of it does not tell times, as written."""

    compared: Compared
    files: Mapping[str, bytes]


class Killer(Watch):
    """Kills a worker with -9 once it has ended four runs, if it is not this process."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.killed = False

    def ran(self, run: Ran) -> None:
        """Count the worker's runs."""
        self.runs.append(run.worker)
        pid = int(run.worker.rpartition("/")[2])
        if not self.killed and self.runs.count(run.worker) == 4 and pid != os.getpid():
            os.kill(pid, signal.SIGKILL)
            self.killed = True


def study() -> Comparison:
    """The toy study, three replications: 18 runs."""
    return replace(load_study("toy_depots"), replications=3)


def whole(engine_of: EngineOf, folder: Path, watch: Watch | None = None) -> Whole:
    """The study compared on an engine, from an empty store: report and figures as written."""
    comparison = study()
    with Store.open(folder / "store", identity_of(comparison)) as store:
        compared = run_comparison(comparison, engine_of, store, fixed=True, watch=watch)
    found = report_of(comparison, compared)
    path = write_comparison(
        comparison, compared.replications, found, folder,
        started=datetime.now(UTC), present=lambda _: {},
    )  # fmt: skip
    files = {name: (path / name).read_bytes() for name in ("compare.json", "replications.csv")}
    return Whole(compared, files)


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """What one process finds."""
    return whole(partial(engine_for, workers=1), tmp_path_factory.mktemp("serial"))


@pytest.mark.slow
def test_four_workers_find_what_one_process_finds(serial: Whole, tmp_path: Path) -> None:
    """Four processes: the serial files, byte for byte."""
    assert whole(partial(engine_for, workers=4), tmp_path).files == serial.files


@pytest.mark.slow
def test_a_cluster_finds_what_one_process_finds(serial: Whole, tmp_path: Path) -> None:
    """Three Dask worker processes on loopback: the same bytes."""
    with Cluster(tmp_path) as cluster:
        for _ in range(3):
            cluster.workers(1, "--no-nanny")
        engine_of: EngineOf = partial(engine_for, workers=1, address=cluster.address)
        assert whole(engine_of, tmp_path).files == serial.files


@CAMPAIGN
@pytest.mark.parametrize("workers", [2, 4])
def test_local_workers_find_the_same_when_one_is_killed(
    workers: int, serial: Whole, tmp_path: Path
) -> None:
    """Two and four processes, one of them killed: the serial files, byte for byte."""
    killer = Killer()
    found = whole(partial(engine_for, workers=workers), tmp_path, killer)
    assert killer.killed
    assert found.files == serial.files


@CAMPAIGN
def test_a_cluster_finds_the_same_when_a_worker_is_killed(serial: Whole, tmp_path: Path) -> None:
    """Three Dask worker processes on loopback, one of them killed: the same bytes."""
    killer = Killer()
    with Cluster(tmp_path) as cluster:
        cluster.workers(3)
        engine_of: EngineOf = partial(engine_for, workers=1, address=cluster.address)
        assert whole(engine_of, tmp_path, killer).files == serial.files
    assert killer.killed


@pytest.mark.slow
def test_a_poisonous_run_is_named_and_costs_only_itself(serial: Whole, tmp_path: Path) -> None:
    """One run kills its worker, twice: it is named, and every other run is as in one process."""
    comparison = study()
    with Store.open(tmp_path / "store", identity_of(comparison)) as store:
        compared = run_comparison(
            comparison, lambda shop: Local(replace(shop, work=poisoned), 2), store, fixed=True
        )
    assert set(compared.failed) == {DEADLY}
    assert "east_gate" in compared.failed[DEADLY]
    rest = {job: run for job, run in serial.compared.replications.items() if job != DEADLY}
    assert compared.replications == rest
    found = report_of(comparison, compared)
    assert found["failed"] == [{**DEADLY._asdict(), "error": compared.failed[DEADLY]}]
    assert found["differences"]["east_gate"]["exposure"]["n"] == 2
    assert found["differences"]["granary_again"]["exposure"]["n"] == 3
