"""Tables of machines, their kinds, depots, crews and de-icers."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from snowplan.inputs.reading import Reading
from snowplan.inputs.table_files import Row, read_items
from snowplan.model.crewing import GROUP_KINDS
from snowplan.model.fleet import (
    KINDS,
    ROAD_WORKS,
    CrewGroup,
    Deicer,
    Depot,
    Machine,
    MachineType,
    Pace,
    Tool,
    Work,
)
from snowplan.model.roads import ROAD_CLASSES

WORKS = {work.value: work for work in Work}
TYPE_COLUMNS = (
    "kind", "zh", "work", "main_kph", "local_kph", "travel_kph", "depth_k", "width_m",
    "residual_mm", "rough_residual_mm", "ceiling_mm", "layer_mm", "classes", "capacity_kg",
    "crew_size", "fuel_l_per_h",
)  # fmt: skip
DEPOT_COLUMNS = (
    "id", "name", "zone", "lon", "lat", "bays", "loading_kg_per_min", "product", "stock_kg",
)  # fmt: skip
STOCK_COLUMNS = ("product", "stock_kg")
MOST_STOCK_KG = 10**8
LOADING_COLUMNS = ("load_m3_h",)
MOST_HOURS = 168.0  # a week; the plan's own limit is checked where the plan is known


def read_machine_types(reading: Reading, path: Path) -> tuple[MachineType, ...]:
    """`machine_types.csv`, by kind; only what loads snow needs `load_m3_h`."""
    rows = read_items(reading, path, TYPE_COLUMNS, _machine_type, ("kind",), LOADING_COLUMNS)
    return tuple(rows)


def _machine_type(row: Row) -> MachineType:
    """One kind of machine; what its work needs must be there."""
    found = _read_machine_type(row)
    if found.work == Work.SPREAD and found.capacity_kg == 0:
        row.fault("capacity_kg", found.capacity_kg, "more than 0 kg for work spread")
    if found.work == Work.GRADE and found.tool.layer_mm == 0:
        row.fault("layer_mm", found.tool.layer_mm, "more than 0 mm for work grade_packed")
    if found.work == Work.LOAD_SNOW and found.load_m3_h == 0:
        row.fault("load_m3_h", found.load_m3_h, "more than 0 m³/h for work load_snow")
    if found.work in ROAD_WORKS and not row.cells["classes"]:
        row.fault("classes", "", f"road classes: {', '.join(ROAD_CLASSES)}")
    return found


def _read_machine_type(row: Row) -> MachineType:
    return MachineType(
        kind=row.choice("kind", KINDS, "a machine type"),
        zh=row.text("zh"),
        work=WORKS.get(row.choice("work", WORKS, "a work"), Work.NONE),
        pace=Pace(
            main_kph=row.number_in("main_kph", 0, 100, above=True),
            local_kph=row.number_in("local_kph", 0, 100, above=True),
            travel_kph=row.number_in("travel_kph", 0, 120, above=True),
            depth_k=row.number_in("depth_k", 0, 100),
        ),
        tool=Tool(
            width_m=row.number_in("width_m", 0, 30, above=True),
            residual_mm=row.number_in("residual_mm", 0, 100),
            rough_residual_mm=row.number_in("rough_residual_mm", 0, 100),
            ceiling_mm=row.number_in("ceiling_mm", 0, 2000),
            layer_mm=row.number_in("layer_mm", 0, 500),
        ),
        classes=row.words("classes", ROAD_CLASSES, "road classes"),
        capacity_kg=row.whole("capacity_kg", 0, 100_000),
        crew_size=row.whole("crew_size", 1, 20),
        fuel_l_per_h=row.number_in("fuel_l_per_h", 0, 500),
        load_m3_h=row.number_in("load_m3_h", 0, 100_000) if "load_m3_h" in row.cells else 0.0,
    )


def read_machines(
    reading: Reading, path: Path, kinds: Collection[str], depots: Collection[str]
) -> tuple[Machine, ...]:
    """`machines.csv`, by id; each machine's kind and home depot must be known."""

    def machine(row: Row) -> Machine:
        return Machine(
            id=row.text("id"),
            kind=row.choice("kind", kinds or KINDS, "a machine type"),
            depot=row.choice("depot", depots, "a depot"),
            serviceable=row.yes_no("serviceable"),
        )

    return tuple(read_items(reading, path, ("id", "kind", "depot", "serviceable"), machine))


def read_depots(
    reading: Reading,
    path: Path,
    zones: Collection[str],
    products: Collection[str],
    *,
    stocked_apart: bool = False,
) -> tuple[Depot, ...]:
    """`depots.csv`, by id; each depot's zone and product must be known, where any are.

    Where stocks are told in a table of their own, product and stock may be left out here.
    """
    apart = STOCK_COLUMNS if stocked_apart else ()
    columns = [column for column in DEPOT_COLUMNS if column not in apart]
    named: list[tuple[str, str]] = []

    def depot(row: Row) -> Depot:
        named.append((row.cells["name"], row.cells["id"]))
        return Depot(
            id=row.text("id"),
            name=row.text("name"),
            zone=row.choice("zone", zones, "a zone of the map"),
            lon=row.number_in("lon", -180, 180),
            lat=row.number_in("lat", -90, 90),
            bays=row.whole("bays", 1, 100),
            loading_kg_per_min=row.number_in("loading_kg_per_min", 0, 100_000, above=True),
            product=row.choice("product", products, "a de-icer") if has(row, "product") else "",
            stock_kg=row.whole("stock_kg", 0, MOST_STOCK_KG) if has(row, "stock_kg") else 0,
        )

    def has(row: Row, column: str) -> bool:
        return not stocked_apart or column in row.cells

    found = read_items(reading, path, columns, depot, optional=apart)
    reading.spoken.learn("depot", named)
    return tuple(found)


def read_crews(
    reading: Reading, path: Path, zones: Collection[str], kinds: Collection[str]
) -> tuple[CrewGroup, ...]:
    """`crews.csv`, by id; each group's zone must be known, and the kind of what it works.

    That is a kind of machine, `truck`, or a group that sends squads.
    """
    machines = kinds or KINDS
    known = (*machines, *(kind for kind in GROUP_KINDS if kind not in machines))

    def group(row: Row) -> CrewGroup:
        return CrewGroup(
            id=row.text("id"),
            zone=row.choice("zone", zones, "a zone of the map"),
            kind=row.choice("kind", known, "a machine type, truck or a group of squads"),
            start_minute=row.time("start"),
            length_h=row.number_in("length_h", 0, MOST_HOURS, above=True),
            crews=row.whole("crews", 0, 10_000),
        )

    return tuple(
        read_items(reading, path, ("id", "zone", "kind", "start", "length_h", "crews"), group)
    )


def read_deicers(reading: Reading, path: Path) -> tuple[Deicer, ...]:
    """`deicers.csv`, one row a product and temperature, as products by id; melt warm to cold."""
    columns = ("product", "zh", "temp_c", "melt_g_per_g")

    def point(row: Row) -> tuple[str, str, float, float]:
        return (
            row.text("product"),
            row.text("zh"),
            row.number_in("temp_c", -80, 20),
            row.number_in("melt_g_per_g", 0, 1000),
        )

    melts: dict[str, list[tuple[float, float]]] = {}
    names: dict[str, str] = {}
    for product, zh, temp_c, melt in read_items(
        reading, path, columns, point, ("product", "temp_c")
    ):
        names.setdefault(product, zh)
        melts.setdefault(product, []).append((temp_c, melt))
    return tuple(
        Deicer(product, names[product], tuple(sorted(melts[product], reverse=True)))
        for product in sorted(melts)
    )
