"""The parts of a scenario, each read from its files, with the scenario's changes to it."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from snowplan.clock import Clock
from snowplan.errors import Faults
from snowplan.inputs import fleet_tables as fleet
from snowplan.inputs import physics_tables as physics
from snowplan.inputs.cross_checks import Files, check_places, check_tables
from snowplan.inputs.fleet_changes import crews_for, resize, zones_of
from snowplan.inputs.group_checks import GroupFiles, check_group_places, check_groups
from snowplan.inputs.group_parts import Groups, leave_out, read_groups, resize_trucks
from snowplan.inputs.overrides import Document
from snowplan.inputs.physics_files import read_physics
from snowplan.inputs.plan_files import parse_plan
from snowplan.inputs.reading import Reading
from snowplan.inputs.scenario_schema import ScenarioFile, SpreadTable
from snowplan.inputs.seed_files import SeedFiles
from snowplan.inputs.storms import instant_ms, read_forecasts, read_snowfall
from snowplan.inputs.toml_files import in_file, read_toml
from snowplan.inputs.workbook_parts import read_repairs, read_stocked_depots, speak
from snowplan.model.fleet import Depot
from snowplan.model.hauling import TRUCK
from snowplan.model.physics import Physics, Spread
from snowplan.model.plan import Plan
from snowplan.model.roads import RoadMap
from snowplan.model.scenario import Resources
from snowplan.model.weather import Snowfall
from snowplan.units import hours_ms

MAP_FILES = ("map.toml", "sections.geojson", "junctions.geojson", "zones.geojson")


@dataclass(slots=True)
class Parts:
    """What the steps of one reading share; `document` keeps the differences."""

    reading: Reading
    document: Document
    table: ScenarioFile
    seeds: SeedFiles
    notes: list[str]

    def named_file(self, value: str, keys: Sequence[str]) -> Path | None:
        """The file that a key of the scenario names."""
        file, where = self.document.locate(keys)
        folder = self.document.folder_of(keys)
        return self.reading.find(value, folder, file, where, f"key {'.'.join(keys)}")


def read_road_map(parts: Parts) -> RoadMap | None:
    """The map: a folder of GeoJSON or a GraphML file, read once; None after faults in it."""
    reading = parts.reading
    path = parts.named_file(parts.table.map, ["map"])
    if path is None:
        return None
    table = parts.seeds.path("osm_classes")
    if path.is_dir():
        files = [path / name for name in MAP_FILES if (path / name).is_file()]
    elif path.suffix.lower() == ".graphml":
        files = [path, table]
    else:
        file, where = parts.document.locate(["map"])
        expected = "a folder with map.toml, or a .graphml file"
        reading.faults.add(file, where, "key map", path.name, expected)
        return None
    key = path.resolve(), table.resolve()
    if key not in reading.maps:
        faults = Faults()
        road_map = _read_map(path, table, faults)
        reading.faults.items.extend(faults.items)
        reading.maps[key] = None if faults.items else road_map
    for each in files:
        reading.note(each)
    return reading.maps[key]


def _read_map(path: Path, table: Path, faults: Faults) -> RoadMap:
    if path.is_dir():
        from snowplan.inputs.map_files import read_map

        return read_map(path, faults)
    from snowplan.inputs.graphml_files import read_osmnx_graphml

    return read_osmnx_graphml(path, faults, classes=table)


def read_plan(parts: Parts) -> Plan | None:
    """The plan, with the scenario's `plan` and `switches` over it; None after faults."""
    reading, document = parts.reading, parts.document
    changes = dict(parts.table.plan)
    name = changes.pop("file", None)
    path: Path | None = parts.seeds.path("contingency_plan")
    if name is not None:
        path = parts.named_file(str(name), ["plan", "file"])
    values = read_toml(reading, path) if path else None
    if path is None or values is None:
        return None
    plan = parse_plan(values, in_file(reading, path), reading.faults)
    switches = {
        name: {"on": on} for name, on in parts.table.switches.model_dump(exclude_none=True).items()
    }
    if plan is None or not (changes or switches):
        return plan
    merged = copy.deepcopy(values)
    _merge_plan(merged, changes, ("plan",), document)
    for name, change in switches.items():
        if merged["phrases"][name]["on"] != change["on"]:
            document.note(("switches", name), merged["phrases"][name]["on"], change["on"])
            merged["phrases"][name].update(change)
    return parse_plan(merged, document.locate, reading.faults, "plan")


def _merge_plan(
    into: dict[str, Any], changes: Mapping[str, Any], keys: tuple[str, ...], document: Document
) -> None:
    for key, value in changes.items():
        old = into.get(key)
        if isinstance(value, Mapping) and isinstance(old, dict):
            _merge_plan(old, value, (*keys, key), document)
            continue
        if old != value:
            document.note((*keys, key), old if key in into else "", value)
        into[key] = copy.deepcopy(value)


def read_resources(parts: Parts, road_map: RoadMap | None) -> Resources:
    """Machines, depots, crews and products; zones are checked where the map is known."""
    reading, seeds = parts.reading, parts.seeds
    zones = [zone.id for zone in road_map.zones] if road_map and seeds.whole else []
    types = fleet.read_machine_types(reading, seeds.path("machine_types"))
    kinds = reading.ids(seeds.shown("machine_types"))
    deicers = fleet.read_deicers(reading, seeds.path("deicers"))
    products = reading.ids(seeds.shown("deicers"))
    speak(reading.spoken, types, deicers, road_map.zones if road_map else ())
    depots = read_stocked_depots(reading, seeds, zones, products)
    homes = reading.ids(seeds.shown("depots"))
    machines = fleet.read_machines(reading, seeds.path("machines"), kinds, homes)
    machines = read_repairs(reading, seeds, machines)
    crews = fleet.read_crews(reading, seeds.path("crews"), zones, kinds)
    groups = leave_out(read_groups(reading, seeds, zones), parts.table.without, parts.document)
    if parts.table.depots == "auto" and road_map and not reading.faulty(seeds.shown("depots")):
        depots, groups = _place_by_rule(parts, road_map, depots, groups)
    wanted = parts.table.fleet.model_dump(exclude_none=True, exclude={TRUCK})
    fleet_now, changes = resize(machines, depots, wanted)
    trucks = resize_trucks(groups.trucks, parts.table, depots, parts.document, reading)
    had = zones_of(machines, depots) + Counter((t.zone, TRUCK) for t in groups.trucks)
    has = zones_of(fleet_now, depots) + Counter((t.zone, TRUCK) for t in trucks)
    crews_now, raised = crews_for(crews, had, has)
    for name, old, new in (*changes, *raised):
        parts.document.note(tuple(name.split(".")), old, new)
    return Resources(
        types, fleet_now, depots, crews_now, deicers,
        trucks, groups.dump_points, groups.squads, groups.frontage,
    )  # fmt: skip


def _place_by_rule(
    parts: Parts, road_map: RoadMap, depots: tuple[Depot, ...], groups: Groups
) -> tuple[tuple[Depot, ...], Groups]:
    from snowplan.inputs.auto_depots import auto_depots, auto_dump_points

    depots = auto_depots(road_map, depots)
    parts.notes.append("储备点按规则设在各区作业量形心最近的路口 / depots placed by rule (A)")
    if groups.dump_points and not parts.reading.faulty(parts.seeds.shown("dump_points")):
        points = auto_dump_points(road_map, depots, groups.dump_points)
        groups = replace(groups, dump_points=points)
        note = "堆雪点按规则设在各区离储备点最远的路口 / dump points placed by rule (A)"
        parts.notes.append(note)
    return depots, groups


def check_parts(
    parts: Parts, resources: Resources, road_map: RoadMap | None, plan: Plan | None
) -> None:
    """Check between the files what can be checked in spite of the faults so far."""
    if not parts.seeds.whole:
        return
    shown = parts.seeds.shown
    files = Files(
        types=shown("machine_types"),
        machines=shown("machines"),
        depots=shown("depots"),
        crews=shown("crews"),
        deicers=shown("deicers"),
        scenario=parts.document.top.file,
    )
    check_tables(resources, plan, files, parts.reading)
    of_groups = GroupFiles(shown("crews"), shown("trucks"), shown("dump_points"), shown("squads"))
    check_groups(resources, of_groups, parts.reading)
    if road_map is not None and resources.depots:
        check_places(resources, road_map, files, parts.reading)
        check_group_places(resources, road_map, of_groups, parts.reading)


def read_snow(parts: Parts, clock: Clock, horizon_ms: int) -> Snowfall:
    """The snowfall and the forecasts of the scenario."""
    table, faults = parts.table, parts.reading.faults
    path = parts.named_file(table.snow.file, ["snow", "file"]) if table.snow.file else None
    if path is not None and path.is_file():
        parts.reading.note(path)
    else:
        _check_onset(parts, clock, horizon_ms)
    snowfall, notes = read_snowfall(table.snow, path, clock, horizon_ms, faults)
    parts.notes.extend(notes)
    forecasts = read_forecasts(table.forecast, clock, horizon_ms)
    source = snowfall.source or table.source or ""
    return replace(snowfall, forecasts=forecasts, source=source)


def _check_onset(parts: Parts, clock: Clock, horizon_ms: int) -> None:
    """A storm in figures falls at least in part between the start and the horizon."""
    snow = parts.table.snow
    if snow.file is not None or snow.onset is None:
        return
    hours = len(snow.mm_per_h) if snow.mm_per_h else snow.duration_h or 0.0
    onset_ms = instant_ms(snow.onset, clock)
    if onset_ms >= horizon_ms or onset_ms + hours_ms(hours) <= 0:
        file, where = parts.document.locate(["snow", "onset"])
        expected = f"a storm between {clock.text(0)} and {clock.text(horizon_ms)}"
        parts.reading.faults.add(file, where, "key snow.onset", clock.text(onset_ms), expected)


def read_coefficients(parts: Parts) -> Physics | None:
    """`physics.toml`."""
    return read_physics(parts.reading, parts.seeds.path("physics"))


def read_spreads(parts: Parts) -> tuple[Spread, ...]:
    """`uncertainty.csv`, with the scenario's switches and changes over it."""
    changes = parts.table.uncertainty
    spreads = physics.read_uncertainty(parts.reading, parts.seeds.path("uncertainty"))
    shown = parts.seeds.shown("uncertainty")
    given = {spread.quantity for spread in spreads}
    for quantity in physics.QUANTITIES:
        if getattr(changes, quantity) and quantity not in given and not parts.reading.faulty(shown):
            file, where = parts.document.locate(["uncertainty", quantity])
            expected = f"a row of {quantity} in {shown}"
            parts.reading.faults.add(
                file, where, f"key uncertainty.{quantity}", "a change to no row", expected
            )
    return tuple(_changed(spread, getattr(changes, spread.quantity), parts) for spread in spreads)


def _changed(spread: Spread, change: SpreadTable | None, parts: Parts) -> Spread:
    new = spread
    if parts.table.uncertainty.all is not None:
        new = replace(new, on=parts.table.uncertainty.all)
    if change is not None:
        new = replace(new, **change.model_dump(exclude_none=True))
    keys = ["uncertainty", spread.quantity]
    for column in ("on", "distribution", "a", "b", "lower", "upper"):
        if getattr(new, column) != getattr(spread, column):
            old = getattr(spread, column)
            told = "" if old is None else old
            parts.document.note((*keys, column), told, getattr(new, column))
    if new != spread:
        for column, found, expected in physics.spread_faults(new):
            file, where = parts.document.locate([*keys, column])
            key = ".".join((*keys, column))
            parts.reading.faults.add(file, where, f"key {key}", found, expected)
    return new
