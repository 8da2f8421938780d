"""A comparison killed with -9 again and again ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from snowplan.experiments.replicating import build_city, replicate
from snowplan.experiments.study_store import identity_of
from snowplan.inputs.study_files import load_study
from snowplan.results.replication_store import Store
from snowplan.results.replications import digest_of_replications

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SNOWPLAN_KILLS", "2"))
REPLICATIONS = 50 * KILLS if KILLS > 2 else 3  # 20 kills: 1,000 replications
PAUSE_S, PATIENCE_S = 0.005, 300.0


def _start(out: Path, workers: int) -> subprocess.Popen[str]:
    """The command as a user types it, in a process group of its own."""
    asked = ["toy_depots", "--replications", str(REPLICATIONS), "--workers", str(workers)]
    begin = [sys.executable, "-c", "from snowplan.cli import main; main()", "compare"]
    return subprocess.Popen(
        [*begin, *asked, "--no-pictures", "--out", str(out)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.is_file() else 0


def _kill_at(process: subprocess.Popen[str], path: Path, lines: int, wait_s: float) -> None:
    """Kill the command, not its workers, a while after so many lines are stored; all must end."""
    until = time.monotonic() + PATIENCE_S
    while process.poll() is None and _lines(path) < lines and time.monotonic() < until:
        time.sleep(PAUSE_S)
    time.sleep(wait_s)
    process.send_signal(signal.SIGKILL)
    told = process.communicate()[1]
    assert process.returncode == -signal.SIGKILL, told  # it had not ended by itself
    while time.monotonic() < until:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(PAUSE_S)
    raise AssertionError("workers outlive the command that started them")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process group")
def test_a_killed_comparison_ends_with_the_same_digest(tmp_path: Path) -> None:
    """Stored runs are never lost or wrong; the digest is that of plain runs, one after another.

    SNOWPLAN_KILLS=20 kills a study of 1,000 replications 20 times.
    """
    study = load_study("toy_depots", replications=REPLICATIONS)
    jobs = [job for number in range(REPLICATIONS) for job in study.jobs(number)]
    path = tmp_path / "toy_depots.replications" / "replications.jsonl"
    draw, stored = random.Random(9), 0
    for at in sorted(draw.randrange(len(jobs) - 6) for _ in range(KILLS)):
        _kill_at(_start(tmp_path, draw.choice([1, 2])), path, at, draw.uniform(0, 0.05))
        assert _lines(path) >= stored
        stored = _lines(path)
    assert stored > 0
    with _start(tmp_path, 2) as last:
        shown, told = last.communicate()
    assert last.returncode == 0, told
    city = build_city(study)
    whole = digest_of_replications({job: replicate(city, job) for job in jobs})
    with Store.open(path.parent, identity_of(study)) as store:
        assert digest_of_replications(store.found) == whole
    folder = Path(shown.splitlines()[-1])
    assert json.loads((folder / "compare.json").read_text(encoding="utf-8"))["digest"] == whole
