"""The depots of a variant: those of the tables, shifted, changed, closed, and new ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from snowplan.errors import Faults
from snowplan.inputs.cross_checks import FARTHEST_KM, unserved_zones
from snowplan.inputs.overrides import written
from snowplan.inputs.study_schema import DepotTable, VariantTable
from snowplan.inputs.toml_files import Locate, key_name
from snowplan.model.fleet import Depot
from snowplan.model.placement import stocked
from snowplan.model.places import moved, nearest_of
from snowplan.model.roads import RoadMap
from snowplan.model.scenario import Scenario
from snowplan.units import M_PER_KM

NAME = re.compile(r"[\w\-+]{1,80}")  # as depots and junctions of a map are named
COLUMNS = tuple(column.name for column in fields(Depot) if column.name != "id")
NEEDED = tuple(column for column in COLUMNS if column != "stock_kg")  # of a new depot


@dataclass(frozen=True, slots=True)
class Placing:
    """A variant as its file has it, and where faults are noted."""

    table: VariantTable
    number: int
    locate: Locate
    faults: Faults

    def fault(
        self, keys: Sequence[str], found: object, expected: str, known: Sequence[str] = ()
    ) -> None:
        """Note a fault at a key of the variant."""
        path = ["variant", str(self.number), *keys]
        file, where = self.locate(path)
        self.faults.add(file, where, key_name(path), found, expected, known)


def depots_of(placing: Placing, ground: Scenario) -> tuple[Depot, ...] | None:
    """The variant's depots on the ground of its scenario, by id; None after faults."""
    count = len(placing.faults.items)
    before = ground.resources.depots
    _check_names(placing, [depot.id for depot in before])
    after = [
        *(_changed(placing, depot) for depot in before if depot.id not in placing.table.close),
        *_new_depots(placing, {depot.id for depot in before}),
    ]
    if not after and len(placing.faults.items) == count:
        placing.fault(["close"], "no depot left", "at least one depot")
    after.sort(key=lambda depot: depot.id)
    _check_columns(placing, after, ground)
    if len(placing.faults.items) == count:
        _check_places(placing, before, after, ground.road_map)
    if len(placing.faults.items) > count:
        return None
    stated = {name for name, row in placing.table.depots.items() if row.stock_kg is not None}
    return stocked(before, after, stated)


def _check_names(placing: Placing, known: Sequence[str]) -> None:
    """Closed depots are known, and not changed as well."""
    for name in placing.table.close:
        if name not in known:
            expected = f"a depot: {', '.join(known)}"
            placing.fault(["close"], name, expected, known)
        elif name in placing.table.depots:
            placing.fault(["depots", name], name, "either closed or changed, not both")


def _changed(placing: Placing, depot: Depot) -> Depot:
    """A depot of the tables, shifted with all others and then changed column by column."""
    shift = placing.table.shift_m
    if shift is not None and (shift.east or shift.north):
        lon, lat = moved((depot.lon, depot.lat), shift.east, shift.north)
        depot = replace(depot, lon=lon, lat=lat)
    columns = placing.table.depots.get(depot.id)
    return replace(depot, **_given(columns)) if columns else depot


def _given(columns: DepotTable) -> dict[str, Any]:
    return columns.model_dump(exclude_none=True)


def _new_depots(placing: Placing, known: set[str]) -> list[Depot]:
    """Depots that the tables do not have; all columns but the stock must be given."""
    depots = []
    for name, columns in placing.table.depots.items():
        if name in known or name in placing.table.close:
            continue
        given = _given(columns)
        missing = [column for column in NEEDED if column not in given]
        if missing:
            expected = f"a depot: {', '.join(sorted(known))}; a new one also {', '.join(missing)}"
            placing.fault(["depots", name], name, expected, sorted(known))
        elif not NAME.fullmatch(name):
            placing.fault(["depots", name], name, "letters, digits, _, - and + only")
        else:
            depots.append(Depot(id=name, **{"stock_kg": 0, **given}))
    return depots


def _check_columns(placing: Placing, depots: Sequence[Depot], ground: Scenario) -> None:
    """Zones and products that a variant names are known."""
    zones = [zone.id for zone in ground.road_map.zones]
    products = [deicer.id for deicer in ground.resources.deicers]
    for depot in depots:
        if depot.id not in placing.table.depots:
            continue
        if depot.zone not in zones:
            expected = f"a zone of the map: {', '.join(zones)}"
            placing.fault(["depots", depot.id, "zone"], depot.zone, expected, zones)
        if depot.product not in products:
            expected = f"a de-icer: {', '.join(products)}"
            placing.fault(["depots", depot.id, "product"], depot.product, expected, products)


def _check_places(
    placing: Placing, before: Sequence[Depot], after: Sequence[Depot], road_map: RoadMap
) -> None:
    """Depots that were moved are still on the map, and all zones in their reach."""
    was = {depot.id: (depot.lon, depot.lat) for depot in before}
    if all(was.get(depot.id) == (depot.lon, depot.lat) for depot in after):
        return
    count = len(placing.faults.items)
    near = []
    for depot in after:
        junction, metres = nearest_of(depot, road_map.junctions)
        near.append(junction.id)
        if metres > FARTHEST_KM * M_PER_KM:
            found = (
                f"{depot.id} at {depot.lon:g}, {depot.lat:g}, {metres / M_PER_KM:.1f} km "
                f"from the nearest junction {junction.id}"
            )
            row = placing.table.depots.get(depot.id)
            placed = row is not None and (row.lon is not None or row.lat is not None)
            keys = ["depots", depot.id] if placed else ["shift_m"]
            placing.fault(keys, found, f"a place within {FARTHEST_KM:g} km of the roads")
    if len(placing.faults.items) == count:
        for zone, number in unserved_zones(near, road_map):
            expected = f"roads from every depot to its {number} sections"
            placing.fault(["depots"], f"zone {zone} cannot be reached", expected)


def depot_differences(
    before: Sequence[Depot], after: Sequence[Depot]
) -> list[tuple[str, str, str]]:
    """Every column of every depot that is another one, closed and new depots by name."""
    was, now = ({depot.id: depot for depot in depots} for depots in (before, after))
    rows = []
    for name in sorted(was.keys() | now.keys()):
        old, new = was.get(name), now.get(name)
        key = f"depots.{name}"
        if new is None or old is None:
            rows.append((key, old.name if old else "", new.name if new else ""))
        for column in COLUMNS if new else ():
            there = getattr(new, column)
            here = getattr(old, column) if old else ""
            if here != there and (old or column != "name"):
                rows.append((f"{key}.{column}", written(here), written(there)))
    return rows
