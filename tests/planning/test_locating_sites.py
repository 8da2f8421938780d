"""Sites and demand: by rule, from a file, and what a machine needs to get there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from snowplan.errors import InputError
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.site_files import load_sites
from snowplan.model.network import build_network
from snowplan.model.placement import place
from snowplan.model.scenario import Scenario
from snowplan.planning.locating.asking import MODELS, Answers, Question, ask, proposals
from snowplan.planning.locating.demand import demand_of, instance_of, loads_of
from snowplan.planning.locating.problem import UnsolvableError
from snowplan.planning.locating.sites import (
    crossing_name,
    spread_out,
    todays_sites,
    wide_junctions,
)
from snowplan.planning.locating.trying import depots_of
from snowplan.units import drive_ms


@pytest.fixture(scope="module")
def heavy() -> Scenario:
    """Heavy snow on Pingcheng."""
    return load_scenario("heavy")


@pytest.fixture(scope="module")
def toy() -> Scenario:
    """The toy town."""
    return load_scenario("toy_town")


@pytest.fixture(scope="module")
def asked(toy: Scenario) -> tuple[Question, Answers]:
    """Two depots in toy town, all models."""
    question = Question.of(toy, count=2, lanes=2)
    return question, ask(question, MODELS, 3)


def test_weights_are_the_m2_by_class(heavy: Scenario) -> None:
    """All demand together is m² × class weight of what the centre clears, within rounding."""
    network = build_network(heavy.road_map)
    demand = demand_of(heavy, network)
    sections = [s for s, duty in zip(network.sections, network.duty, strict=True) if duty]
    whole = sum(s.area_m2 * heavy.plan.weights[s.duty.road_class.key] for s in sections)
    assert abs(demand.weight.sum() - whole / 100) <= len(demand.junctions)
    classes = heavy.plan.treatments[0].spread_classes
    assert {"critical", "main"} <= set(classes)
    spread = sum(
        s.area_m2 for s in sections
        if s.duty.road_class.key in classes or (s.duty.critical and "critical" in classes)
    )  # fmt: skip
    assert demand.spread_m2.sum() == pytest.approx(spread)


def test_seconds_are_those_of_networkx(toy: Scenario) -> None:
    """Travel times are the fastest ways that networkx finds, in whole seconds rounded up."""
    network = build_network(toy.road_map)
    demand = demand_of(toy, network)
    sites = todays_sites(toy, network)
    instance = instance_of(toy, network, demand, sites, 1)
    kph = max(t.pace.travel_kph for t in toy.resources.types if t.kind == "spreader")
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for section in network.sections:
        ms = drive_ms(round(section.way.length_m * 1000), min(section.way.limit_kph, kph))
        graph.add_edge(section.start, section.end, ms=ms)
        if not section.way.oneway:
            graph.add_edge(section.end, section.start, ms=ms)
    for column, site in enumerate(sites):
        reach = nx.single_source_dijkstra_path_length(graph, site.junction, weight="ms")
        for row, junction in enumerate(demand.junctions):
            expected = -(-reach[network.junctions[junction]] // 1000)
            assert instance.distance[row, column] == expected


def test_wide_junctions_touch_two_wide_roads(heavy: Scenario) -> None:
    """Each site by rule has two sections wide enough for a team; more lanes leave fewer sites."""
    network = build_network(heavy.road_map)
    strips = heavy.plan.rules.team_min_strips
    names = wide_junctions(network, None, strips)
    for name in names:
        wide = [
            s for s in network.sections
            if name in (s.start, s.end)
            and s.way.width_m / (1 if s.way.oneway else 2) > 3.0 * (strips - 1)
        ]  # fmt: skip
        assert len(wide) >= 2
    assert set(wide_junctions(network, 8, strips)) < set(wide_junctions(network, 6, strips))


def test_spread_out_keeps_what_lies_apart(heavy: Scenario) -> None:
    """Of many junctions the asked number is kept, always the same, whatever their order."""
    network = build_network(heavy.road_map)
    names = wide_junctions(network, None, heavy.plan.rules.team_min_strips)
    kept = spread_out(network, names, 20)
    assert len(kept) == 20
    assert set(kept) <= set(names)
    assert spread_out(network, names[::-1], 20) == kept
    assert set(spread_out(network, names, 10)) <= set(kept)


def write_sites(folder: Path, *rows: str, heading: str = "id,name,lon,lat") -> Path:
    """A table of sites."""
    path = folder / "sites.csv"
    path.write_text("\n".join([heading, *rows]), encoding="utf-8")
    return path


def test_sites_of_a_file_stand_at_junctions(toy: Scenario, tmp_path: Path) -> None:
    """A site takes the junction nearest to it, and that junction's zone unless it names one."""
    a, b = toy.road_map.junctions[:2]
    path = write_sites(
        tmp_path, f"s1,one,{a.lon},{a.lat},", f"s2,two,{b.lon},{b.lat},centre",
        heading="id,name,lon,lat,zone",
    )  # fmt: skip
    first, second = load_sites(path, toy.road_map)
    assert (first.junction, second.junction) == (a.id, b.id)
    touching = {s.duty.zone for s in toy.road_map.sections if a.id in (s.start, s.end)}
    assert first.zone in touching
    assert second.zone == "centre"


def test_every_fault_of_a_table_of_sites_is_told(toy: Scenario, tmp_path: Path) -> None:
    """Far places, doubled junctions, no numbers and unknown zones are all told with their row."""
    a = toy.road_map.junctions[0]
    path = write_sites(
        tmp_path, f"s1,one,{a.lon},{a.lat},", f"s2,two,{a.lon},{a.lat},", "s3,three,0,0,",
        "s4,four,east,40,", f"s5,five,{a.lon},{a.lat},nowhere",
        heading="id,name,lon,lat,zone",
    )  # fmt: skip
    with pytest.raises(InputError) as caught:
        load_sites(path, toy.road_map)
    told = {fault.where: str(fault) for fault in caught.value.faults}
    assert set(told) == {"row 3", "row 4", "row 5", "row 6"}
    assert "not that of s1" in told["row 3"]
    assert "within 2 km of a road" in told["row 4"]
    assert "column lon" in told["row 5"]


def test_a_site_that_is_cut_off_is_refused(toy: Scenario, tmp_path: Path) -> None:
    """Where one cannot drive back from a junction, no depot can stand there."""
    road_map = toy.road_map
    name = road_map.junctions[0].id
    sections = tuple(
        replace(s, duty=replace(s.duty, closed=True)) if name in (s.start, s.end) else s
        for s in road_map.sections
    )
    at = road_map.junctions[0]
    path = write_sites(tmp_path, f"s1,one,{at.lon},{at.lat}")
    with pytest.raises(InputError, match="all roads are reached"):
        load_sites(path, replace(road_map, sections=sections))


def test_proposals_come_by_turns_and_differ(asked: tuple[Question, Answers]) -> None:
    """Each model's next placement by turns, none of them twice, in its model's order."""
    question, answers = asked
    tried = proposals(answers, 10)
    assert len({p.sites for p in tried}) == len(tried)
    for model in MODELS:
        ranks = [p.rank for p in tried if p.model == model]
        assert ranks == sorted(ranks)
    costs = [question.instance.cost(p.sites) for p in tried if p.model == "p_median"]
    assert costs == sorted(costs)


def test_stock_and_bays_are_todays(heavy: Scenario) -> None:
    """A placement of as many depots has today's tonnes and bays, each depot at least one bay."""
    question = Question.of(heavy, count=4)
    answers = ask(question, ("p_median",), 1)
    depots = depots_of(question, proposals(answers, 1)[0])
    today = heavy.resources.depots
    assert sum(d.stock_kg for d in depots) == sum(d.stock_kg for d in today)
    assert sum(d.bays for d in depots) == sum(d.bays for d in today)
    assert max(d.bays for d in depots) - min(d.bays for d in depots) <= 1
    placed = place(heavy, depots).resources.machines
    assert {m.depot for m in placed} == {d.id for d in depots}


def test_capacity_is_the_lesser_of_stock_and_bays(heavy: Scenario) -> None:
    """Half the stock halves what a site can serve where stock binds; more bays change nothing."""
    network = build_network(heavy.road_map)
    demand = demand_of(heavy, network)

    def with_depots(bays: int, part: float) -> Scenario:
        depots = tuple(
            replace(d, bays=d.bays * bays, stock_kg=round(d.stock_kg * part))
            for d in heavy.resources.depots
        )
        return replace(heavy, resources=replace(heavy.resources, depots=depots))

    low = loads_of(with_depots(100, 0.01), demand, 3, 5).capacity
    assert loads_of(with_depots(100, 0.02), demand, 3, 5).capacity == pytest.approx(2 * low)
    assert loads_of(with_depots(200, 0.01), demand, 3, 5).capacity == pytest.approx(low)
    assert np.ptp(low) == 0


def test_more_depots_than_sites_is_refused(toy: Scenario) -> None:
    """Nobody can open more sites than there are."""
    with pytest.raises(UnsolvableError, match="sites to open"):
        Question.of(toy, count=99, lanes=2)


def test_a_map_without_wide_roads_says_so(toy: Scenario) -> None:
    """Where no road is wide, sites have to be named."""
    most = max(section.way.lanes for section in toy.road_map.sections)
    for lanes in (None, 50):
        with pytest.raises(UnsolvableError, match="too few junctions of wide roads") as caught:
            Question.of(toy, count=2, lanes=lanes)
        lanes_told = caught.value.fields["lanes"]
        assert isinstance(lanes_told, int)
        assert len(Question.of(toy, count=2, lanes=lanes_told).sites) >= 2
        for more in range(lanes_told + 1, most + 1):
            with pytest.raises(UnsolvableError):
                Question.of(toy, count=2, lanes=more)


def test_stock_of_several_products_is_refused(toy: Scenario) -> None:
    """Nobody can say what a share of salt and of another product are together."""
    depots = (replace(toy.resources.depots[0], id="other", product="other"),)
    resources = replace(toy.resources, depots=(*toy.resources.depots, *depots))
    with pytest.raises(UnsolvableError, match="several products"):
        Question.of(replace(toy, resources=resources), lanes=2)


def test_a_crossing_without_a_name_is_called_by_its_roads(heavy: Scenario) -> None:
    """The two widest roads that meet there, each once; Pingcheng's own names say the same roads."""
    network = build_network(heavy.road_map)
    names = {junction.id: junction.name for junction in heavy.road_map.junctions}
    told = crossing_name(network, "beihuan-lu+shiyi-zhilu-en002")
    assert set(told.split("×")) == set(names["beihuan-lu+shiyi-zhilu-en002"].split("×"))
