"""`snowplan compare --shard` and `snowplan merge`: shares, what they lack, and the way on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from snowplan.cli.drawing import error_text
from snowplan.cli.merge import no_setting_aside
from snowplan.errors import Fault, InputError
from snowplan.results.store_study import ASIDE
from tests.cli.compare_lines import compare, folder_of, found_in, run, typed


def test_shards_joined_are_the_whole(done: tuple[Path, Result], tmp_path: Path) -> None:
    """Two shares, each in its folder, merged in a third: the unsharded files, byte for byte."""
    stores = []
    for i in (1, 2):
        result = compare(tmp_path / f"out{i}", "--shard", f"{i}/2")
        assert f"第 {i} 份（共 2 份）：6 次推演" in result.stdout
        stores.append(folder_of(result))
    merged = run(typed("merge", "toy_depots", *stores, "--out", tmp_path / "all"))
    assert found_in(folder_of(merged)) == found_in(folder_of(done[1]))
    assert merged.stdout.splitlines()[:-1] == done[1].stdout.splitlines()[:-1]


def test_what_shards_lack_is_named(done: tuple[Path, Result], tmp_path: Path) -> None:
    """One share of two alone: exit code 1, the missing runs by name, no folder; the way out works.

    The command that it names runs the other six, and finds what one command finds.
    """
    shard = json.loads(compare(tmp_path / "a", "--shard", "2/2", "--json").stdout)
    assert (shard["share"], shard["runs"]) == ([2, 2], 6)
    merged = run(typed("merge", "toy_depots", shard["run"], "--out", tmp_path / "all"))
    assert merged.exit_code == 1
    assert "还缺 6 次推演" in merged.stderr
    assert "granary，mild，随机种子 1" in merged.stderr
    assert [path.name for path in (tmp_path / "all").iterdir()] == ["toy_depots.replications"]
    (told,) = [line for line in merged.stderr.splitlines() if "snowplan compare" in line]
    told = told[told.index("snowplan compare") :]
    assert told == f"snowplan compare toy_depots --replications 2 --out {tmp_path / 'all'}"
    on = run([*told.split()[1:], "--workers", "1", "--no-pictures"])
    assert "已存 6 次推演（共 12 次）" in on.stderr
    assert found_in(folder_of(on)) == found_in(folder_of(done[1]))


def test_merge_can_go_without_what_is_missing(tmp_path: Path, out: Path) -> None:
    """With --partial: the pairs that are there, exit code 1, and the missing run by its name."""
    lines = out / "toy_depots.replications" / "replications.jsonl"
    kept = [line for line in lines.read_bytes().splitlines(keepends=True)
            if b'["east_gate","mild",2]' not in line]  # fmt: skip
    assert len(kept) == 11
    lines.write_bytes(b"".join(kept))
    line = typed("merge", "toy_depots", lines.parent, "--out", tmp_path / "all", "--partial")
    merged = run(line)
    assert merged.exit_code == 1
    path = Path(merged.stdout.splitlines()[-1])
    found = json.loads((path / "compare.json").read_text(encoding="utf-8"))
    assert found["failed"] == [
        {"variant": "east_gate", "storm": "mild", "run_seed": 2, "error": "not run"}
    ]
    assert found["differences"]["east_gate"]["exposure"]["n"] == 1
    assert found["differences"]["granary_again"]["exposure"]["n"] == 2
    assert "east_gate，mild，随机种子 2：没有推演" in merged.stderr


def test_merge_without_the_baseline_is_refused(tmp_path: Path, out: Path) -> None:
    """Even with --partial: there is nothing to compare with, and no folder is written."""
    lines = out / "toy_depots.replications" / "replications.jsonl"
    kept = [line for line in lines.read_bytes().splitlines(keepends=True) if b"east_gate" in line]
    lines.write_bytes(b"".join(kept))
    line = typed("merge", "toy_depots", lines.parent, "--out", tmp_path / "all", "--partial")
    merged = run([*line, "--lang", "en"])
    assert merged.exit_code == 1
    assert "no run of the baseline granary" in merged.stderr
    assert [path.name for path in (tmp_path / "all").iterdir()] == ["toy_depots.replications"]


def test_merge_of_a_folder_that_is_not_there_leaves_nothing(tmp_path: Path, out: Path) -> None:
    """Exit code 3 before anything is made, even where the other folder is a store."""
    folders = (out / "toy_depots.replications", tmp_path / "nosuch")
    merged = run(typed("merge", "toy_depots", *folders, "--out", tmp_path / "all"))
    assert merged.exit_code == 3
    assert "nosuch" in merged.stderr
    assert not (tmp_path / "all").exists()


def test_a_share_without_runs_says_so(tmp_path: Path) -> None:
    """The third of three shares of two replications; its folder is still the last line."""
    result = compare(tmp_path, "--shard", "3/3")
    assert "第 3 份（共 3 份）没有推演" in result.stdout
    assert folder_of(result) == tmp_path / "toy_depots.replications"


def test_the_folder_that_holds_a_store_may_be_named(tmp_path: Path, out: Path) -> None:
    """Its --out folder stands for the store in it, and what is in --out already is told."""
    first = run(typed("merge", "toy_depots", out, "--out", tmp_path / "all", "--no-pictures"))
    assert first.exit_code == 0
    assert "原来已有" not in first.stderr
    line = typed("merge", "toy_depots", out, "--out", tmp_path / "all", "--no-pictures")
    assert "原来已有 12 次推演" in run(line).stderr
    assert "原来已有" not in run(typed("merge", "toy_depots", out, "--out", out)).stderr


def test_several_stores_in_a_folder_are_named(tmp_path: Path) -> None:
    """Two stores, none of this study's name: exit code 2 and both names."""
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.replications").mkdir(parents=True)
    merged = run(typed("merge", "toy_depots", tmp_path / "in", "--out", tmp_path / "all"))
    assert merged.exit_code == 2
    assert "a.replications, b.replications" in merged.stderr


@pytest.mark.parametrize(("lang", "told"), [("zh", "已存推演所用"), ("en", "stored runs")])
@pytest.mark.parametrize("expected", ["those", "SHA-256 2,"])
def test_merge_never_advises_to_put_runs_aside(lang: str, told: str, expected: str) -> None:
    """That inputs differ is told in both languages without naming --no-resume."""
    fault = Fault("a.csv", "", "", "SHA-256 1", f"{expected} {ASIDE}")
    with pytest.raises(InputError) as refused, no_setting_aside():
        raise InputError([fault])
    shown = error_text(refused.value, lang)
    assert told in shown
    assert "--no-resume" not in shown
    assert "--out" in shown
