"""The hand-edited state: what a duty officer fills in is where the run begins, and is checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from snowplan.cli import main
from snowplan.errors import InputError
from snowplan.given import given_root
from snowplan.inputs.now_files import load_now
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.results.log import KIND
from snowplan.results.replaying import replay
from snowplan.simulation.handing_over import run_scenario
from snowplan.simulation.running import finish_run, furnish, prepare
from tests.simulation.towns import H

EXAMPLE = given_root() / "scenarios" / "toy_town_now"


@pytest.fixture(scope="module")
def town() -> Scenario:
    """The toy town."""
    return load_scenario("toy_town")


def test_the_run_begins_at_the_instant_with_the_weather_from_then_on(town: Scenario) -> None:
    """21:00 is 5 h after 16:00; it has snowed for 3 h, at 667, 666 and 667 µm an hour."""
    told = load_now(EXAMPLE, town)
    assert told.study.clock.text(0) == "2026-01-15 21:00"
    assert told.study.horizon_ms == town.study.horizon_ms - 5 * H
    assert told.now is not None
    assert sum(rate * (b - a) for a, b, rate in told.now.fell) == 2_000 * H
    assert told.around.snowfall.initial_um == 2_000
    later = [s.start_ms + 5 * H for s in told.around.snowfall.actual]
    assert later == [s.start_ms for s in town.around.snowfall.actual]


def test_a_section_is_told_by_the_narrowest_row_that_names_it(town: Scenario) -> None:
    """main-street-02 has a row of its own beside its class's; the rows of a zone hide its class's.

    What nobody names lies as it fell.
    """
    told = load_now(EXAMPLE, town).now
    assert told is not None
    lying = dict(told.lying)
    assert (lying["main-street-02"].loose_mm, lying["main-street-02"].windrow_kg_m) == (4, 60)
    for section in town.road_map.sections:
        duty = section.duty
        if section.id == "main-street-02":
            continue
        if duty.zone == "east":
            assert (lying[section.id].loose_mm, lying[section.id].packed_mm) == (30, 3)
        elif duty.road_class.key == "main":
            assert lying[section.id].treated
        elif duty.road_class.key != "branch":
            assert section.id not in lying


def test_everything_stands_as_told(town: Scenario) -> None:
    """Places, hopper, repair, stock and snow of the world before anything happens."""
    told = load_now(EXAMPLE, town)
    network = build_network(told.road_map)
    world = furnish(told, network)
    units = {unit.id: unit for unit in world.units}
    section = next(s for s in told.road_map.sections if s.id == "main-street-01")
    assert network.junctions[units["plough-001"].junction] in (section.start, section.end)
    assert network.junctions[units["roller-brush-001"].junction] == "f"
    assert units["roller-brush-001"].until == 2.5 * H
    assert units["spreader-001"].hopper_g == 800_000
    assert world.stores[0].stock_g == 12_500_000
    segment = next(
        k for k, s in enumerate(network.seg.section) if network.sections[s].id == "main-street-02"
    )
    strip_g = network.seg.strip_dm2[segment] * round(4 * world.ground.density) // 100
    assert world.ground.loose[network.seg.strip0[segment]] == strip_g
    windrow_g = 60 * network.seg.length_mm[segment]
    assert world.ground.windrow_g(segment) == windrow_g


def test_the_run_balances_and_is_replayed_from_what_was_told(town: Scenario) -> None:
    """Residuals are 0, the replay of the log from the told snow ends with the ledger's grams.

    The brush is mended until 2.5 h; the trucks' night crew is not there before its next shift.
    """
    told = load_now(EXAMPLE, town)
    network = build_network(told.road_map)
    run = run_scenario(told, network)
    replayed = replay(run.log, run.facts, run.group_log)
    ground = finish_run(prepare(told, network)).world.ground
    assert replayed.loose_g.tolist() == ground.loose
    assert replayed.packed_g.tolist() == ground.packed
    assert {terms["residual"] for terms in run.ledger.as_dict().values()} == {0}
    rows = run.log.table()
    repair = rows[rows["kind"] == KIND["repair"]]
    assert [(int(r["start"]), int(r["end"])) for r in repair] == [(0, round(2.5 * H))]
    trucks = [party for party in run.facts.parties if party.kind == "truck"]
    assert all(begin > 0 for truck in trucks for begin, _, _ in truck.windows)
    ploughs = [m for m in run.facts.machines if m.id == "plough-001"]
    assert ploughs[0].windows[0][0] == 0


def test_a_told_run_can_be_stored_and_continued(town: Scenario) -> None:
    """Both kinds of start together: the same log from 3 h on."""
    told = load_now(EXAMPLE, town)
    network = build_network(told.road_map)
    whole = run_scenario(told, network, store_at=(3 * H,))
    again = run_scenario(told, network, since=whole.stored[0])
    assert again.log.rows() == whole.log.rows()
    assert again.ledger == whole.ledger


def test_now_toml_alone_is_enough(town: Scenario, tmp_path: Path) -> None:
    """Every table may be left out; an English heading does as well as a Chinese one."""
    shutil.copy(EXAMPLE / "now.toml", tmp_path / "now.toml")
    told = load_now(tmp_path, town).now
    assert told is not None
    assert told.lying == ()
    (tmp_path / "sections.csv").write_text("section,loose_mm\nmain,7\n", encoding="utf-8")
    told = load_now(tmp_path, town).now
    assert told is not None
    assert {lying.loose_mm for _, lying in told.lying} == {7}


@pytest.mark.parametrize("name", ["主干路", "main roads", "Main Roads", "main"])
def test_a_class_is_named_in_either_language(town: Scenario, tmp_path: Path, name: str) -> None:
    """Every name of the main roads lays 7 mm on them, and on nothing else."""
    assert told_by(town, tmp_path, name) == {
        s.id for s in town.road_map.sections if s.duty.road_class.key == "main"
    }


@pytest.mark.parametrize("name", ["东区", "East", "east"])
def test_a_zone_is_named_in_either_language(town: Scenario, tmp_path: Path, name: str) -> None:
    """Every name of the east zone lays 7 mm on its sections, and on nothing else."""
    assert told_by(town, tmp_path, name) == {
        s.id for s in town.road_map.sections if s.duty.zone == "east"
    }


def told_by(town: Scenario, folder: Path, name: str) -> set[str]:
    """The sections that a row of this name is about."""
    shutil.copy(EXAMPLE / "now.toml", folder / "now.toml")
    (folder / "sections.csv").write_text(f"路段,松雪_mm\n{name},7\n", encoding="utf-8")
    now = load_now(folder, town).now
    assert now is not None
    assert {lying.loose_mm for _, lying in now.lying} == {7}
    return {section for section, _ in now.lying}


def test_a_class_told_in_two_languages_is_told_twice(town: Scenario, tmp_path: Path) -> None:
    """`main` and 主干路 are the same roads: the second row is the fault."""
    shutil.copy(EXAMPLE / "now.toml", tmp_path / "now.toml")
    (tmp_path / "sections.csv").write_text("section,loose_mm\nmain,7\n主干路,8\n", encoding="utf-8")
    with pytest.raises(InputError, match="a duplicate of row 2"):
        load_now(tmp_path, town)


def test_a_wrong_name_is_answered_with_the_nearest_alone(town: Scenario, tmp_path: Path) -> None:
    """The town knows more names than a line holds; at most three of them are said."""
    shutil.copy(EXAMPLE / "now.toml", tmp_path / "now.toml")
    (tmp_path / "sections.csv").write_text("section,loose_mm\nmain-stret-02,7\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_now(tmp_path, town)
    (fault,) = error.value.faults
    assert fault.hint == "main-street-02"
    what, _, names = fault.expected.partition(", such as ")
    assert what == "a section, road, zone or class"
    assert names.split(", ")[0] == "main-street-02"
    assert len(names.split(", ")) <= 3


def test_all_faults_are_told_at_once(town: Scenario, tmp_path: Path) -> None:
    """File, row, field, found and expected of each fault of every table."""
    (tmp_path / "now.toml").write_text("at = 2026-01-20T03:00:00\n", encoding="utf-8")
    (tmp_path / "sections.csv").write_text(
        "路段,松雪_mm,撒过融雪剂\nmain,深,\nmoon,3,也许\n", encoding="utf-8"
    )
    (tmp_path / "machines.csv").write_text(
        "machine,place,hopper_kg,broken_h\nplough-01,,,\nplough-001,nowhere,5,-1\n",
        encoding="utf-8",
    )
    (tmp_path / "depots.csv").write_text("depot,stock_kg\ndepot-centre,-3\n", encoding="utf-8")
    (tmp_path / "crews.csv").write_text("crew,on_shift\nnobody,yes\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_now(tmp_path, town)
    places = {(Path(f.file).name, f.where, f.field) for f in error.value.faults}
    assert places == {
        ("now.toml", "line 1", "key at"),
        ("sections.csv", "row 2", "column loose_mm"),
        ("sections.csv", "row 3", "column section"),
        ("sections.csv", "row 3", "column treated"),
        ("machines.csv", "row 2", "column machine"),
        ("machines.csv", "row 3", "column place"),
        ("machines.csv", "row 3", "column hopper_kg"),
        ("machines.csv", "row 3", "column broken_h"),
        ("depots.csv", "row 2", "column stock_kg"),
        ("crews.csv", "row 2", "column crew"),
    }
    assert any(f.hint == "plough-001" for f in error.value.faults)


def test_the_command_says_that_it_is_approximate(tmp_path: Path) -> None:
    """Said above the outcome; a folder without now.toml is refused with exit code 3."""
    line = ["run", "toy_town", "--no-pictures", "--out", str(tmp_path), "--now"]
    result = CliRunner().invoke(main, [*line, str(EXAMPLE)])
    assert result.exit_code == 0, result.output
    assert "近似" in result.stdout.splitlines()[0]
    result = CliRunner().invoke(main, [*line, str(tmp_path)])
    assert result.exit_code == 3
    assert "now.toml" in result.stderr
