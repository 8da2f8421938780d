"""Coefficients of snow on the road, and of traffic; values come from `seeds/`."""

from __future__ import annotations

import math
from dataclasses import dataclass

from snowplan.model.hauling import PiledSnow
from snowplan.model.roads import RoadClass


@dataclass(frozen=True, slots=True)
class TravelRegime:
    """Travel speed factor from a mean loose depth (mm) of the network upwards."""

    name: str
    from_depth_mm: float
    factor: float


@dataclass(frozen=True, slots=True)
class NewSnow:
    """Density of new snow: base + rise × e^(°C ÷ scale) in the cold, a straight line in the thaw.

    The cold formula holds from -30 °C up; its values never exceed `most_kg_m3`.
    """

    wet_density_kg_m3: float  # at 0 °C and above
    base_kg_m3: float
    rise_kg_m3: float
    scale_c: float
    most_kg_m3: float
    thaw_from_c: float  # below 0 °C: from here a straight line to the wet density

    def density_kg_m3(self, air_c: float) -> float:
        """The density of snow that falls at this air temperature."""
        grown = self.rise_kg_m3 * math.exp(min(air_c, self.thaw_from_c) / self.scale_c)
        cold = min(self.most_kg_m3, self.base_kg_m3 + grown)
        if air_c <= self.thaw_from_c:
            return cold
        share = min(1.0, (air_c - self.thaw_from_c) / -self.thaw_from_c)
        return cold + share * (self.wet_density_kg_m3 - cold)


@dataclass(frozen=True, slots=True)
class Physics:
    """Snow and pavement coefficients (see docs/model.md for the formulas)."""

    new_snow: NewSnow
    packed_density_kg_m3: float
    packing_per_vehicle: float  # share of the loose snow above the film that one vehicle packs
    packing_film_mm: float  # loose depth that traffic does not pack
    bonding_water_share: float  # free water share from which traffic does not pack
    pavement_offset_c: float  # pavement above the mean air temperature …
    pavement_mean_h: float  # … of this many hours before
    contact_melt_mm_h_c: float  # melt of falling snow on pavement above 0 °C
    regimes: tuple[TravelRegime, ...]
    piled: PiledSnow | None = None


@dataclass(frozen=True, slots=True)
class TrafficHour:
    """Traffic of one class in one local hour."""

    road_class: RoadClass
    hour: int
    vehicles_per_lane: float
    travel_factor: float  # of machines' travel speed, for peak hours


@dataclass(frozen=True, slots=True)
class Spread:
    """How one quantity varies: a distribution by name and its parameters; `on` is the switch."""

    quantity: str
    distribution: str
    a: float
    b: float
    on: bool
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """Prices in CNY."""

    deicer_per_t: dict[str, float]
    fuel_per_l: float
    operator_per_h: float
    machine_per_h: dict[str, float]  # trucks are a kind too
    worker_per_h: float = 0.0  # of a squad
