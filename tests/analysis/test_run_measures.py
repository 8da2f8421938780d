"""Measures of a run by hand: small towns with figures for a pencil, and closed forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from snowplan.analysis.measure_sections import (
    Reached,
    late_counts,
    limit_values,
    opened_minutes,
    roads_of,
    time_values,
)
from snowplan.experiments.one_run import storm_of
from snowplan.experiments.replicating import replication_of
from snowplan.model.comparison import Job
from snowplan.model.fleet import Machine
from snowplan.model.measures import SHARES, measure_keys
from snowplan.model.network import build_network
from snowplan.model.plan import Limit
from snowplan.model.roads import RoadClass, Section
from snowplan.model.scenario import Scenario
from snowplan.results.replications import Replication
from snowplan.simulation.handing_over import HandedOver, run_scenario
from tests.simulation.towns import Fleet, H, crew, plan, ploughs, snow, street, town, town_map

DOSED = plan(dose_g_m2=20.0, spread_classes=("main",))
JOB = Job("variant", "storm", 1)


def spreaders(count: int, stock_kg: int = 20_000) -> Fleet:
    """Some spreaders with a crew each, at one depot with one bay at junction a."""
    machines = tuple(Machine(f"spreader-{k + 1:03d}", "spreader", "depot") for k in range(count))
    return Fleet(machines, (crew("spreader", crews=count),), stock_kg=stock_kg)


def handed_over(scenario: Scenario) -> HandedOver:
    """A finished run."""
    return run_scenario(scenario, build_network(scenario.road_map))


def measured(roads: Sequence[Section], fleet: Fleet, **more: object) -> Replication:
    """A town in 3 hours of light snow from 1:00 to 2:00, treated with de-icer on main roads."""
    storm = snow((1, 300), (2, 0))
    scenario = town(roads, fleet, storm, rules=DOSED, horizon_h=3, **more)  # type: ignore[arg-type]
    return replication_of(JOB, handed_over(scenario))


def in_a_row(names: str) -> list[Section]:
    """Main roads of 1 km from each junction to the next, 60 kg of de-icer each, 100 s to drive."""
    return [street(a + b, a, b, 1_000) for a, b in pairwise(names)]


def test_response_counts_the_load_that_had_to_come_first() -> None:
    """At 1:00 one spreader loads for 120 s and does ab; bc and cd follow at once; then it is empty.

    Back from d to a (300 s), 108 s for 180 kg, and 300 s to d: 708 s until de. (120 + 0 + 0 + 708)
    over 4 is 207 s; the fourth of four is 708 s.
    """
    found = measured(in_a_row("abcde"), spreaders(1)).values
    assert found["response_mean_min"] == 207 / 60
    assert found["response_p95_min"] == found["response_p95_min/zone:centre"] == 11.8


def test_waits_for_a_bay_and_empty_depots_are_part_of_the_response() -> None:
    """Two spreaders, one bay, 300 kg for seven roads that leave junction a.

    The first loads 200 kg in 120 s and does ab after 120 s; back from b (100 s) ad, then af: 100 s
    each. The second stands in line for 120 s and loads 100 kg in 60 s: ac after 180 s. With 40 kg
    aboard it drives to the depot in 100 s, finds nothing, and does ae with what it has; so does the
    first with ag. Six passes, 700 s together; the sixth of six is 180 s. Nobody does ah.
    """
    roads = [street(f"a{end}", "a", end, 1_000) for end in "bcdefgh"]
    found = measured(roads, spreaders(2, stock_kg=300))
    assert found.values["response_mean_min"] == pytest.approx(700 / 6 / 60, abs=0.0005)
    assert found.values["response_p95_min"] == 3.0
    assert found.values["loading_wait_h"] == pytest.approx(120 / 3600, abs=0.0005)
    assert found.values["stockouts"] == 2
    assert found.depots == {
        "depot": {
            "loads": 2, "loading_wait_h": 0.033, "stockouts": 2, "spread_t": 0.3, "left_t": 0.0,
        }
    }  # fmt: skip


def test_shares_of_time_by_hand() -> None:
    """The same night: of 2 × 10,800 s, called out at 0.

    Passes 6 × 100 s; drives 4 × 100 s; loads 180 s; the line 120 s; for want of stock from 4,420
    and 4,080 s on; before the snow 2 × 3,600 s without work.
    """
    roads = [street(f"a{end}", "a", end, 1_000) for end in "bcdefgh"]
    found = measured(roads, spreaders(2, stock_kg=300)).values
    seconds = {
        "share_work": 600, "share_travel": 400, "share_load": 180, "share_wait_bay": 120,
        "share_wait_stock": 10_800 - 4_420 + 10_800 - 4_080, "share_wait_work": 7_200,
    }  # fmt: skip
    wanted = {name: 100 * seconds.get(name, 0) / 21_600 for name in SHARES}
    assert {name: found[name] for name in SHARES} == pytest.approx(wanted, abs=0.0005)


def test_fleet_by_hand() -> None:
    """400 s of driving at 36 km/h are 4 km; 1,180 s on the road at 20 l/h, one operator each."""
    roads = [street(f"a{end}", "a", end, 1_000) for end in "bcdefgh"]
    found = measured(roads, spreaders(2, stock_kg=300)).values
    assert found["deadhead_km"] == 4.0
    assert found["deicer_t"] == 0.3
    assert found["operator_h"] == pytest.approx(1_180 / 3600, abs=0.0005)
    assert found["fuel_l"] == pytest.approx(20 * 1_180 / 3600, abs=0.05)


def test_nobody_called_nothing_measured() -> None:
    """Without snow no call-out: no shares, no response, no limits; open from the start."""
    scenario = town(in_a_row("abc"), spreaders(1), snow((0, 0)), rules=DOSED, horizon_h=3)
    found = replication_of(JOB, handed_over(scenario))
    none = [key for key in found.values if key.startswith(("share", "response", "met", "limit"))]
    assert [found.values[key] for key in none] == [None] * len(none)
    assert found.values["open_last/all"] == 0.0  # told from the start
    assert found.snow_stops_ms is None
    assert found.opened_min == (-1, -1)


TWO = [
    street("ab", "a", "b", 1_000, zone="centre"),
    street("bc", "b", "c", 1_000, road_class=RoadClass.LANE, zone="centre"),
]


def ploughed_late(horizon_h: float) -> Replication:
    """40 mm fall in the first half hour; a plough comes at 1:00 and takes 200 s for each road.

    It leaves 5 mm on ab at 3,800 s and on bc at 4,000 s; blocked above 30 mm, clean up to 5 mm.
    """
    fleet = ploughs(crews=(crew("plough", "17:00"),))
    scenario = town(TWO, fleet, snow((0, 8_000), (0.5, 0)), horizon_h=horizon_h)
    return replication_of(JOB, handed_over(scenario))


def test_times_of_a_town_ploughed_late() -> None:
    """Hours after 0:30: 2,000 s for ab and 2,200 s for bc; of the two the median is the first."""
    found = ploughed_late(4)
    for aspect in ("open", "clean"):
        for key, seconds in (
            ("median/all", 2_000), ("p95/all", 2_200), ("last/all", 2_200),
            ("last/main", 2_000), ("last/lane", 2_200), ("last/lane@centre", 2_200),
        ):  # fmt: skip
            assert found.values[f"{aspect}_{key}"] == pytest.approx(seconds / 3600, abs=0.0005)
    assert found.opened_min == (63, 67)
    assert found.snow_stops_ms == H // 2
    assert not found.late
    assert found.values["met_open/main"] == found.values["met_clean/lane@centre"] == 1.0
    assert (found.values["limit_open/main"], found.values["limit_clean/main"]) == (2.0, 4.0)


def test_curves_of_a_town_ploughed_late() -> None:
    """Open at 0:00, blocked at 0:30 and 1:00, open from 1:30 on; as all roads are so, all."""
    found = ploughed_late(4).curves
    assert found["opened/main"] == found["clean/all"] == (1000, 0, 0, *[1000] * 6)
    assert set(found) == {f"{w}/{c}" for w in ("opened", "clean") for c in ("all", "main", "lane")}


def test_exposure_of_a_town_ploughed_late() -> None:
    """10 mm·h while it falls, 40 mm until the plough has passed, 5 mm from then on."""
    found = ploughed_late(4).values
    ab = 10 + (40 * (3_800 - 1_800) + 5 * (14_400 - 3_800)) / 3600
    bc = 10 + (40 * (4_000 - 1_800) + 5 * (14_400 - 4_000)) / 3600
    assert found["exposure/main"] == pytest.approx(ab, abs=0.01)
    assert found["exposure/lane@centre"] == pytest.approx(bc, abs=0.01)
    assert found["exposure"] == found["exposure/zone:centre"] == pytest.approx(ab + bc, abs=0.01)


def test_the_horizon_stands_for_what_comes_after_it() -> None:
    """At 3,900 s ab is open and bc is not: bc counts 3,900 - 1,800 s, and one section is left."""
    found = ploughed_late(3_900 / 3600)
    assert found.values["open_last/all"] == pytest.approx(2_100 / 3600, abs=0.0005)
    assert found.values["open_median/all"] == pytest.approx(2_000 / 3600, abs=0.0005)
    assert found.late["open_last/all"] == found.late["open_median/lane"] == 1
    assert "open_last/main" not in found.late
    assert found.opened_min == (63, -2)
    # The limit of 2 h lies beyond the horizon: ab met it, of bc nobody knows.
    assert (found.values["met_open/main"], found.values["met_open/lane"]) == (1.0, None)
    assert found.curves["opened/all"] == (1000, 0, 0)


MAP = town_map(
    [
        street("a", "j1", "j2", 100.0, zone="south"),
        street("b", "j2", "j3", 100.0, zone="south"),
        street("c", "j3", "j4", 100.0, zone="south", road_class=RoadClass.BRANCH),
        street("d", "j4", "j5", 100.0, zone="north", road_class=RoadClass.BRANCH),
        street("e", "j5", "j1", 100.0, zone="north", operator="highway"),
    ]
)
ROADS = roads_of(build_network(MAP))
# a opened at 5 h, b was never blocked, c opened at 6 h, d not by 12 h; snow stops at 4 h.
FOUND = Reached(np.array([5 * H, 0, 6 * H, 12 * H]), np.array([False, False, False, True]))


@pytest.mark.parametrize(
    ("key", "hours"),
    [
        ("open_median/all", 1.0),  # 0, 5, 6, 12: the second of four
        ("open_p95/all", 8.0),  # the fourth of four
        ("open_median/main", -4.0),  # 0 and 5: the first of two
        ("open_last/main", 1.0),
        ("open_median/zone:south", 1.0),  # 0, 5, 6: the second of three
        ("open_last/zone:south", 2.0),
        ("open_last/branch@south", 2.0),
        ("open_last/branch@north", 8.0),
    ],
)
def test_ranks_by_hand(key: str, hours: float) -> None:
    """Nearest ranks over all sections of the centre, those never blocked among them."""
    assert time_values("open", FOUND, ROADS, 4 * H)[key] == hours


def test_sections_left_are_told_where_they_count() -> None:
    """d is a branch of the north: main roads and the south have none left."""
    late = late_counts("open", FOUND, ROADS)
    subjects = ("all", "branch", "branch@north", "zone:north")
    assert late == {f"open_{rank}/{s}": 1 for rank in ("median", "p95", "last") for s in subjects}


@pytest.mark.parametrize(
    ("limit_h", "main", "south", "branch"),
    [
        (0.5, 0.0, 0.0, 0.0),  # until 4.5 h: a came at 5 h
        (1.0, 1.0, 0.0, 0.0),  # until 5 h: a just did, c at 6 h did not
        (2.0, 1.0, 1.0, 0.0),  # until 6 h: d cannot have met a limit before the horizon
        (8.0, 1.0, 1.0, 0.0),  # until 12 h, the horizon itself: d was not open before it
        (8.5, 1.0, 1.0, None),  # beyond it nobody knows of d
    ],
)
def test_limits_by_hand(limit_h: float, main: float, south: float, branch: float | None) -> None:
    """All sections of a class, or of a class in a zone, by the instant of their limit."""
    template = storm_of(handed_over(town(TWO, ploughs(), snow((0, 0)))).facts)
    limits = [Limit(c, template.grade, limit_h, 20.0, 30.0) for c in RoadClass]
    storm = replace(template, limits=limits, snow_stops_ms=4 * H, horizon_ms=12 * H)
    both = {"open": FOUND, "clean": FOUND}
    values = limit_values(both, ROADS, storm)
    assert values["met_open/main"] == values["met_open/main@south"] == main
    assert values["met_open/branch@south"] == south
    assert values["met_open/branch"] == values["met_open/branch@north"] == branch
    assert values["limit_open/branch"] == limit_h


def test_minutes_of_opening_are_whole() -> None:
    """Never blocked -1, left at the horizon -2, else to the nearest minute, halves up."""
    at_ms = np.array([0, 89_999, 90_000, 12 * H])
    found = Reached(at_ms, np.array([False, False, False, True]))
    assert opened_minutes(found) == (-1, 1, 2, -2)


def test_every_key_of_the_map_has_a_figure_or_none() -> None:
    """The keys that may be asked for are the keys that are told, in any run."""
    for found in (ploughed_late(4), ploughed_late(2)):
        assert set(found.values) == set(measure_keys(town_map(TWO)))
        assert set(found.late) <= set(found.values)
