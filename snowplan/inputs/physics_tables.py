"""Tables of snow grades, traffic, uncertainty and costs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from snowplan.inputs.reading import Reading
from snowplan.inputs.table_files import Row, read_items
from snowplan.model.fleet import KINDS
from snowplan.model.grades import GRADES, Grade, GradeRow
from snowplan.model.hauling import TRUCK
from snowplan.model.physics import Costs, Spread, TrafficHour
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
    "load_snow": "factor",
    "unload": "factor",
}
MOST = 1e6  # of any parameter
MOST_SIGMA = 5.0
DISTRIBUTIONS = {  # how many parameters: a, or a and b
    "constant": 1, "uniform": 2, "normal": 2, "lognormal": 2, "exponential": 1,
}  # fmt: skip
POSITIVE_A = ("lognormal", "exponential")
COST_UNITS = {"deicer": "t", "fuel": "l", "operator": "h", "machine": "h", "worker": "h"}
PRICED_KINDS = (*KINDS, TRUCK)


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
            row.choice("kind", PRICED_KINDS, "a machine type or truck")
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
        worker_per_h=prices.get(("worker", ""), 0.0),
        machine_per_h={kind: cny for item, kind, cny in rows if item == "machine"},
    )
