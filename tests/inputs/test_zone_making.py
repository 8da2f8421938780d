"""Five zones of equal area for a map that has none."""

from __future__ import annotations

import random

import pytest

from snowplan.inputs.zone_making import assign_zones, outline, weighted_centroid

SIDE = 41  # places along each side of a square town
GRID = [(113.0 + 0.001 * i, 40.0 + 0.001 * j) for i in range(SIDE) for j in range(SIDE)]


def shares(zones: list[str], areas: list[float]) -> dict[str, float]:
    """Each zone's share of the whole area, in fifths."""
    total = sum(areas)
    found = dict.fromkeys(zones, 0.0)
    for zone, area in zip(zones, areas, strict=True):
        found[zone] += 5 * area / total
    return found


def test_square_town_is_cut_as_its_names_say() -> None:
    """In a square of equal places the middle is the centre and each edge's middle has its name."""
    zones = dict(zip(GRID, assign_zones(GRID, [1.0] * len(GRID)), strict=True))
    at = {(i, j): GRID[i * SIDE + j] for i in (0, 20, 40) for j in (0, 20, 40)}
    assert zones[at[20, 20]] == "centre"
    assert [zones[at[20, 40]], zones[at[20, 0]]] == ["north", "south"]
    assert [zones[at[40, 20]], zones[at[0, 20]]] == ["east", "west"]


@pytest.mark.parametrize("seed", range(5))
def test_each_zone_holds_a_fifth(seed: int) -> None:
    """Equal shares are the rule; places up to 0.2 % of a fifth leave 2 % far behind."""
    draw = random.Random(seed)
    points = [(113 + draw.gauss(0, 0.05), 40 + draw.gauss(0.01, 0.02)) for _ in range(5000)]
    areas = [draw.uniform(0, 2000) if draw.random() < 0.8 else 0.0 for _ in points]
    found = shares(assign_zones(points, areas), areas)
    assert sorted(found) == ["centre", "east", "north", "south", "west"]
    assert all(share == pytest.approx(1, rel=0.02) for share in found.values())


def test_places_without_area_lie_in_the_zone_around_them() -> None:
    """A road of another operator right beside a place to clear is in the same zone."""
    beside = [(lon + 1e-9, lat + 1e-9) for lon, lat in GRID]
    zones = assign_zones(GRID + beside, [1.0] * len(GRID) + [0.0] * len(GRID))
    same = sum(a == b for a, b in zip(zones[: len(GRID)], zones[len(GRID) :], strict=True))
    assert same > 0.98 * len(GRID)


def test_nothing_to_clear_is_cut_by_places() -> None:
    """Without any area each place counts one, so that zones still hold a fifth of the places."""
    zones = assign_zones(GRID, [0.0] * len(GRID))
    assert zones == assign_zones(GRID, [1.0] * len(GRID))
    assert assign_zones([], []) == []


def test_outline_is_the_convex_hull() -> None:
    """The hull of a square with points inside and on its edges is its four corners, closed."""
    corners = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
    assert outline([*corners, (1.0, 1.0), (1.0, 0.0), (0.5, 1.5)]) == ((*corners, corners[0]),)
    assert outline([(0.0, 0.0), (1.0, 1.0)]) == ()
    assert outline([]) == ()


def test_centroid_is_weighted() -> None:
    """Three times the weight pulls the mean three quarters of the way."""
    assert weighted_centroid([(0.0, 0.0), (4.0, 8.0)], [1.0, 3.0]) == (3.0, 6.0)
