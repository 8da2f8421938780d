"""A store gives back what was put in, says what changed, and never uses what is not its own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from snowplan.cli.drawing import error_text
from snowplan.cli.error_texts import ERROR_TEXTS
from snowplan.cli.store_texts import STORE_TEXTS
from snowplan.errors import InputError, InUseError, RunError, UseError
from snowplan.model.comparison import Job
from snowplan.results.replication_store import Merged, Store, merge
from snowplan.results.replications import Replication, digest_of_replications
from snowplan.results.store_lines import line_of, spans
from tests.results import stores

ENGLISH = re.compile(r"\b(found|expected|with|which|those|values|version|source|file|is|not)\b")


def _filled(folder: Path, jobs: list[Job] | None = None, shard: str = "") -> Path:
    """A store with those runs (all thirty if none are named); the file that has them."""
    with Store.open(folder, stores.identity(), shard=shard) as store:
        for job in stores.jobs() if jobs is None else jobs:
            store.add(stores.replication(job))
    return store.path


def _found(folder: Path) -> dict[Job, Replication]:
    with Store.open(folder, stores.identity()) as store:
        assert store.notes == []
        return dict(store.found)


def _whole() -> str:
    return digest_of_replications({job: stores.replication(job) for job in stores.jobs()})


def test_what_is_added_is_found_again(tmp_path: Path) -> None:
    """Every figure comes back as it was, whatever the order in which runs were stored."""
    _filled(tmp_path / "a.replications")
    _filled(tmp_path / "b.replications", stores.jobs()[::-1])
    for name in ("a", "b"):
        found = _found(tmp_path / f"{name}.replications")
        assert found == {job: stores.replication(job) for job in stores.jobs()}
        assert digest_of_replications(found) == _whole()


def test_a_replication_is_on_the_disk_when_add_returns(tmp_path: Path) -> None:
    """While the store is still open, the file holds one whole line a replication, and no more."""
    with Store.open(tmp_path / "s", stores.identity()) as store:
        for number, job in enumerate(stores.jobs()[:3], start=1):
            store.add(stores.replication(job))
            store.add(stores.replication(job))  # the same again changes nothing
            lines = store.path.read_bytes().split(b"\n")
            assert len(lines) == number + 1
            assert lines[-1] == b""
            key = stores.identity().key(job)
            assert line_of(key, stores.replication(job)) == lines[-2] + b"\n"


def test_another_result_of_a_stored_run_is_refused(tmp_path: Path) -> None:
    """A run that gives two results is an error, and the first stays."""
    job = stores.jobs()[0]
    with Store.open(tmp_path / "s", stores.identity()) as store:
        store.add(stores.replication(job))
        with pytest.raises(RunError, match="another result than that in"):
            store.add(stores.replication(job, shift=0.25))
        with pytest.raises(RunError, match="no run of the study"):
            store.add(stores.replication(Job("elsewhere", "mild", 1)))
    assert _found(tmp_path / "s") == {job: stores.replication(job)}


def test_more_and_fewer_variants_resume(tmp_path: Path) -> None:
    """A variant that is left out and taken in again finds its runs; a new one has none yet."""
    folder = tmp_path / "s"
    _filled(folder)
    for variants in (("today",), ("today", "六点"), stores.VARIANTS):
        with Store.open(folder, stores.identity(variants=variants)) as store:
            known = [job for job in stores.jobs() if job.variant in variants]
            assert sorted(store.found) == sorted(known)
            assert store.notes == []


def test_each_changed_input_is_named(tmp_path: Path) -> None:
    """A file, a part of the study, a version: each refusal names it, old and new, and the way on.

    A variant that was left out meanwhile still counts when it comes back otherwise.
    """
    folder = tmp_path / "s"
    _filled(folder)
    with pytest.raises(InputError) as caught:
        Store.open(folder, stores.identity(costs="c1"))
    files = [fault for fault in caught.value.faults if fault.file == "seeds/costs.csv"]
    assert len(files) == 1
    assert "--no-resume" in files[0].expected
    assert "heavy.toml" not in str(caught.value)
    with Store.open(folder, stores.identity(variants=("today",))):
        pass
    with pytest.raises(InputError) as caught:
        Store.open(folder, stores.identity(depots="four"))
    (fault,) = caught.value.faults
    assert (fault.where, fault.field) == ("variant south, storms cold, mild", "depots")
    with pytest.raises(InputError, match=r"snowplan: found version 2\.0; expected version 1\.0"):
        Store.open(folder, stores.identity(version="2.0"))
    with pytest.raises(InputError, match=r"snowplan 1\.0: found source 1111"):
        Store.open(folder, replace(stores.identity(), code="1" * 64))
    with pytest.raises(InputError, match=r"numpy: found version 2\.5; expected version 2\.4, with"):
        Store.open(folder, replace(stores.identity(), beneath={"numpy": "2.5"}))
    assert len(_found(folder)) == 30


def test_a_line_of_other_inputs_is_never_used(tmp_path: Path) -> None:
    """A whole line whose key is not the hash of these inputs is told and left out."""
    mine, other = tmp_path / "mine", tmp_path / "other"
    path = _filled(mine, stores.jobs()[:2])
    job = stores.jobs()[2]
    with Store.open(other, stores.identity(costs="c1")) as store:
        store.add(stores.replication(job, shift=5.0))
    path.write_bytes(path.read_bytes() + store.path.read_bytes())
    with Store.open(mine, stores.identity()) as again:
        assert sorted(again.found) == sorted(stores.jobs()[:2])
        assert again.notes == [("store.foreign", {"file": str(path), "lines": "3"})]
        again.add(stores.replication(job))
        assert again.found[job] == stores.replication(job)


def test_put_aside_keeps_everything(tmp_path: Path) -> None:
    """The old store gets another name with all its runs; then a new one begins empty."""
    folder = tmp_path / "s.replications"
    assert Store.put_aside(folder) is None
    _filled(folder)
    kept = [Store.put_aside(folder)]
    assert not folder.exists()
    assert _found(folder) == {}
    kept.append(Store.put_aside(folder))
    assert kept[0] is not None
    assert kept[0] != kept[1]
    assert len(_found(kept[0])) == 30


def test_shards_are_merged(tmp_path: Path) -> None:
    """Shards from one folder or several give the unsharded digest; what is missing is named."""
    shards = [stores.jobs()[k::3] for k in range(3)]
    for k in range(3):
        path = _filled(tmp_path / "one", shards[k], f"{k + 1}/3")
        assert path.name == f"replications-{k + 1}-of-3.jsonl"
        _filled(tmp_path / f"apart-{k}", shards[k], f"{k + 1}/3")
    apart = [tmp_path / f"apart-{k}" for k in range(3)]
    for into, folders in (("one", [tmp_path / "one"]), ("new", apart), ("new", apart[:1])):
        merged = merge(tmp_path / into, folders, stores.identity(), stores.jobs())
        assert merged.missing == ()
        assert digest_of_replications(merged.replications) == _whole()
        assert digest_of_replications(_found(tmp_path / into)) == _whole()
    partly = merge(tmp_path / "partly", apart[:2], stores.identity(), stores.jobs())
    assert sorted(partly.missing) == sorted(shards[2])
    assert isinstance(partly, Merged)


def test_shards_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    """Two results of one run, or a shard of other inputs: refused with the names of both."""
    job = stores.jobs()[4]
    paths = []
    for name, shift in (("a", 0.0), ("b", 0.25)):
        with Store.open(tmp_path / name, stores.identity()) as store:
            store.add(stores.replication(job, shift))
        paths.append(store.path)
    with pytest.raises(InputError) as caught:
        merge(tmp_path / "into", [tmp_path / "a", tmp_path / "b"], stores.identity())
    assert str(paths[0]) in str(caught.value)
    assert str(paths[1]) in str(caught.value)
    assert "line 1" in str(caught.value)
    with pytest.raises(InputError, match=r"seeds/costs\.csv"):
        merge(tmp_path / "into", [tmp_path / "a"], stores.identity(costs="c1"))
    with pytest.raises(InputError, match="expected a store of replications"):
        merge(tmp_path / "into", [tmp_path / "nowhere"], stores.identity())


def test_two_results_in_one_file_are_refused(tmp_path: Path) -> None:
    """Two whole lines with one key and different figures: no use of either, both are named."""
    path = _filled(tmp_path / "s")
    false = line_of(
        stores.identity().key(stores.jobs()[7]), stores.replication(stores.jobs()[7], shift=0.25)
    )
    path.write_bytes(path.read_bytes() + false)
    with pytest.raises(InputError, match=r"line 31: found another result.*line 8"):
        Store.open(tmp_path / "s", stores.identity())


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "1/2/3", "-1/2", "a/b", " 1/2"])
def test_a_shard_that_is_none_is_refused(tmp_path: Path, shard: str) -> None:
    """A shard is i/n with i from 1 to n; nothing is made for any other text."""
    with pytest.raises(UseError, match="expected i/n"):
        Store.open(tmp_path / "s", stores.identity(), shard=shard)
    assert list(tmp_path.iterdir()) == []


def test_what_is_told_has_words() -> None:
    """Each note of a store has a text in both languages with its blanks."""
    for zh, en in STORE_TEXTS.values():
        blanks = {"file": "a", "lines": "1", "place": "b", "process": "2"}
        assert zh.format(**blanks) != en.format(**blanks)
    assert not STORE_TEXTS.keys() & ERROR_TEXTS.keys()
    assert spans([3, 5, 6, 7, 9]) == "3, 5-7, 9"


def test_refusals_are_told_in_chinese(tmp_path: Path) -> None:
    """What a store refuses is said in Chinese: no English is left but names and options."""
    folder = tmp_path / "s"
    path = _filled(folder)
    for changed in (
        stores.identity(costs="c1"),
        stores.identity(version="2.0"),
        stores.identity(depots="four"),
        replace(stores.identity(), code="1" * 64),
        replace(stores.identity(), beneath={"numpy": "2.5"}),
    ):
        with pytest.raises(InputError) as caught:
            Store.open(folder, changed)
        assert not ENGLISH.search(error_text(caught.value, "zh")), error_text(caught.value, "zh")
    path.with_name("study.json").write_bytes(b"{")
    with pytest.raises(InputError) as caught:
        Store.open(folder, stores.identity())
    assert not ENGLISH.search(error_text(caught.value, "zh"))
    assert "（进程 12）" in error_text(InUseError("s", "12"), "zh")
    assert "(process 12)" in error_text(InUseError("s", "12"), "en")


def test_a_store_taken_away_meanwhile_is_told(tmp_path: Path) -> None:
    """When the file is removed, or others add to it, the next run is not said to be kept."""
    one, two = stores.jobs()[:2]
    with Store.open(tmp_path / "s", stores.identity()) as store:
        store.add(stores.replication(one))
        with store.path.open("ab") as file:
            file.write(b"x")
        with pytest.raises(RunError, match="was changed or removed"):
            store.add(stores.replication(two))
    with Store.open(tmp_path / "t", stores.identity()) as store:
        store.path.unlink()
        with pytest.raises(RunError, match="was changed or removed"):
            store.add(stores.replication(one))


def test_the_identity_in_the_store_is_checked(tmp_path: Path) -> None:
    """`study.json` that is edited or of another format is refused by its name."""
    path = _filled(tmp_path / "s")
    study = path.with_name("study.json")
    document = json.loads(study.read_bytes())
    for bad in (
        json.dumps(document | {"snowplan": "2.0"}).encode(),
        json.dumps(document | {"version": 1}).encode(),
        b"[]",
        b"",
    ):
        study.write_bytes(bad)
        with pytest.raises(InputError, match=r"study\.json"):
            Store.open(tmp_path / "s", stores.identity())


def test_without_its_identity_a_store_knows_runs_by_their_keys(tmp_path: Path) -> None:
    """Where `study.json` is gone, runs of these inputs are found, those of others are not."""
    path = _filled(tmp_path / "s")
    for costs, told in (("c1", ["store.no_study", "store.foreign"]), ("c0", ["store.no_study"])):
        path.with_name("study.json").unlink()
        with Store.open(tmp_path / "s", stores.identity(costs=costs)) as store:
            assert len(store.found) == (30 if costs == "c0" else 0)
            assert [note.key for note in store.notes] == told
    assert len(_found(tmp_path / "s")) == 30
