"""A store outlives its writer: killed at any step, out of disk, or asked for by two commands."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from snowplan.errors import RunError
from snowplan.results.replication_store import Store
from snowplan.results.replications import digest_of_replications
from tests.results import stores
from tests.results.dying import outcomes_of

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SNOWPLAN_KILLS", "8"))
BEGIN = """
import os, sys
from pathlib import Path
from snowplan.results import steps
from snowplan.results.replication_store import Store
from tests.results import stores
"""

# Every call that reaches the disk is counted; at call K the process dies before, within or after.
CRASHER = (
    BEGIN
    + """
def write(folder):
    for part in (slice(0, 2), slice(1, 4)):
        with Store.open(folder, stores.identity()) as store:
            for job in stores.jobs()[part]:
                store.add(stores.replication(job))

def arm(at, when):
    left = [at]
    def wrap(real):
        def step(*args):
            left[0] -= 1
            if left[0] == 0 and when == "before":
                os._exit(9)
            if left[0] == 0 and when == "half" and real is os_write:
                os_write(args[0], bytes(args[1])[: len(args[1]) // 2])
                os._exit(9)
            result = real(*args)
            if left[0] == 0:
                os._exit(9)
            return result
        return step
    os_write = os.write
    for name in ("write", "fsync", "ftruncate"):
        setattr(os, name, wrap(getattr(os, name)))
    for name in ("write_new", "sync_file", "sync_folder"):
        setattr(steps, name, wrap(getattr(steps, name)))
    Path.replace = wrap(Path.replace)

for when in ("before", "half", "after"):
    for at in range(1, 99):
        child = os.fork()
        if child == 0:
            arm(at, when)
            write(Path(sys.argv[1]) / f"{when}-{at}")
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(when, at, code)
        if code == 0:
            break
"""
)

WRITER = (
    BEGIN
    + """
with Store.open(Path(sys.argv[1]), stores.identity()) as store:
    print("ready", flush=True)
    for seed in range(1, int(sys.argv[2]) + 1):
        store.add(stores.replication(stores.Job("today", "mild", seed)))
    print("done", flush=True)
"""
)

HOLDER = (
    BEGIN
    + """
with Store.open(Path(sys.argv[1]), stores.identity()):
    print("ready", flush=True)
    sys.stdin.read()
"""
)

# The operating system refuses to let a file grow beyond a limit, as a full disk would.
FULL = (
    BEGIN
    + """
import resource
from snowplan.errors import RunError
with Store.open(Path(sys.argv[1]), stores.identity()) as store:
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))
    for job in stores.jobs():
        try:
            store.add(stores.replication(job))
        except RunError as error:
            print(error)
            print(len(store.found))
            sys.exit(0)
"""
)


def _start(script: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, args)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_killed_at_every_step_a_store_goes_on(tmp_path: Path) -> None:
    """Dying before, within or after each write and fsync: no false figure, and at most one lost."""
    outcomes = outcomes_of(CRASHER, tmp_path)
    assert [code for *_, code in outcomes].count("0") == 3  # each way ran to its end once
    assert len(outcomes) >= 3 * (3 + 4 * 2)  # study.json, and a write and fsync a replication
    truth = {job: stores.replication(job) for job in stores.jobs()[:4]}
    begun = set()
    for when, at, _ in outcomes:
        with Store.open(tmp_path / f"{when}-{at}", stores.identity()) as store:
            assert all(truth[job] == one for job, one in store.found.items())
            begun.add(len(store.found))
            for one in truth.values():
                store.add(one)
            assert digest_of_replications(store.found) == digest_of_replications(truth)
        with Store.open(tmp_path / f"{when}-{at}", stores.identity()) as store:
            assert dict(store.found) == truth
            assert store.notes == []
    assert begun == {0, 1, 2, 3, 4}


@pytest.mark.slow
def test_killed_at_random_instants_a_store_goes_on(tmp_path: Path) -> None:
    """A writer killed again and again loses no run that it had stored; the digest is the same."""
    draw, runs, before = random.Random(4), 250, 0
    for _ in range(KILLS):
        with _start(WRITER, tmp_path / "s", runs) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(draw.uniform(0, 0.05))
            writer.kill()
        with Store.open(tmp_path / "s", stores.identity()) as store:
            assert len(store.found) >= before
            before = len(store.found)
    with _start(WRITER, tmp_path / "s", runs) as writer:
        assert writer.communicate()[0] == "ready\ndone\n"
    truth = [stores.replication(stores.Job("today", "mild", seed)) for seed in range(1, runs + 1)]
    with Store.open(tmp_path / "s", stores.identity()) as store:
        whole = digest_of_replications({one.job: one for one in truth})
        assert digest_of_replications(store.found) == whole


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files")
def test_a_full_disk_keeps_what_is_stored(tmp_path: Path) -> None:
    """When a file cannot grow, the error says where and why; no torn line stays; the rest goes on.

    The limit lies within the last of some lines; they are all but equally long.
    """
    with Store.open(tmp_path / "s", stores.identity()) as store:
        store.add(stores.replication(stores.jobs()[0]))
        length = store.path.stat().st_size
    with _start(FULL, tmp_path / "s", 10 * length + length // 2) as process:
        told, found = process.communicate()[0].splitlines()
    assert f"could not store a run in {store.path}: File too large" in told
    assert int(found) in (9, 10, 11)
    with Store.open(tmp_path / "s", stores.identity()) as store:
        assert store.notes == []
        assert len(store.found) == int(found)
        for job in stores.jobs():
            store.add(stores.replication(job))
        whole = digest_of_replications({job: stores.replication(job) for job in stores.jobs()})
        assert digest_of_replications(store.found) == whole


def test_a_write_that_stops_half_way_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an error or Ctrl-C in the middle of a line, the same open store takes the next run."""
    one, two = stores.jobs()[:2]
    real = os.write
    with Store.open(tmp_path / "s", stores.identity()) as store:
        store.add(stores.replication(one))
        size = store.path.stat().st_size
        for error in (OSError(28, "No space left on device"), KeyboardInterrupt()):
            calls = []

            def half(handle: int, data: bytes, error: BaseException = error) -> int:
                calls.append(len(data))  # noqa: B023 - used within this turn of the loop
                if len(calls) > 1:  # noqa: B023
                    raise error
                return real(handle, bytes(data)[:100])

            monkeypatch.setattr(os, "write", half)
            kind = RunError if isinstance(error, OSError) else KeyboardInterrupt
            with pytest.raises(kind):
                store.add(stores.replication(two))
            monkeypatch.setattr(os, "write", real)
            assert len(calls) == 2
            assert store.path.stat().st_size == size
            assert list(store.found) == [one]
        store.add(stores.replication(two))
    with Store.open(tmp_path / "s", stores.identity()) as store:
        assert list(store.found) == [one, two]


def test_two_commands_on_one_store(tmp_path: Path) -> None:
    """The second is refused with the id of the first; a shard is not, nor anyone after a kill."""
    with _start(HOLDER, tmp_path / "s") as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "ready\n"
        for attempt in (
            lambda: Store.open(tmp_path / "s", stores.identity()),
            lambda: Store.put_aside(tmp_path / "s"),
        ):
            with pytest.raises(RunError, match=rf"in use by another .*process {holder.pid}\b"):
                attempt()
        with Store.open(tmp_path / "s", stores.identity(), shard="1/2") as store:
            store.add(stores.replication(stores.jobs()[0]))
        holder.kill()
    with Store.open(tmp_path / "s", stores.identity()) as store:
        assert list(store.found) == stores.jobs()[:1]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way of the store, the error names the place."""
    (tmp_path / "runs").write_text("")
    with pytest.raises(RunError, match=r"could not open .*runs"):
        Store.open(tmp_path / "runs" / "s", stores.identity())
