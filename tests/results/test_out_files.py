"""A file is written whole or left as it was, and what is in the way is told before the work."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from snowplan.cli.drawing import error_text
from snowplan.errors import RunError
from snowplan.results import steps
from snowplan.results.out_files import ready_to_write, write_whole
from snowplan.results.partials import host_mark, partial_name, writing
from tests.results.dying import outcomes_of

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = b"old" * 50_000, b"new" * 70_000

# Every step of steps.py is counted; at step K the process dies before, within or after it.
CRASHER = """
import os, sys
from pathlib import Path
from snowplan.results import steps
from snowplan.results.out_files import write_whole
from tests.results.dying import arm

PLACES = ((steps, ("write_new", "sync_file", "replace_file", "sync_folder")),)

root = Path(sys.argv[1])
for old in ("old", "none"):
    for when in ("before", "half", "after"):
        for at in range(1, 99):
            place = root / f"{old}-{when}-{at}"
            place.mkdir()
            if old == "old":
                (place / "r.pdf").write_bytes(b"old" * 50_000)
            child = os.fork()
            if child == 0:
                arm(at, when, PLACES)
                write_whole(place / "r.pdf", b"new" * 70_000)
                os._exit(0)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            print(place.name, code)
            if code == 0:
                break
"""

WRITER = """
import sys
from pathlib import Path
from snowplan.results.out_files import write_whole
print("ready", flush=True)
while True:
    for letter in "abcdefgh":
        write_whole(Path(sys.argv[1]), letter.encode() * 2_000_000)
"""


@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_killed_at_every_step_the_file_is_the_old_or_the_new(tmp_path: Path) -> None:
    """Dying before, within or after each write, fsync and rename leaves one of both, whole."""
    outcomes = outcomes_of(CRASHER, tmp_path)
    assert [code for _, code in outcomes].count("0") == 6  # each way ran to its end once
    assert len(outcomes) == 2 * 3 * 5  # four steps, and the run that meets none
    seen = set()
    for name, code in outcomes:
        place = tmp_path / name
        file = place / "r.pdf"
        found = file.read_bytes() if file.exists() else b""
        old = OLD if name.startswith("old") else b""
        assert found in (old, NEW)
        assert code != "0" or found == NEW
        seen.add((name.split("-")[0], found == NEW))
        write_whole(file, NEW)  # which sweeps what the dead one left
        assert [path.name for path in place.iterdir()] == ["r.pdf"]
    assert len(seen) == 4  # both the old and the new were left, with and without an old one


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_at_random_the_file_is_whole(tmp_path: Path) -> None:
    """After each of 20 SIGKILLs at random instants the file is one letter, as long as written."""
    draw = np.random.default_rng(20260116)
    file = tmp_path / "r.pdf"
    file.write_bytes(b"z" * 2_000_000)
    letters = set()
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(float(draw.uniform(0.0, 0.15)))
            process.send_signal(signal.SIGKILL)
        found = file.read_bytes()
        assert len(found) == 2_000_000
        assert len(set(found)) == 1
        letters.add(found[:1])
    assert len(letters) > 1
    write_whole(file, NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["r.pdf"]


def test_what_is_there_keeps_its_rights_and_its_link(tmp_path: Path) -> None:
    """A file for the whole office stays so, and a link goes on to point at what was replaced."""
    file, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    file.write_bytes(OLD)
    file.chmod(0o664)
    link.symlink_to(file)
    write_whole(link, NEW)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert file.stat().st_mode & 0o777 == 0o664


def _places(tmp_path: Path) -> dict[str, Path | str]:
    (tmp_path / "file").write_text("x")
    (tmp_path / "kept.pdf").write_text("x")
    (tmp_path / "kept.pdf").chmod(0o444)
    return {
        "there is no folder": tmp_path / "absent" / "r.pdf",
        "is a file; expected a folder": tmp_path / "file" / "r.pdf",
        "it is a folder": tmp_path,
        "it is a device": "/dev/null",
        "it is read-only": tmp_path / "kept.pdf",
        "it is an address": "https://example.invalid/r.pdf",
    }


def _refused(path: Path | str) -> RunError:
    """What both functions say, which is the same."""
    with pytest.raises(RunError) as before:
        ready_to_write(path)
    with pytest.raises(RunError) as after:
        write_whole(path, NEW)
    assert str(before.value) == str(after.value)
    return before.value


@pytest.mark.skipif(os.name != "posix", reason="devices and modes")
def test_what_is_in_the_way_is_told_in_both_languages(tmp_path: Path) -> None:
    """No folder, a file as folder, a folder, a device, a read-only file, an address."""
    for words, path in _places(tmp_path).items():
        error = _refused(path)
        assert words in str(error)
        zh = error_text(error, "zh")
        assert "无法写入" in zh
        assert words.split(";")[0] not in zh
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "kept.pdf"]
    assert (tmp_path / "kept.pdf").read_text() == "x"


@pytest.mark.parametrize("mark", ["~${}", ".~{}", ".~lock.{}#"])
def test_a_workbook_open_elsewhere_is_told(tmp_path: Path, mark: str) -> None:
    """The marks of Excel, WPS and LibreOffice, named, so that a stale one can be removed."""
    beside = tmp_path / mark.format("册.xlsx")
    beside.write_bytes(b"")
    error = _refused(tmp_path / "册.xlsx")
    assert "open in another program" in str(error)
    assert "正在别的程序中打开" in error_text(error, "zh")
    assert beside.name in error_text(error, "zh")
    beside.unlink()
    write_whole(tmp_path / "册.xlsx", NEW)


@pytest.mark.parametrize("step", ["write_new", "sync_file", "replace_file", "sync_folder"])
def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whichever step finds no room: it is told, and the file is whole, old until the rename."""
    file = tmp_path / "r.pdf"
    file.write_bytes(OLD)

    def full(path: Path, *_: object) -> None:
        if step == "write_new":
            path.write_bytes(NEW[:99])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(steps, step, full)
    with pytest.raises(RunError, match=r"could not write .*r\.pdf: No space left .*free space"):
        write_whole(file, NEW)
    assert file.read_bytes() == (NEW if step == "sync_folder" else OLD)
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_takes_nothing_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Being allowed to is found by trying, since shares and quotas tell it in no other way."""

    def denied(path: Path, data: bytes) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(steps, "write_new", denied)
    error = _refused(tmp_path / "r.pdf")
    assert "没有权限" in error_text(error, "zh")
    assert list(tmp_path.iterdir()) == []


def test_making_ready_changes_nothing(tmp_path: Path) -> None:
    """Neither an absent file appears nor a present one changes, by content or time."""
    ready_to_write(tmp_path / "new.pdf")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "r.pdf").write_bytes(OLD)
    os.utime(tmp_path / "r.pdf", ns=(1, 1))
    ready_to_write(tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes() == OLD
    assert (tmp_path / "r.pdf").stat().st_mtime_ns == 1


def test_a_long_name_has_room_for_its_temporary_one(tmp_path: Path) -> None:
    """A name of 255 bytes, as long as file systems take, is written like any other."""
    file = tmp_path / ("雪" * 83 + "ab.pdf")
    ready_to_write(file)
    write_whole(file, NEW)
    assert file.read_bytes() == NEW


def test_only_what_dead_processes_left_is_swept(tmp_path: Path) -> None:
    """What is being written, what another machine left, and a folder of a run all stay."""
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    host = host_mark()
    ours = partial_name("r.pdf")
    kept = [tmp_path / ours, tmp_path / f".r.pdf.ffffffff.{dead.pid}.00000000.partial"]
    for path in kept:
        path.write_bytes(b"")
    folder = tmp_path / f".run.{host}.{dead.pid}.00000000.partial"
    folder.mkdir()
    swept = tmp_path / f".r.pdf.{host}.{dead.pid}.00000001.partial"
    swept.write_bytes(b"")
    with writing(ours):
        write_whole(tmp_path / "r.pdf", NEW)
    assert sorted(tmp_path.iterdir()) == sorted([*kept, folder, tmp_path / "r.pdf"])
