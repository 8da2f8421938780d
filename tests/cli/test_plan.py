"""`snowplan plan depots`: what it prints, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from snowplan.cli import main


def plan(*args: object) -> Result:
    """`snowplan plan depots` on toy town, whose wide roads have two lanes."""
    line = ["plan", "depots", "toy_town", "--lanes", "2", *map(str, args)]
    return CliRunner().invoke(main, line)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of two placements of two depots, tried twice."""
    out = tmp_path_factory.mktemp("plan")
    result = plan(
        "--count", 2, "--best", 2, "--replications", 2, "--workers", 1, "--no-pictures",
        "--out", out, "--lang", "en",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert "p-median" in result.stdout
    assert "maximal covering" in result.stdout
    return Path(result.stdout.splitlines()[-1])


def test_models_alone_are_printed_with_bound_and_gap() -> None:
    """Without simulation each model's answer is there, proven, and nothing is run."""
    result = plan("--no-simulate", "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["run"] is None
    assert {row["model"] for row in found["models"]} == {
        "p_median", "p_centre", "capacitated", "covering",
    }  # fmt: skip
    for row in found["models"]:
        assert row["gap"] == 0
        assert row["bound"] == pytest.approx(row["objective"])
        assert len(row["open"]) == 1


def test_the_folder_has_both_orders(simulated: Path) -> None:
    """The report holds each model, and today's depots beside the placements in both orders."""
    report = json.loads((simulated / "compare.json").read_text(encoding="utf-8"))
    part = report["placement"]
    assert [row["variant"] for row in part["proposals"]] == [v["id"] for v in report["variants"]]
    assert part["proposals"][0]["variant"] == report["baseline"] == "today"
    assert part["measure"] in report["decide"]
    assert "seconds" not in part["models"][0]
    assert {len(row["open"]) for row in part["models"]} == {2}
    for variant in report["variants"][1:]:
        assert len(variant["depots"]) == 2


def test_placements_run_before_are_not_run_again(simulated: Path) -> None:
    """Another question about the same town finds in the store what was run of a placement."""
    store = next(simulated.parent.glob("depots_toy_town.replications")) / "replications.jsonl"
    before = len(store.read_text(encoding="utf-8").splitlines())
    result = plan(
        "--count", 2, "--best", 1, "--model", "p_median", "--replications", 2, "--workers", 1,
        "--no-pictures", "--out", simulated.parent,
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert len(store.read_text(encoding="utf-8").splitlines()) == before


def test_the_study_in_the_folder_gives_the_same_figures(simulated: Path, tmp_path: Path) -> None:
    """`snowplan compare` on it, elsewhere and from nothing, comes to the same digest."""
    line = ["compare", str(simulated / "study.toml"), "--replications", "2", "--workers", "1",
            "--no-pictures", "--out", str(tmp_path), "--json"]  # fmt: skip
    result = CliRunner().invoke(main, line)
    assert result.exit_code == 0, result.stderr
    report = json.loads((simulated / "compare.json").read_text(encoding="utf-8"))
    again = json.loads(result.stdout)
    assert again["digest"] == report["digest"]
    assert again["differences"] == report["differences"]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("--count", 99), 2, "99 sites to open"),
        (("--count", 2, "--differ", 3), 2, "only 2 sites are opened"),
        (("--lanes", 50), 1, "--lanes 4, or --sites"),
        (("--model", "nearest"), 2, "nearest"),
    ],
)
def test_what_cannot_be_is_refused(args: tuple[object, ...], code: int, words: str) -> None:
    """Questions without an answer end with their exit code and say why."""
    result = plan(*args, "--no-simulate", "--lang", "en")
    assert result.exit_code == code
    assert words in result.stderr


def test_a_faulty_table_of_sites_is_refused(tmp_path: Path) -> None:
    """A site off the map ends with 3 and names its row; nothing is written."""
    path = tmp_path / "sites.csv"
    path.write_text("id,name,lon,lat\ns1,one,0,0\n", encoding="utf-8")
    result = plan("--sites", path, "--out", tmp_path / "runs", "--lang", "en")
    assert result.exit_code == 3
    assert "row 2" in result.stderr
    assert not (tmp_path / "runs").exists()
