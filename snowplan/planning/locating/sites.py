"""Sites by rule: junctions of wide roads, spread over the map, and today's depots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from snowplan.model.network import Network, connected_junctions, strip_count
from snowplan.model.places import distance_m, nearest_junction
from snowplan.model.scenario import Scenario
from snowplan.model.sites import Site, zones_of_junctions
from snowplan.planning.locating.problem import UnsolvableError

MOST_SITES = 200  # of a map with more, those that lie farthest apart
ROADS = 2  # in the name of a crossing
SIDES = 2  # wide sections that meet at such a junction


def wide_junctions(network: Network, lanes: int | None, min_strips: int) -> list[str]:
    """Junctions at which two or more wide sections meet, by id.

    Wide: at least so many lanes, or, where none are asked for, a direction so many strips wide
    that machines go there in a team. Only junctions from which all others can be reached count.
    """
    core = connected_junctions(network.sections, network.junctions)
    sides: Counter[str] = Counter()
    for section in network.sections:
        wide = strip_count(section) >= min_strips if lanes is None else section.way.lanes >= lanes
        if wide and not section.duty.closed:
            sides.update({section.start, section.end})
    return sorted(name for name, count in sides.items() if count >= SIDES and name in core)


def enough_lanes(network: Network, count: int, there: Collection[str]) -> int | None:
    """The most lanes with which rule and today's depots give so many sites; None for none."""
    for lanes in sorted({section.way.lanes for section in network.sections}, reverse=True):
        names = wide_junctions(network, lanes, 0)
        if names and len({*names, *there}) >= count:
            return lanes
    return None


def spread_out(network: Network, names: Sequence[str], most: int = MOST_SITES) -> list[str]:
    """At most so many of these junctions, by id: the first, then always the farthest from all."""
    if len(names) <= most:
        return sorted(names)
    places = {j.id: (j.lon, j.lat) for j in network.road_map.junctions}
    ordered = sorted(names)
    far = np.full(len(ordered), np.inf)
    kept: list[str] = []
    at = 0
    while len(kept) < most:
        kept.append(ordered[at])
        here = places[ordered[at]]
        far = np.minimum(far, [distance_m(here, places[name]) for name in ordered])
        at = int(far.argmax())
    return sorted(kept)


def sites_by_rule(
    scenario: Scenario, network: Network, count: int, lanes: int | None = None
) -> list[Site]:
    """Junctions of wide roads, at most `MOST_SITES`, and today's depots, by id.

    Raises UnsolvableError where the map has no wide road, or too few for so many depots while
    with fewer lanes it has enough.
    """
    names = wide_junctions(network, lanes, scenario.plan.rules.team_min_strips)
    today = todays_sites(scenario, network)
    there = {site.junction for site in today}
    if not names or len(there.union(names)) < count:
        fewer = enough_lanes(network, count, there)
        if fewer is not None and (lanes is None or fewer < lanes):
            text = "too few junctions of wide roads: --lanes {lanes}, or --sites FILE"
            raise UnsolvableError("fewer_lanes", text, lanes=fewer)
    if not names:
        raise UnsolvableError("no_wide", "the map has no junction of wide roads: --sites FILE")
    taken = {site.junction for site in today}
    zone = zones_of_junctions(network.sections)
    junctions = {j.id: j for j in network.road_map.junctions}
    found = list(today)
    for name in spread_out(network, names):
        if name not in taken:
            at = junctions[name]
            told = at.name or crossing_name(network, name) or name
            found.append(Site(name, told, zone[name], at.lon, at.lat, name))
    return sorted(found, key=lambda site: site.id)


def crossing_name(network: Network, junction: str) -> str:
    """The two widest roads with names that meet at a junction, as people say it: 滨河路×南环路."""
    meeting = [
        section for section in network.sections
        if section.name and junction in (section.start, section.end)
    ]  # fmt: skip
    ordered = sorted(meeting, key=lambda section: (-section.way.width_m, section.name))
    return "×".join(list(dict.fromkeys(section.name for section in ordered))[:ROADS])


def todays_sites(scenario: Scenario, network: Network) -> list[Site]:
    """Where today's depots stand, one a junction."""
    found: dict[str, Site] = {}
    for depot in scenario.resources.depots:
        junction = network.junctions[nearest_junction(network, depot)]
        found.setdefault(
            junction, Site(depot.id, depot.name, depot.zone, depot.lon, depot.lat, junction)
        )
    return list(found.values())
