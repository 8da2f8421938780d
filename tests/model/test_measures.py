"""Keys of measures: what they may be about, and what is said of others."""

from __future__ import annotations

import pytest

from snowplan.model.measures import KINDS, LESS, MORE, NEITHER, measure_info, measure_keys
from snowplan.model.roads import RoadClass
from tests.simulation.towns import street, town_map

TOWN = town_map(
    [
        street("a", "j1", "j2", 100.0, zone="north"),
        street("b", "j2", "j3", 100.0, zone="south"),
        street("c", "j3", "j4", 100.0, zone="south", road_class=RoadClass.LANE),
        street("d", "j4", "j5", 100.0, zone="south", road_class=RoadClass.BRANCH, closed=True),
        street("e", "j5", "j6", 100.0, zone="east", operator="highway"),
    ]
)


def test_keys_are_those_of_the_sections_that_the_centre_clears() -> None:
    """Two classes, two zones, three pairs of them: neither the closed branch nor the highway."""
    keys = measure_keys(TOWN)
    about = [key.partition("/")[2] for key in keys if key.startswith("open_last/")]
    assert about == [
        "all", "main", "lane", "zone:north", "zone:south",
        "main@north", "main@south", "lane@south",
    ]  # fmt: skip
    assert [key for key in keys if key.startswith("response_mean_min")] == [
        "response_mean_min", "response_mean_min/zone:north", "response_mean_min/zone:south",
    ]  # fmt: skip
    assert "exposure" in keys
    assert "exposure/lane@south" in keys
    assert "met_open/main" in keys
    assert len(keys) == len(set(keys))


def test_every_key_of_a_map_has_its_unit() -> None:
    """Whatever can be listed can be asked for, and says which way is better."""
    for key in measure_keys(TOWN):
        info = measure_info(key)
        assert info == KINDS[key.partition("/")[0]].info
        assert info.better in (LESS, MORE, NEITHER)
        assert info.unit
        assert info.digits >= 0


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("open_lst/main", "open_last/main"),  # a slip of the pen
        ("open_last", "open_last/"),  # about what?
        ("open_last/street", "open_last/"),  # no class of road
        ("exposure/all", "exposure"),  # everything has no subject here
        ("open_last/main@", "open_last/main"),
        ("open_last/zone:", "open_last/"),
        ("open_last/@south", "open_last/"),
        ("met_open/all", "met_open/"),  # limits are by class
        ("response_mean_min/main", "response_mean_min"),
        ("", "open_median"),
    ],
)
def test_a_wrong_key_is_refused_with_the_nearest_ones(key: str, near: str) -> None:
    """The message holds the key as given and a right one that is like it."""
    with pytest.raises(KeyError, match="is no measure") as told:
        measure_info(key)
    assert f"'{key}'" in str(told.value)
    assert near in str(told.value)
