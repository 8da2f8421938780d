"""Areas beside the carriageway by the words of docs/model.md: their snow, worked out slowly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from snowplan.model.hands import Part
from snowplan.model.scenario import Scenario
from tests.oracles.evidence import Evidence, Row
from tests.oracles.sky import HOUR, SkyOracle
from tests.oracles.spells import first_ms
from tests.oracles.strips import Direction, reachable_sections

GRAM_SLACK_DM2 = 1  # an area may be rounded one way or the other


@dataclass(frozen=True)
class SideSpell:
    """An area from one touch to the next: whole grams at the touch, and base less N in g/m²."""

    begin: int
    end: int
    grams: int
    base: float


@dataclass(frozen=True)
class SideTouch:
    """What was taken off an area at an instant, as the log says and as it should be."""

    row: Row
    lay: int
    taken: int


class SideReplay:
    """The snow on every area from the group log alone."""

    def __init__(self, evidence: Evidence, sky: SkyOracle) -> None:
        self.evidence, self.sky = evidence, sky
        self.curve = next(iter(sky.curves.values()))  # N is the same for every class
        rules = evidence.scenario.plan.hand
        self.residual = rules.residual_mm * sky.density if rules else 0.0
        rows: dict[tuple[int, int], list[Row]] = defaultdict(list)
        for row in evidence.rows:
            if row.kind in ("hand_clear", "frontage_clear") and not row.undone:
                rows[row.place, row.part].append(row)
        self.spells: dict[tuple[int, int], list[SideSpell]] = {}
        self.touches: list[SideTouch] = []
        for area, dm2 in evidence.areas.items():
            self.spells[area] = self._follow(dm2, sorted(rows[area], key=lambda r: r.end))

    def _follow(self, dm2: int, rows: list[Row]) -> list[SideSpell]:
        initial = self.evidence.scenario.around.snowfall.initial_um
        here = SideSpell(0, self.sky.horizon, dm2 * initial // 100, float(initial))
        found: list[SideSpell] = []
        kept = int(self.residual * (dm2 / 100))
        for row in rows:
            lay = self.grams(dm2, here, row.end)
            fall = self.curve.fall(row.end) / HOUR
            left = min(lay, kept)
            base = (lay / (dm2 / 100) if lay < kept else self.residual) - fall
            self.touches.append(SideTouch(row, lay, lay - left))
            found.append(SideSpell(here.begin, row.end, here.grams, here.base))
            here = SideSpell(row.end, self.sky.horizon, left, base)
        return [*found, here]

    def grams(self, dm2: int, spell: SideSpell, t: int) -> int:
        """Whole grams on an area at `t` inside a spell."""
        fallen = dm2 * self.curve.fall(t) // (100 * HOUR)
        return spell.grams + fallen - dm2 * self.curve.fall(spell.begin) // (100 * HOUR)

    def areal(self, spell: SideSpell, t: int) -> float:
        """g/m² on an area at `t` inside a spell."""
        return max(0.0, spell.base + self.curve.fall(t) / HOUR)

    def depth_mm(self, area: tuple[int, int], t: int) -> float:
        """Depth on an area just before anything is done to it at `t`."""
        spell = next(s for s in self.spells[area] if s.end >= t)
        return self.areal(spell, t) / self.sky.density

    def to_take(self, area: tuple[int, int], t: int) -> int:
        """Grams above the residual on an area just before `t`."""
        dm2 = self.evidence.areas[area]
        spell = next(s for s in self.spells[area] if s.end >= t)
        return max(0, self.grams(dm2, spell, t) - int(self.residual * dm2 / 100))

    def over(self, spell: SideSpell, theta: float, t: int) -> int:
        """First instant ≥ t inside the spell at which an area holds more than theta, or NEVER."""
        return first_ms(lambda at: self.areal(spell, at) > theta, max(t, spell.begin), spell.end)

    def lying(self) -> int:
        """Grams on all areas at the horizon."""
        return sum(
            self.grams(dm2, self.spells[area][-1], self.sky.horizon)
            for area, dm2 in self.evidence.areas.items()
        )

    # ---- states -------------------------------------------------------------------------------

    def states(self) -> list[tuple[str, str, int, str]]:
        """(section, part, instant, state) at 0 and at each crossing; frontage is pavement."""
        of_part: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for segment, part in self.evidence.areas:
            word = "cycle_lane" if part == Part.CYCLE_LANE else "pavement"
            of_part[self.evidence.directions[segment][0], word].append((segment, part))
        wanted = self.evidence.scenario.plan.thresholds
        rows: list[tuple[str, str, int, str]] = []
        for (section, word), areas in sorted(of_part.items()):
            last = ""
            for t in self._stops(areas, wanted.passable_depth_mm, wanted.clean_depth_mm):
                state = self._state(areas, t)
                if state != last:
                    rows.append((section, word, t, state))
                last = state
        return rows

    def _stops(self, areas: list[tuple[int, int]], *depths_mm: float) -> list[int]:
        found = {0}
        for area in areas:
            for spell in self.spells[area]:
                crossings = [
                    self.over(spell, mm * self.sky.density, spell.begin) for mm in depths_mm
                ]
                found |= {spell.begin, *crossings}
        return sorted(t for t in found if t < self.sky.horizon)

    def _state(self, areas: list[tuple[int, int]], t: int) -> str:
        wanted = self.evidence.scenario.plan.thresholds
        snow = [
            self.areal(next(s for s in self.spells[area] if s.begin <= t < s.end), t)
            for area in areas
        ]
        if any(x > wanted.passable_depth_mm * self.sky.density for x in snow):
            return "blocked"
        clean = all(x <= wanted.clean_depth_mm * self.sky.density for x in snow)
        return "clean" if clean else "open"


def expected_areas(scenario: Scenario) -> dict[tuple[Direction, Part], float]:
    """m² of every area beside the carriageway, before rounding."""
    coverage = {f.zone: f.coverage for f in scenario.resources.frontage}
    reach = reachable_sections(scenario.road_map)
    found: dict[tuple[Direction, Part], float] = {}
    for section in scenario.road_map.sections:
        way, duty = section.way, section.duty
        if duty.operator != "centre" or duty.closed or section.id not in reach:
            continue
        share = scenario.plan.hand.cycle_share.get(duty.road_class.key, 0.0)
        cycle_m = way.cycle_width_m
        if cycle_m is None:
            cycle_m = share * way.pavement_width_m
        for direction in ("forward",) if way.oneway else ("forward", "backward"):
            scale = way.length_m * (1.0 if way.oneway else 0.5)
            pavement = scale * (way.pavement_width_m - cycle_m)
            front = pavement * coverage.get(duty.zone, 0.0)
            where = (section.id, direction)
            found[where, Part.CYCLE_LANE] = scale * cycle_m
            found[where, Part.PAVEMENT] = pavement - front
            found[where, Part.FRONTAGE] = front
    return found


def areas_right(e: Evidence) -> Iterator[str]:
    """Areas are those of the map: half of the pavements each way, cycle lanes, frontage's share."""
    if not e.areas:
        return
    wanted = expected_areas(e.scenario)
    for (where, part), m2 in wanted.items():
        found = e.areas.get((e.segment_of[where], part), 0)
        if abs(found - m2 * 100) > GRAM_SLACK_DM2:
            yield f"areas: {where} {part.key} has {found} dm², expected {m2 * 100:.1f}"
    known = {(e.segment_of[where], int(part)) for where, part in wanted}
    for area in set(e.areas) - known:
        yield f"areas: {area} is not on the map"
