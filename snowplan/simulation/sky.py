"""The sky of one run: the weather as drawn, the curves that follow from it, the pavement."""

from __future__ import annotations

from collections.abc import Callable

from snowplan.model.draws import Draws
from snowplan.model.fleet import Deicer
from snowplan.model.network import Network
from snowplan.model.now import areal_snow
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.model.snow import (
    NEVER,
    SnowCurve,
    cumulative_fall,
    pavement_c,
    snow_curve,
    storm_density_kg_m3,
)
from snowplan.simulation.outlook import Outlook, drawn_weather, snow_stops_ms
from snowplan.units import MS_PER_H


class Sky:
    """Weather of this run; `curves` are (id of the curve, curve, road class), one a class."""

    def __init__(self, scenario: Scenario, network: Network, draws: Draws) -> None:
        around = scenario.around
        horizon = scenario.study.horizon_ms
        self.draws = draws
        self.physics = around.physics
        self.spells = drawn_weather(around.snowfall, draws)
        self.now = scenario.now
        self.initial_um = around.snowfall.initial_um
        self.packed_density = around.physics.packed_density_kg_m3
        self.density = storm_density_kg_m3(self.spells, horizon, around.physics)
        self.clock = scenario.study.clock
        self.full_hours = self._full_hours(horizon)
        cuts = self.full_hours
        self.fall = cumulative_fall(self.spells, horizon, around.physics, cuts)
        traffic = {(row.road_class, row.hour): row.vehicles_per_lane for row in around.traffic}
        self.curves: list[tuple[int, SnowCurve, RoadClass]] = []
        by_class: dict[RoadClass, SnowCurve] = {}
        for road_class in RoadClass:
            curve = snow_curve(
                self.fall,
                lambda t, c=road_class: traffic.get((c, self.hour(t)), 0.0),  # type: ignore[misc]
                around.physics,
                self.density,
            )
            by_class[road_class] = curve
            self.curves.append((id(curve), curve, road_class))
        sections = network.sections
        self.curve_by_segment = tuple(
            by_class[sections[s].duty.road_class] for s in network.seg.section
        )
        error = draws.value("forecast", "forecast_error", 1.0)
        fell = scenario.now.fell if scenario.now is not None else ()
        self.outlook = Outlook(self.spells, around.snowfall.forecasts, horizon, error, fell)
        self.onset_ms = next((a for a, _, _ in self.outlook.actual), NEVER)
        self.stops_ms = snow_stops_ms(self.spells, horizon)
        if self.stops_ms is None and fell:
            self.stops_ms = 0  # it stopped before the start
        self.horizon_ms = horizon
        self._pavement: dict[int, float] = {}
        self._melt_tables: dict[str, tuple[list[float], list[float]]] = {}

    def initial_snow(self, network: Network) -> tuple[list[int], list[int]]:
        """Loose and packed snow at the start by segment, whole g/m²."""
        by_section = areal_snow(
            self.now, network.sections, self.initial_um, self.density, self.packed_density
        )
        loose, packed = ([column[s] for s in network.seg.section] for column in by_section)
        return loose, packed

    def _full_hours(self, horizon_ms: int) -> list[int]:
        """Every full local hour inside the horizon: traffic changes there."""
        first = -self.clock.local(0).minute * 60_000 - self.clock.local(0).second * 1_000
        return [t for t in range(first, horizon_ms, MS_PER_H) if t > 0]

    def hour(self, t_ms: int) -> int:
        """The local hour of the day."""
        return self.clock.local(t_ms).hour

    def pavement_c(self, t_ms: int) -> float:
        """Pavement temperature, re-reckoned at every hour of the run."""
        at = t_ms // MS_PER_H * MS_PER_H
        if at not in self._pavement:
            self._pavement[at] = pavement_c(self.spells, at, self.physics)
        return self._pavement[at]

    def melt_at(self, t_ms: int, product: Deicer) -> float:
        """Melt capacity of a product now, g a g."""
        return self._melts(product)[0][t_ms // MS_PER_H]

    def refreeze(
        self, now: int, product: Deicer, salt_g: int, water_at: Callable[[int], int]
    ) -> tuple[int, float]:
        """First full hour at which the brine is too cold for its water; the least melt from then.

        `water_at(t)` is the water by then, fresh snow melted by the brine's credit included.
        """
        melts, least = self._melts(product)
        hour = now // MS_PER_H + 1
        if hour >= len(melts) or salt_g * least[hour] >= water_at(NEVER):
            return NEVER, 0.0
        for h in range(hour, len(melts)):
            if salt_g * melts[h] < water_at(h * MS_PER_H):
                return h * MS_PER_H, least[h]
        return NEVER, 0.0

    def _melts(self, product: Deicer) -> tuple[list[float], list[float]]:
        """Melt capacity by hour of the run, and the least from each hour on."""
        if product.id not in self._melt_tables:
            hours = range(-(-self.horizon_ms // MS_PER_H))
            melts = [product.melt_g_per_g(self.pavement_c(h * MS_PER_H)) for h in hours]
            least = list(melts)
            for h in reversed(hours[:-1]):
                least[h] = min(least[h], least[h + 1])
            self._melt_tables[product.id] = (melts, least)
        return self._melt_tables[product.id]
