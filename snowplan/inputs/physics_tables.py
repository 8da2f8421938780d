"""Tables of snow grades, coefficients, traffic, uncertainty and costs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from snowplan.inputs.reading import Reading
from snowplan.inputs.schema_types import Depth, Share, Sourced, Text
from snowplan.inputs.table_files import Row, read_items
from snowplan.inputs.toml_files import Strict, in_file, note_schema_faults, read_toml
from snowplan.model.fleet import KINDS
from snowplan.model.grades import GRADES, Grade, GradeRow
from snowplan.model.physics import Costs, NewSnow, Physics, Spread, TrafficHour, TravelRegime
from snowplan.model.roads import ROAD_CLASSES, RoadClass
from snowplan.units import UM_PER_MM

QUANTITIES = {  # with the unit of their parameters and bounds
    "snowfall_total": "factor",
    "storm_duration": "factor",
    "onset": "h",
    "temperature": "C",
    "forecast_error": "factor",
    "muster_delay": "min",
    "turn_out": "share",
    "working_speed": "factor",
    "loading_time": "factor",
    "failure": "h",
    "repair": "h",
}
MOST = 1e6  # of any parameter
MOST_SIGMA = 5.0
DISTRIBUTIONS = {  # how many parameters: a, or a and b
    "constant": 1, "uniform": 2, "normal": 2, "lognormal": 2, "exponential": 1,
}  # fmt: skip
POSITIVE_A = ("lognormal", "exponential")
COST_UNITS = {"deicer": "t", "fuel": "l", "operator": "h", "machine": "h"}
Positive = Annotated[float, Field(gt=0, le=10_000)]


def read_grades(reading: Reading, path: Path) -> tuple[GradeRow, ...]:
    """`snow_grades.csv` in order of grade."""

    def grade(row: Row) -> GradeRow:
        name = row.choice("grade", [key for key in GRADES if key != "none"], "a grade")
        return GradeRow(
            GRADES.get(name, Grade.LIGHT),
            row.text("zh"),
            round(row.number_in("from_12h_mm", 0, 1000, above=True) * UM_PER_MM),
            round(row.number_in("from_24h_mm", 0, 1000, above=True) * UM_PER_MM),
        )

    columns = ("grade", "zh", "from_12h_mm", "from_24h_mm")
    rows = read_items(reading, path, columns, grade, ("grade",))
    rows.sort(key=lambda row: row.grade)
    file = reading.shown(path)
    for lower, higher in pairwise(rows):
        for column, below, above in (
            ("from_12h_mm", lower.from_12h_um, higher.from_12h_um),
            ("from_24h_mm", lower.from_24h_um, higher.from_24h_um),
        ):
            if above <= below:
                where = reading.where(file, higher.grade.key)
                expected = f"more than the {below / UM_PER_MM:g} mm of {lower.grade.key}"
                found = f"{above / UM_PER_MM:g}"
                reading.faults.add(file, where, f"column {column}", found, expected)
    return tuple(rows)


def read_traffic(reading: Reading, path: Path) -> tuple[TrafficHour, ...]:
    """`traffic.csv`: every class and local hour once, in order."""

    def hour(row: Row) -> TrafficHour:
        name = row.choice("road_class", ROAD_CLASSES, "a road class")
        return TrafficHour(
            ROAD_CLASSES.get(name, RoadClass.LANE),
            row.whole("hour", 0, 23),
            row.number_in("vehicles_per_lane", 0, 10_000),
            row.number_in("travel_factor", 0, 1, above=True),
        )

    columns = ("road_class", "hour", "vehicles_per_lane", "travel_factor")
    count = len(reading.faults.items)
    rows = read_items(reading, path, columns, hour, ("road_class", "hour"))
    given = {(row.road_class, row.hour) for row in rows}
    for road_class in RoadClass:
        missing = [str(h) for h in range(24) if (road_class, h) not in given]
        if missing and len(reading.faults.items) == count:
            found = f"no row for {road_class.key}, hour {' '.join(missing)}"
            reading.faults.add(
                reading.shown(path), "", "column hour", found, "every class and hour 0 to 23"
            )
    return tuple(sorted(rows, key=lambda row: (row.road_class, row.hour)))


def read_uncertainty(reading: Reading, path: Path) -> tuple[Spread, ...]:
    """`uncertainty.csv`, by quantity; a blank `b`, `lower` or `upper` is none."""

    def spread(row: Row) -> Spread:
        value = Spread(
            quantity=row.choice("quantity", QUANTITIES, "a quantity that can vary"),
            distribution=row.choice("distribution", tuple(DISTRIBUTIONS), "a distribution"),
            a=row.number_in("a", -MOST, MOST),
            b=row.optional_number("b") or 0.0,
            on=row.yes_no("on"),
            lower=row.optional_number("lower"),
            upper=row.optional_number("upper"),
        )
        unit = QUANTITIES.get(value.quantity)
        if unit:
            row.choice("unit", (unit,), f"the unit of {value.quantity}")
        if DISTRIBUTIONS.get(value.distribution) == 2 and not row.cells["b"]:
            row.fault("b", "", f"the second parameter of {value.distribution}")
        for column, found, expected in spread_faults(value):
            row.fault(column, found, expected)
        return value

    columns = ("quantity", "unit", "distribution", "a", "b", "lower", "upper", "on")
    rows = tuple(read_items(reading, path, columns, spread, ("quantity",)))
    given = {row.quantity for row in rows}
    file = reading.shown(path)
    if "failure" in given and "repair" not in given and not reading.faulty(file):
        reading.faults.add(file, "", "column quantity", "failure without repair", "a row of repair")
    return rows


def spread_faults(spread: Spread) -> list[tuple[str, object, str]]:
    """What can never be true of a distribution: (column, found, expected)."""
    found: list[tuple[str, object, str]] = []
    if spread.distribution in POSITIVE_A and spread.a <= 0:
        found.append(("a", spread.a, "a number above 0"))
    if spread.distribution == "lognormal" and spread.b > MOST_SIGMA:
        found.append(("b", spread.b, f"a number of at most {MOST_SIGMA:g}"))
    if max(abs(spread.a), abs(spread.b)) > MOST:
        found.append(("a and b", f"{spread.a:g}, {spread.b:g}", f"numbers within ±{MOST:g}"))
    if spread.distribution in ("normal", "lognormal") and spread.b < 0:
        found.append(("b", spread.b, "a number, 0 or more"))
    if spread.distribution == "uniform" and spread.b < spread.a:
        found.append(("b", spread.b, f"at least a, {spread.a:g}"))
    if spread.lower is not None and spread.upper is not None and spread.upper < spread.lower:
        found.append(("upper", spread.upper, f"at least lower, {spread.lower:g}"))
    return found


def read_costs(reading: Reading, path: Path) -> Costs:
    """`costs.csv`: prices by item and, for de-icer and machines, by kind."""

    def cost(row: Row) -> tuple[str, str, float]:
        item = row.choice("item", tuple(COST_UNITS), "an item")
        if item in COST_UNITS:
            row.choice("unit", (COST_UNITS[item],), f"the unit of {item}")
        kind = row.cells["kind"]
        if item == "machine":
            row.choice("kind", KINDS, "a machine type")
        elif item == "deicer":
            row.text("kind")
        elif kind:
            row.fault("kind", kind, f"nothing: {item} has no kinds")
        return item, kind, row.number_in("cny", 0, 1e9)

    columns = ("item", "kind", "cny", "unit")
    rows = read_items(reading, path, columns, cost, ("item", "kind"))
    prices = {(item, kind): cny for item, kind, cny in rows}
    for item in ("fuel", "operator"):
        if (item, "") not in prices and not reading.faults.items:
            reading.faults.add(reading.shown(path), "", "column item", f"no {item}", "a price")
    return Costs(
        deicer_per_t={kind: cny for item, kind, cny in rows if item == "deicer"},
        fuel_per_l=prices.get(("fuel", ""), 0.0),
        operator_per_h=prices.get(("operator", ""), 0.0),
        machine_per_h={kind: cny for item, kind, cny in rows if item == "machine"},
    )


class ColdSnow(Sourced):
    """Density of new snow in the cold."""

    base_kg_m3: Annotated[float, Field(ge=20, le=917)]
    rise_kg_m3: Annotated[float, Field(ge=0, le=917)]
    scale_c: Annotated[float, Field(gt=0, le=50)]
    most_kg_m3: Annotated[float, Field(ge=20, le=917)]


class ThawSnow(Sourced):
    """From where new snow grows wet."""

    from_c: Annotated[float, Field(ge=-30, lt=0)]


class NewSnowTable(Sourced):
    """Density of new snow."""

    wet_density_kg_m3: Annotated[float, Field(ge=20, le=917)]
    cold: ColdSnow
    thaw: ThawSnow


class PackedSnow(Sourced):
    """Density of packed snow."""

    density_kg_m3: Annotated[float, Field(ge=100, le=917)]


class Packing(Sourced):
    """Packing by traffic."""

    per_vehicle: Share
    film_mm: Depth


class Bonding(Sourced):
    """Water that stops bonding."""

    water_share: Share


class Pavement(Sourced):
    """Pavement temperature from air temperature."""

    offset_c: Annotated[float, Field(ge=-20, le=20)]
    mean_h: Annotated[float, Field(ge=0, le=48)]


class ContactMelt(Sourced):
    """Melt on warm pavement."""

    mm_h_c: Annotated[float, Field(ge=0, le=10)]


class Regime(Strict):
    """One travel regime."""

    name: Text
    from_depth_mm: Depth
    factor: Annotated[float, Field(gt=0, le=1)]


class Regimes(Sourced):
    """Travel regimes."""

    rows: Annotated[list[Regime], Field(min_length=1)]


class PhysicsFile(Strict):
    """`physics.toml`."""

    new_snow: NewSnowTable
    packed_snow: PackedSnow
    packing: Packing
    bonding: Bonding
    pavement: Pavement
    contact_melt: ContactMelt
    travel_regimes: Regimes


def read_physics(reading: Reading, path: Path) -> Physics | None:
    """`physics.toml`; None after faults."""
    values = read_toml(reading, path)
    if values is None:
        return None
    locate = in_file(reading, path)
    try:
        table = PhysicsFile.model_validate(values)
    except ValidationError as error:
        note_schema_faults(error, PhysicsFile, locate, reading.faults)
        return None
    rows = table.travel_regimes.rows
    depths = [row.from_depth_mm for row in rows]
    if depths[0] != 0 or depths != sorted(set(depths)):
        where = locate(["travel_regimes", "rows"])
        reading.faults.add(*where, "key travel_regimes.rows", depths, "from_depth_mm rising from 0")
    snow = table.new_snow
    return Physics(
        new_snow=NewSnow(
            wet_density_kg_m3=snow.wet_density_kg_m3,
            base_kg_m3=snow.cold.base_kg_m3,
            rise_kg_m3=snow.cold.rise_kg_m3,
            scale_c=snow.cold.scale_c,
            most_kg_m3=snow.cold.most_kg_m3,
            thaw_from_c=snow.thaw.from_c,
        ),
        packed_density_kg_m3=table.packed_snow.density_kg_m3,
        packing_per_vehicle=table.packing.per_vehicle,
        packing_film_mm=table.packing.film_mm,
        bonding_water_share=table.bonding.water_share,
        pavement_offset_c=table.pavement.offset_c,
        pavement_mean_h=table.pavement.mean_h,
        contact_melt_mm_h_c=table.contact_melt.mm_h_c,
        regimes=tuple(TravelRegime(row.name, row.from_depth_mm, row.factor) for row in rows),
    )
