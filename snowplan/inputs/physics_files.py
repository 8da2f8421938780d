"""Coefficients of snow on the road, from `physics.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from snowplan.inputs.reading import Reading
from snowplan.inputs.schema_types import Depth, Share, Sourced, Text
from snowplan.inputs.toml_files import Strict, in_file, note_schema_faults, read_toml
from snowplan.model.hauling import PiledSnow
from snowplan.model.physics import NewSnow, Physics, TravelRegime


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


class Dumped(Sourced):
    """Density of snow in a dump."""

    dumped_kg_m3: Annotated[float, Field(ge=100, le=917)]


class PiledTable(Sourced):
    """Densities of snow that has been moved."""

    hauled_kg_m3: Annotated[float, Field(ge=50, le=917)]
    dump: Dumped


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
    piled_snow: PiledTable | None = None
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
        piled=_piled(table.piled_snow),
    )


def _piled(table: PiledTable | None) -> PiledSnow | None:
    if table is None:
        return None
    return PiledSnow(table.hauled_kg_m3, table.dump.dumped_kg_m3)
