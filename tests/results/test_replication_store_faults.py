"""Whatever happens to the bytes of a store: the same figures again, or a refusal that names it."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from snowplan.errors import InputError
from snowplan.results.replication_store import Store
from snowplan.results.replications import digest_of_replications
from tests.results import stores

FAULTS = int(os.environ.get("SNOWPLAN_FAULTS", "100"))
Damage = Callable[[bytes, random.Random], bytes]


def _spot(data: bytes, draw: random.Random) -> tuple[int, int]:
    """A stretch of a file: now a few bytes, now up to a third of it."""
    begin = draw.randrange(len(data))
    return begin, begin + draw.choice([1, draw.randint(1, 200), draw.randint(1, len(data) // 3)])


def _flip(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]


def _flip_newline(data: bytes, draw: random.Random) -> bytes:
    at = draw.choice([k for k, byte in enumerate(data) if byte == 10])
    return data[:at] + bytes([10 ^ (1 << draw.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def _behead(data: bytes, draw: random.Random) -> bytes:
    return data[draw.randrange(len(data)) :]


def _swap(data: bytes, draw: random.Random) -> bytes:
    a, b, c = sorted(draw.randrange(len(data)) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def _swap_lines(data: bytes, draw: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    draw.shuffle(lines)
    return b"".join(lines)


def _insert(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + draw.randbytes(draw.randint(1, 300)) + data[at:]


def _insert_newline(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + draw.choice([b"\n", b"\r\n", b"\n\n"]) + data[at:]


def _delete(data: bytes, draw: random.Random) -> bytes:
    begin, end = _spot(data, draw)
    return data[:begin] + data[end:]


def _delete_lines(data: bytes, draw: random.Random) -> bytes:
    return b"".join(line for line in data.splitlines(keepends=True) if draw.random() < 0.7)


def _double(data: bytes, draw: random.Random) -> bytes:
    begin, end = _spot(data, draw)
    return data[:end] + data[begin:end] + data[end:]


def _double_lines(data: bytes, draw: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines + lines[draw.randrange(len(lines)) :])


def _zeros(data: bytes, draw: random.Random) -> bytes:
    begin, end = _spot(data, draw)
    return data[:begin] + bytes(len(data[begin:end])) + data[end:]


def _zeros_at_end(data: bytes, draw: random.Random) -> bytes:
    return data + bytes(draw.randint(1, 5000))


def _noise(data: bytes, draw: random.Random) -> bytes:
    begin, end = _spot(data, draw)
    return data[:begin] + draw.randbytes(len(data[begin:end])) + data[end:]


def _graft(data: bytes, draw: random.Random) -> bytes:
    """The figures of one line under the hashes of another."""
    lines = data.splitlines(keepends=True)
    a, b = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[a] = lines[a][: draw.choice([64, 65, 129, 130])] + lines[b][130:]
    return b"".join(lines)


DAMAGES: tuple[Damage, ...] = (
    _flip, _flip_newline, _cut, _behead, _swap, _swap_lines, _insert, _insert_newline, _delete,
    _delete_lines, _double, _double_lines, _zeros, _zeros_at_end, _noise, _graft,
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of thirty replications, never touched."""
    folder = tmp_path_factory.mktemp("whole") / "s.replications"
    with Store.open(folder, stores.identity()) as store:
        store.add_all([stores.replication(job) for job in stores.jobs()])
    return folder


def _resumed(folder: Path) -> tuple[int, list[str]]:
    """Open a store, run again what is missing, open it once more; how many were found, and told.

    What is found at any time is what such a run gives.
    """
    truth = {job: stores.replication(job) for job in stores.jobs()}
    with Store.open(folder, stores.identity()) as store:
        found = dict(store.found)
        assert found == {job: truth[job] for job in found}
        for job in truth.keys() - found.keys():
            store.add(truth[job])
        assert digest_of_replications(store.found) == digest_of_replications(truth)
        told = [note.key for note in store.notes]
    with Store.open(folder, stores.identity()) as store:
        assert digest_of_replications(store.found) == digest_of_replications(truth)
        assert "store.tail" not in [note.key for note in store.notes]  # it was cut off
    return len(found), told


def _resumed_or_refused(folder: Path) -> tuple[int, list[str], str]:
    try:
        return *_resumed(folder), ""
    except InputError as error:
        return 0, [], str(error)


@pytest.mark.slow
def test_random_faults_never_change_a_number(whole: Path, tmp_path: Path) -> None:
    """After any fault in either file: the digest of the unbroken study, or its file's name.

    Damage to the lines themselves is always survived; where runs were lost by a change within the
    file, something is told.
    """
    ends: Counter[str] = Counter()
    for seed in range(FAULTS):
        draw = random.Random(seed)
        damage = DAMAGES[seed % len(DAMAGES)]
        folder = tmp_path / "s.replications"
        shutil.copytree(whole, folder)
        name = "study.json" if draw.random() < 0.25 else "replications.jsonl"
        path = folder / name
        before = path.read_bytes()
        after = damage(before, draw)
        path.write_bytes(after)
        found, told, error = _resumed_or_refused(folder)
        case = (seed, damage.__name__, name, error)
        if name == "study.json" and after != before:
            assert str(path) in error, case
            ends["refused"] += 1
        else:
            lines_lost = set(after.splitlines()) <= set(before.splitlines())
            assert not error, case
            assert found == 30 or told or lines_lost, case
            ends["redone" if found < 30 else "unharmed"] += 1
        shutil.rmtree(folder)
    assert min(ends["refused"], ends["redone"], ends["unharmed"]) > 0, ends


def test_every_bit_of_a_newline(whole: Path, tmp_path: Path) -> None:
    """A newline that becomes any other byte costs the two lines that it parted, no other."""
    data = (whole / "replications.jsonl").read_bytes()
    at = data.index(b"\n", len(data) // 2)
    for bit in range(8):
        folder = tmp_path / str(bit)
        shutil.copytree(whole, folder)
        (folder / "replications.jsonl").write_bytes(
            data[:at] + bytes([10 ^ (1 << bit)]) + data[at + 1 :]
        )
        assert _resumed(folder) == (28, ["store.damaged"])


def test_every_cut_of_the_last_line(whole: Path, tmp_path: Path) -> None:
    """A last line torn anywhere is redone and told; one that lacks its newline alone is used."""
    data = (whole / "replications.jsonl").read_bytes()
    begin = data.rindex(b"\n", 0, -1) + 1
    for end in (*range(begin, len(data), 97), len(data) - 2, len(data) - 1):
        folder = tmp_path / str(end)
        shutil.copytree(whole, folder)
        (folder / "replications.jsonl").write_bytes(data[:end])
        found, told = _resumed(folder)
        torn = begin < end < len(data) - 1
        assert (found, told) == (30 if end == len(data) - 1 else 29, ["store.tail"] * torn)


@pytest.mark.parametrize("name", ["study.json", "replications.jsonl"])
def test_a_file_that_is_a_folder_or_cannot_be_read(whole: Path, tmp_path: Path, name: str) -> None:
    """Where a folder, a dangling link or a pipe stands for a file, the store is refused by name."""

    def as_folder(path: Path) -> None:
        path.mkdir()

    def as_loop(path: Path) -> None:
        path.symlink_to(path.name)

    makes = [as_folder, as_loop, *([os.mkfifo] if hasattr(os, "mkfifo") else [])]
    for number, make in enumerate(makes):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        (folder / name).unlink()
        make(folder / name)
        with pytest.raises(InputError) as caught:
            Store.open(folder, stores.identity())
        assert str(folder / name) in str(caught.value)


def test_lost_lines_are_run_again(whole: Path, tmp_path: Path) -> None:
    """Without its lines a store begins anew; nothing says otherwise."""
    folder = tmp_path / "s"
    shutil.copytree(whole, folder)
    (folder / "replications.jsonl").unlink()
    assert _resumed(folder) == (0, [])
