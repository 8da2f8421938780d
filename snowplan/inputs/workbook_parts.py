"""What a workbook tells beside the CSV tables: stocks by depot, machines in repair, its words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from snowplan.inputs.fleet_tables import MOST_STOCK_KG, read_depots
from snowplan.inputs.read_table import Spoken
from snowplan.inputs.reading import Reading
from snowplan.inputs.seed_files import SeedFiles
from snowplan.inputs.table_files import Row, read_items
from snowplan.model.fleet import Deicer, Depot, Machine, MachineType
from snowplan.model.hands import SQUAD_GROUPS
from snowplan.model.hauling import TRUCK
from snowplan.model.roads import Zone
from snowplan.words_beside import BESIDE

STOCKS, REPAIRS = "stocks", "repairs"
STOCK_COLUMNS = ("depot", "product", "stock_kg")
REPAIR_COLUMNS = ("machine",)
ABOUT_REPAIR = ("sent", "back", "reason")
TRUCK_WORD = "运雪车"


def speak(
    spoken: Spoken, types: Iterable[MachineType], deicers: Iterable[Deicer], zones: Iterable[Zone]
) -> None:
    """Learn the Chinese words for kinds, products, zones and groups, as sheets may have them."""
    kinds = [(each.zh, each.kind) for each in types]
    groups = group_words()
    spoken.learn("kind", kinds)
    spoken.learn("crew_kind", [*kinds, (TRUCK_WORD, TRUCK), *groups])
    spoken.learn("group", groups)
    spoken.learn("product", [(each.zh, each.id) for each in deicers])
    spoken.learn("zone", [(each.name, each.id) for each in zones])


def group_words() -> list[tuple[str, str]]:
    """The words for the groups that send squads, and their names."""
    return [(BESIDE[f"group.{group}"][0], group) for group in SQUAD_GROUPS]


def read_stocked_depots(
    reading: Reading, seeds: SeedFiles, zones: Collection[str], products: Collection[str]
) -> tuple[Depot, ...]:
    """The depots, with product and stock from the sheet of stocks where there is one."""
    stocks, path = seeds.find(STOCKS), seeds.path("depots")
    apart = stocks is not None and path in reading.tables
    depots = read_depots(reading, path, zones, products, stocked_apart=apart)
    if stocks is None:
        return depots
    homes = reading.ids(seeds.shown("depots"))

    def stock(row: Row) -> tuple[str, str, int]:
        return (
            row.choice("depot", homes, "a depot"),
            row.choice("product", products, "a de-icer"),
            row.whole("stock_kg", 0, MOST_STOCK_KG),
        )

    found = read_items(reading, stocks, STOCK_COLUMNS, stock, ("depot",))
    by_depot = {depot: (product, kg) for depot, product, kg in found}
    if not reading.faulty(seeds.shown("depots"), seeds.shown(STOCKS)):
        _check_stocked(reading, seeds, depots, by_depot)
    stand_in = next(iter(products), "")  # after a fault, so that the rest is still checked
    stocked = []
    for depot in depots:
        product, kg = by_depot.get(depot.id, (depot.product or stand_in, depot.stock_kg))
        stocked.append(replace(depot, product=product, stock_kg=kg))
    return tuple(stocked)


def _check_stocked(
    reading: Reading, seeds: SeedFiles, depots: Sequence[Depot], listed: Collection[str]
) -> None:
    """A depot whose own row tells no product needs one in the sheet of stocks."""
    for depot in depots:
        if not depot.product and depot.id not in listed:
            expected = f"a row of {depot.name} in {seeds.shown(STOCKS)}"
            where = reading.where(seeds.shown("depots"), depot.id)
            reading.faults.add(seeds.shown("depots"), where, "column id", depot.id, expected)


def read_repairs(
    reading: Reading, seeds: SeedFiles, machines: tuple[Machine, ...]
) -> tuple[Machine, ...]:
    """The machines, those of the repair list not serviceable, each with what the list says."""
    path = seeds.find(REPAIRS)
    if path is None:
        return machines
    known = reading.ids(seeds.shown("machines"))

    def repair(row: Row) -> tuple[str, str]:
        machine = row.choice("machine", known, "a machine of the scenario")
        return machine, _note(*(row.cells.get(name, "") for name in ABOUT_REPAIR))

    found = read_items(reading, path, REPAIR_COLUMNS, repair, REPAIR_COLUMNS, ABOUT_REPAIR)
    notes = dict(found)
    return tuple(
        replace(machine, serviceable=False, note=notes[machine.id])
        if machine.id in notes
        else machine
        for machine in machines
    )


def _note(sent: str, back: str, reason: str) -> str:
    """`2026-11-20 – 2026-12-01 液压油管`: what is known of a repair."""
    days = f"{sent} – {back}".strip() if sent or back else ""
    return " ".join(part for part in (days, reason) if part)
