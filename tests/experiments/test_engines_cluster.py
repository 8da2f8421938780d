"""The engine on a cluster: what the serial one finds, whoever dies; clear words when it cannot."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from snowplan.errors import RunError
from snowplan.experiments.engines.cluster import Cluster
from snowplan.experiments.engines.serial import Serial
from snowplan.experiments.engines.tasks import Outcome, Tls
from tests.experiments import dask_processes, random_kills
from tests.experiments import engine_tasks as tasks

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dask_processes.Cluster]:
    """Three worker processes on loopback."""
    with dask_processes.Cluster(tmp_path_factory.mktemp("dask")) as cluster:
        cluster.workers(3)
        yield cluster


def test_outcomes_are_those_of_the_serial_engine(
    dask: dask_processes.Cluster, capfd: pytest.CaptureFixture[str]
) -> None:
    """Sums, errors, and what is submitted meanwhile; nothing is written to the terminal."""
    for work in (tasks.add, tasks.raising):
        shop = tasks.shop(work)
        assert tasks.outcomes(Cluster(shop, dask.address), range(20)) == tasks.outcomes(
            Serial(shop), range(20)
        )
    seen = []
    with Cluster(tasks.shop(tasks.add), dask.address.removeprefix("tcp://")) as engine:
        engine.submit(5)
        for outcome in engine.as_completed():
            seen.append(outcome.task)
            if outcome.task:
                engine.submit(outcome.task - 1)
    assert seen == [5, 4, 3, 2, 1, 0]
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_sent_is_an_error_of_its_task(dask: dask_processes.Cluster) -> None:
    """A result that pickle refuses, on either side, costs only itself."""
    found = tasks.outcomes(Cluster(tasks.shop(tasks.unpicklable), dask.address), range(5))
    assert "pickle" in found[2].error
    assert found[3].error.startswith("ValueError")
    assert [found[n].found for n in (0, 1, 4)] == [0, 1, 4]


def test_a_place_that_cannot_be_built_is_told(dask: dask_processes.Cluster) -> None:
    """Once, with its reason."""
    engine = Cluster(tasks.shop(tasks.add, build=tasks.unbuildable), dask.address)
    with pytest.raises(RunError, match="could not begin: RunError: no city here"):
        tasks.outcomes(engine, range(3))


def test_a_task_that_kills_its_workers_is_named(dask: dask_processes.Cluster) -> None:
    """Those that waited beside it are cleared of blame: all others finish."""
    found = tasks.outcomes(Cluster(tasks.shop(tasks.poisonous), dask.address), range(12))
    assert {n for n, one in found.items() if one.fatal} == {3, 5}
    assert found[3].error.startswith("3 ended its workers")
    others = set(range(12)) - {3, 5}
    assert {n: found[n] for n in others} == {n: Outcome(n, n) for n in others}


def test_workers_killed_at_random(dask: dask_processes.Cluster, tmp_path: Path) -> None:
    """Nannies start them anew; one killed while it starts would stay away, so none is."""

    def known() -> list[int]:
        return sorted({int(text) for mark in tmp_path.iterdir() if (text := mark.read_text())})

    engine = Cluster(tasks.shop(tasks.square_marked), dask.address)
    random_kills.check(engine, known, tmp_path)


def test_cancelled_tasks_are_not_begun(dask: dask_processes.Cluster) -> None:
    """After the first outcome at most what was handed out still ends: one more than workers."""
    with Cluster(tasks.shop(tasks.who), dask.address) as engine:
        for n in range(50):
            engine.submit(n)
        ends = engine.as_completed()
        next(ends)
        engine.cancel()
        assert len(list(ends)) <= engine.workers + 1


def test_no_end_of_any_task_is_told(dask: dask_processes.Cluster) -> None:
    """With half a second to wait and a task of two seconds."""
    engine = Cluster(tasks.shop(tasks.rest), dask.address, stall_s=0.5)
    with pytest.raises(RunError, match="no task ended"):
        tasks.outcomes(engine, [2.0])


def test_a_late_worker_of_another_version_is_refused(
    dask: dask_processes.Cluster, tmp_path: Path
) -> None:
    """It joins after the check, and tells at its first task."""
    other = tmp_path / "other.py"
    other.write_text("import snowplan\nsnowplan.__version__ = '0.0.1'\n")

    def run() -> None:
        with Cluster(tasks.shop(tasks.who), dask.address) as engine:
            joined = dask.workers(1, "--no-nanny", "--preload", str(other))
            try:
                for n in range(1000):
                    engine.submit(n)
                list(engine.as_completed())
            finally:
                joined.terminate()
                joined.wait()

    with pytest.raises(RunError, match=r"snowplan 0\.0\.1, expected"):
        run()


def test_a_cluster_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No workers; all of them killed; the scheduler killed; no scheduler: each in its own words."""
    monkeypatch.setattr("snowplan.experiments.engines.cluster.REACH_S", 2)
    with dask_processes.Cluster(tmp_path) as cluster:
        engine = Cluster(tasks.shop(tasks.rest), cluster.address, join_s=0.5)
        with pytest.raises(RunError, match=r"has had no worker for 0\.5 s"):
            tasks.outcomes(engine, [0.0])
        worker = cluster.workers(1, "--no-nanny")
        assert "lost all its workers" in killed_amid(cluster, worker)
        cluster.workers(1, "--no-nanny")
        assert "was lost" in killed_amid(cluster, cluster.scheduler)
    with pytest.raises(RunError, match="no scheduler at"):
        tasks.outcomes(Cluster(tasks.shop(tasks.rest), cluster.address), [0.0])


def killed_amid(cluster: dask_processes.Cluster, victim: subprocess.Popen[bytes]) -> str:
    """What the engine says when a process is killed amid a task of 60 s."""
    shop = tasks.shop(tasks.rest)
    with Cluster(shop, cluster.address):
        pass  # the worker has joined
    with Cluster(shop, cluster.address, join_s=1.0) as engine:
        engine.submit(0.0)
        engine.submit(60.0)
        ends = engine.as_completed()
        assert next(ends).task == 0.0
        victim.kill()
        with pytest.raises(RunError) as told:
            next(ends)
    return str(told.value)


@pytest.mark.skipif(which("openssl") is None, reason="certificates are made by openssl")
def test_tls(tmp_path: Path) -> None:
    """With the files all goes as without; without them, or with another's, nobody is reached."""
    own, strange = (made_tls(tmp_path / name) for name in ("own", "strange"))
    options = (
        "--protocol", "tls", "--tls-ca-file", str(own.ca), "--tls-cert", str(own.cert),
        "--tls-key", str(own.key),
    )  # fmt: skip
    shop = tasks.shop(tasks.add)
    with dask_processes.Cluster(tmp_path, *options) as cluster:
        cluster.workers(1, "--no-nanny")
        address = cluster.address.replace("tls://", "tcp://")
        found = tasks.outcomes(Cluster(shop, address, own), range(3))
        assert found == {n: Outcome(n, (10 + n, True)) for n in range(3)}
        for files in (strange, None):
            with pytest.raises(RunError, match="no scheduler at"):
                tasks.outcomes(Cluster(shop, address, files), range(3))


def made_tls(folder: Path) -> Tls:
    """A certificate for 127.0.0.1 that signs itself."""
    folder.mkdir()
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out",
         str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return Tls(cert, cert, key)
