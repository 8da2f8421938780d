"""Tables keep their values, and the same frame gives the same bytes everywhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from snowplan.errors import InputError, RunError
from snowplan.results.parquet import read_parquet, write_parquet
from snowplan.results.reading import RunRecord, check_whole, open_run
from snowplan.results.run_folder import RunFolder
from snowplan.results.schema import Table
from snowplan.results.tables import EVENTS, STATES_TABLE, TABLES, TIMELINE
from tests.results.synthetic import (
    depot_frame,
    event_frame,
    grid_roads,
    machine_frame,
    random_states,
)

ROOT = Path(__file__).resolve().parents[2]

DIGEST = """
import sys, hashlib
from pathlib import Path
from snowplan.results.parquet import write_parquet
from snowplan.results.tables import EVENTS
from tests.results.synthetic import event_frame, machine_frame
path = Path(sys.argv[1])
write_parquet(event_frame(machine_frame(), 5), EVENTS, path)
print(hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_the_same_frame_gives_the_same_bytes(tmp_path: Path) -> None:
    """Another process, hash seed, time zone, locale and folder change no byte of events.parquet."""
    digests = set()
    for number, (seed, zone, locale) in enumerate(
        (("0", "UTC", "C"), ("7", "Asia/Shanghai", "C.UTF-8"))
    ):
        folder = tmp_path / f"清雪 测试 {number}"
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", DIGEST, str(folder / "events.parquet")],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        digests.add(done.stdout)
    path = tmp_path / "here.parquet"
    _write(path, event_frame(machine_frame(), 5))
    digests.add(hashlib.sha256(path.read_bytes()).hexdigest() + "\n")
    assert len(digests) == 1


def test_text_columns_of_any_kind_give_the_same_bytes(tmp_path: Path) -> None:
    """Objects, pandas strings and categories of the same text are written alike."""
    frame = event_frame(machine_frame(20), 5)
    _write(tmp_path / "a", frame)
    text = [column.name for column in EVENTS.columns if column.dtype == "text"]
    for number, dtype in enumerate(("str", "string", "category")):
        _write(tmp_path / f"b{number}", EVENTS.checked(frame.astype(dict.fromkeys(text, dtype))))
        assert (tmp_path / f"b{number}").read_bytes() == (tmp_path / "a").read_bytes()


def _write(path: Path, frame: pd.DataFrame) -> None:
    from snowplan.results.parquet import write_parquet

    write_parquet(frame, EVENTS, path)


@pytest.fixture
def record(tmp_path: Path) -> RunRecord:
    """A run in a folder whose name holds every sign that a path pattern or SQL could mistake."""
    machines = machine_frame(20)
    with RunFolder(tmp_path / "清雪 [a]*?'测试'", "run") as folder:
        folder.write_frame("events.parquet", event_frame(machines, 5))
        folder.write_frame("states.parquet", random_states(grid_roads(5), 5))
        folder.write_frame("machines.parquet", machines)
        folder.write_frame("depots.parquet", depot_frame(5))
        folder.write_frame("timeline.csv", TIMELINE.empty())
        folder.write_json("summary.json", {"classes": {}})
        folder.write_json("list.json", [1])
    assert folder.path is not None
    return open_run(folder.path)


def test_tables_come_back_as_they_were_written(record: RunRecord) -> None:
    """Every value, missing ones too, and every dtype survives the file."""
    check_whole(record.path)
    machines = machine_frame(20)
    written = {
        "events.parquet": event_frame(machines, 5),
        "states.parquet": STATES_TABLE.shaped(random_states(grid_roads(5), 5)),
        "depots.parquet": depot_frame(5),
        "timeline.csv": TIMELINE.empty(),
    }
    for name, frame in written.items():
        pd.testing.assert_frame_equal(record.frame(name), frame)
    assert record.json("summary.json") == {"classes": {}}


def test_an_empty_table_keeps_its_types(tmp_path: Path) -> None:
    """A run in which nothing happened still has a readable events.parquet."""
    _write(tmp_path / "events.parquet", EVENTS.empty())
    frame = RunRecord(tmp_path, {}).frame("events.parquet")
    pd.testing.assert_frame_equal(frame, EVENTS.empty())


def test_a_frame_that_breaks_the_contract_is_not_written(tmp_path: Path) -> None:
    """All differences are named: a missing column, an undeclared one, a wrong type, a lost key."""
    states = pd.DataFrame({"section": ["a", None], "t_ms": [0.5, 1.0], "colour": [1, 2]})
    with RunFolder(tmp_path, "run") as folder, pytest.raises(RunError) as caught:
        folder.write_frame("states.parquet", states)
    assert str(caught.value) == (
        "states.parquet: column state is missing; column colour is not declared; "
        "column section is missing in row 1, expected a value; "
        "column t_ms is float64, expected int64"
    )


def test_a_column_added_since_is_missing_in_older_files(tmp_path: Path) -> None:
    """events.parquet without due_ms is read, all of it missing; without machine it is refused."""
    events = event_frame(machine_frame(), 5)
    for lost, file in (("due_ms", "old.parquet"), ("machine", "torn.parquet")):
        table = Table("", "", "", tuple(c for c in EVENTS.columns if c.name != lost))
        write_parquet(events, table, tmp_path / file)
    read = read_parquet(tmp_path / "old.parquet", EVENTS)
    assert read["due_ms"].isna().all()
    assert str(read["due_ms"].dtype) == "Int64"
    assert list(read.columns) == EVENTS.names
    with pytest.raises(KeyError, match="machine"):
        read_parquet(tmp_path / "torn.parquet", EVENTS)


def test_types_that_fit_and_types_that_do_not() -> None:
    """Nullable columns accept plain ones without gaps; numbers are no text, text no numbers."""
    frame = EVENTS.empty()
    assert EVENTS.faults(frame.astype({"decided_ms": "int64"})) == []
    assert EVENTS.faults(frame.assign(kind=pd.Series([], dtype="float64"))) == [
        "column kind is float64, expected text"
    ]
    mixed = pd.concat([frame.iloc[:0], pd.DataFrame({"machine": ["a", 1]})])
    assert "column machine is object, expected text" in EVENTS.faults(mixed)
    assert "column met_open" not in str(
        TABLES["sections.parquet"].faults(TABLES["sections.parquet"].empty())
    )


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.unlink(), r"events\.parquet: found '.*[Nn]o .*file"),
        (
            lambda path: path.write_bytes(b"PAR1 no"),
            r"events\.parquet: found '.*expected a table as docs",
        ),
        (lambda path: path.write_bytes(b""), r"events\.parquet: found '.*expected a table as docs"),
    ],
)
def test_a_broken_table_is_told(record: RunRecord, spoil: object, words: str) -> None:
    """A table that is missing, cut off or empty is an input error with its path."""
    spoil(record.path / "events.parquet")  # type: ignore[operator]
    with pytest.raises(InputError, match=words):
        record.frame("events.parquet")
    with pytest.raises(InputError, match=r"events\.parquet"):
        check_whole(record.path)


def test_a_table_without_a_column_is_told(record: RunRecord) -> None:
    """The missing column is named beside the expected ones."""
    (record.path / "events.parquet").write_bytes((record.path / "states.parquet").read_bytes())
    with pytest.raises(InputError, match=r"columns: found 'no event_id, kind"):
        record.frame("events.parquet")
    (record.path / "timeline.csv").write_text("t_ms\n1\n")
    with pytest.raises(InputError, match=r"columns: found 'no .*local_time"):
        record.frame("timeline.csv")


def test_what_is_no_run_folder_is_told(record: RunRecord, tmp_path: Path) -> None:
    """No folder, no manifest, no JSON and no object are four different messages."""
    with pytest.raises(InputError, match=r"nowhere: found 'no such folder'; expected a run folder"):
        open_run(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"manifest\.json: found 'No such file"):
        open_run(tmp_path)
    with pytest.raises(InputError, match=r"list\.json: found 'list'; expected a JSON object"):
        record.json("list.json")
    (tmp_path / "manifest.json").write_bytes(b"\xff")
    with pytest.raises(InputError, match="expected JSON in UTF-8"):
        open_run(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(InputError, match="expected a list of files with their SHA-256"):
        check_whole(tmp_path)
    (tmp_path / "manifest.json").write_text('{"files": {"../secret": {"sha256": ""}}}')
    with pytest.raises(InputError, match=r"files: found '\.\./secret'; expected plain file names"):
        check_whole(tmp_path)


def test_every_change_of_a_folder_is_seen(record: RunRecord) -> None:
    """A changed, a lost and an extra file are all reported at once."""
    (record.path / "summary.json").write_text("{}")
    (record.path / "depots.parquet").unlink()
    (record.path / "note.txt").write_text("")
    with pytest.raises(InputError) as caught:
        check_whole(record.path)
    assert len(caught.value.faults) == 3


def test_floats_survive_to_the_last_bit(tmp_path: Path) -> None:
    """Doubles come back with all 53 bits."""
    frame = EVENTS.shaped(event_frame(machine_frame(5), 1))
    frame["distance_m"] = np.nextafter(frame["distance_m"].to_numpy(), 1e9)
    _write(tmp_path / "events.parquet", frame)
    back = RunRecord(tmp_path, {}).frame("events.parquet")
    assert (back["distance_m"] == frame["distance_m"]).all()
