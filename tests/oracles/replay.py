"""A slow replay: weather and events in, states out, from the words of docs/model.md alone.

Every strip is followed by itself. Between two touches its loose snow is one formula, monotone
between neighbouring breakpoints, so the instant of a crossing is found by looking at every
breakpoint and halving the whole milliseconds between two that differ.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from tests.oracles.sky import HOUR, Curve, SkyOracle
from tests.oracles.spells import NEVER, Spell, StripStory, Touch, changes, first_ms, loose_at, melt
from tests.oracles.strips import Direction, Grid, grids

PASSES = ("plough", "sweep", "grade_packed", "spread")
KerbStep = tuple[int, int, bool]  # instant, segment, whether a windrow stands there from then on
HandTouch = tuple[tuple[Direction, int], Touch]  # ((direction, strip), what was done by hand)


class Replay:
    """The replay of one run: `stories[direction]` is a list with a story for each strip."""

    def __init__(
        self, scenario: Scenario, events: pd.DataFrame, by_hand: Iterable[HandTouch] = ()
    ) -> None:
        self.scenario = scenario
        self.sky = SkyOracle(scenario)
        self.grids = grids(scenario.road_map)
        physics, wanted = scenario.around.physics, scenario.plan.thresholds
        self.packed_density = physics.packed_density_kg_m3
        self.film = physics.packing_film_mm * self.sky.density
        self.passable = wanted.passable_depth_mm * self.sky.density
        self.clean = wanted.clean_depth_mm * self.sky.density
        self.ridge = wanted.packed_ridge_mm * self.packed_density
        self.scrape = wanted.packed_scrape_mm
        self.scrape_more = wanted.deicer_plough_extra_mm
        touches = self._touches(events)
        for place, touch in by_hand:
            touches.setdefault(place, []).append(touch)
        for found in touches.values():
            found.sort(key=lambda touch: touch.t)
        self.stories = {
            where: [self._follow(grid, touches.get((where, s), [])) for s in range(grid.count)]
            for where, grid in self.grids.items()
        }

    # ---- what happened ------------------------------------------------------------------------

    def _touches(self, events: pd.DataFrame) -> dict[tuple[Direction, int], list[Touch]]:
        resources = self.scenario.resources
        types = {t.kind: t for t in resources.types}
        kind_of = {m.id: m.kind for m in resources.machines}
        products = {d.id: d for d in resources.deicers}
        home = {d.id: products[d.product] for d in resources.depots}
        product_of = {m.id: home[m.depot] for m in resources.machines}
        found: dict[tuple[Direction, int], list[Touch]] = {}
        treated: set[tuple[Direction, int]] = set()
        done = events[events["kind"].isin(PASSES) & ~events["unfinished"].astype(bool)]
        for row in done.sort_values(["end_ms", "event_id"]).itertuples(index=False):
            where = (row.section, row.direction)
            strips = range(int(row.strip_from), int(row.strip_to) + 1)
            tool = types[kind_of[row.machine]]
            left = int(row.amount_g) if row.kind == "spread" else 0
            dose = self.dose(int(row.decided_ms), (where, strips[0]) in treated)
            for s in strips:
                grams = min(left, int(dose * self.grids[where].m2)) if row.kind == "spread" else 0
                left -= grams
                product = product_of[row.machine] if row.kind == "spread" else None
                touch = Touch(int(row.end_ms), row.kind, tool, grams, product)
                found.setdefault((where, s), []).append(touch)
                if row.kind == "spread":
                    treated.add((where, s))
            if left:
                raise AssertionError(f"{row}: {left} g more than the dose of these strips")
        return found

    def dose(self, t: int, repeat: bool) -> float:
        """The plan's dose at the pavement temperature of this hour."""
        rules, pavement = self.scenario.plan.doses, self.sky.pavement(t)
        if rules.cutoff_on and pavement < rules.cutoff_c:
            return 0.0
        row = next((r for r in rules.rows if pavement >= r.from_c), None)
        if row is None:
            return 0.0
        dose = row.repeat_g_m2 if repeat else row.initial_g_m2
        return min(dose, rules.cap_g_m2) if rules.cap_on else dose

    # ---- one strip ----------------------------------------------------------------------------

    def _follow(self, grid: Grid, touches: list[Touch]) -> StripStory:
        story = StripStory()
        curve = self.sky.curves[grid.road_class]
        initial = self.scenario.around.snowfall.initial_um
        spell = self._spell(curve, 0, float(initial), grid.dm2 * initial // 100, 0, self.film)
        for touch in touches:
            story.spells.append(replace(spell, end=touch.t))
            spell = self._touch(grid, curve, story, spell, touch)
        story.spells.append(replace(spell, end=self.sky.horizon))
        closed = self._bring_up(grid, curve, story, spell, self.sky.horizon)
        story.loose, story.packed = closed.loose, closed.packed
        return story

    def _spell(
        self, curve: Curve, t: int, areal: float, loose: int, packed: int, film: float
    ) -> Spell:
        """A new spell at `t`: when traffic begins to pack, and K."""
        spell = Spell(t, self.sky.horizon, areal, loose, packed, film, NEVER, 0.0)
        if not curve.traffic:
            return spell
        y, w = curve.yw(t)
        if areal >= film:
            return replace(spell, star=t, k=(areal - film) * y - w)
        wanted = (film - areal) * HOUR + curve.fall(t)
        star = first_ms(lambda at: curve.fall(at) > wanted, t, self.sky.horizon)
        if star == NEVER:
            return spell
        return replace(spell, star=star, k=-curve.yw(star)[1])

    def _bring_up(self, grid: Grid, curve: Curve, story: StripStory, spell: Spell, t: int) -> Spell:
        """The accounts of a strip at `t` (a touch before anything is done to it)."""
        fallen = grid.dm2 * curve.fall(t) // (100 * HOUR)
        fallen -= grid.dm2 * curve.fall(spell.begin) // (100 * HOUR)
        melted = min(spell.credit, fallen)
        rest = spell.loose + fallen - melted
        water, credit, packed = spell.water + melted, spell.credit - melted, spell.packed
        story.melted += melted
        if t >= spell.freeze:
            frozen = max(0, water - int(spell.salt * spell.melt_then))
            water, packed, credit = water - frozen, packed + frozen, 0 if frozen else credit
            story.melted -= frozen
        if t > spell.star:
            here = int(loose_at(spell, curve, t) * grid.m2)
            if rest - here > 1:
                packed += rest - here
                rest = here
        freeze = spell.freeze if t < spell.freeze else NEVER
        return replace(spell, loose=rest, packed=packed, water=water, credit=credit, freeze=freeze)

    def _touch(
        self, grid: Grid, curve: Curve, story: StripStory, spell: Spell, touch: Touch
    ) -> Spell:
        before = self._bring_up(grid, curve, story, spell, touch.t)
        if touch.kind == "spread":
            return self._dress(grid, curve, story, before, touch)
        if touch.kind == "thrown_back":
            return self._thrown(grid, curve, story, before, touch)
        loose, packed = before.loose, before.packed
        residual = self._residual(grid, touch)
        kept = int(residual * grid.m2)
        if touch.kind == "hand_clear":
            packed = 0
        elif touch.kind == "grade_packed":
            packed -= min(packed, int(touch.tool.tool.layer_mm * self.packed_density * grid.m2))
        else:
            extra = self.scrape_more if before.salt or before.water or before.credit else 0.0
            if packed <= (self.scrape + extra) * self.packed_density * grid.m2:
                packed = 0
        areal = residual if loose >= kept else loose / grid.m2
        loose = min(loose, kept)
        pushed = before.loose + before.packed - loose - packed
        story.pushed += pushed
        story.pushes.append((touch.t, pushed))
        return self._spell(curve, touch.t, areal, loose, packed, self.film)

    def _residual(self, grid: Grid, touch: Touch) -> float:
        """g/m² of loose snow that hands or a tool leave."""
        if touch.kind == "hand_clear":
            return self.scenario.plan.hand.residual_mm * self.sky.density
        rough = grid.road_class in (RoadClass.BRANCH, RoadClass.LANE)
        tool = touch.tool.tool
        return (tool.rough_residual_mm if rough else tool.residual_mm) * self.sky.density

    def _thrown(
        self, grid: Grid, curve: Curve, story: StripStory, before: Spell, touch: Touch
    ) -> Spell:
        """Snow thrown back on a strip: brine melts what it still can, the rest lies loose."""
        melted = min(before.credit, touch.grams)
        story.melted += melted
        loose = before.loose + touch.grams - melted
        credit, water = before.credit - melted, before.water + melted
        areal = loose / grid.m2 if loose else -credit / grid.m2
        new = self._spell(curve, touch.t, areal, loose, before.packed, before.film)
        return replace(
            new, salt=before.salt, water=water, credit=credit, freeze=before.freeze,
            melt_then=before.melt_then,
        )  # fmt: skip

    def _dress(
        self, grid: Grid, curve: Curve, story: StripStory, before: Spell, touch: Touch
    ) -> Spell:
        """De-icer onto a strip."""
        assert touch.product is not None
        salt = before.salt + touch.grams
        room = max(0, int(salt * melt(touch.product, self.sky.pavement(touch.t))) - before.water)
        loose_melted = min(room, before.loose)
        packed_melted = min(room - loose_melted, before.packed)
        credit = room - loose_melted - packed_melted
        story.melted += loose_melted + packed_melted
        water = before.water + loose_melted + packed_melted
        share = self.scenario.around.physics.bonding_water_share
        film = max(self.film, water * (1 - share) / share / grid.m2)
        loose = before.loose - loose_melted
        areal = loose / grid.m2 if loose else -credit / grid.m2
        packed = before.packed - packed_melted
        new = self._spell(curve, touch.t, areal, loose, packed, film)
        freeze, then = NEVER, 0.0
        for hour in range((touch.t // HOUR + 1) * HOUR, self.sky.horizon, HOUR):
            capacity = melt(touch.product, self.sky.pavement(hour))
            fell = grid.dm2 * curve.fall(hour) // (100 * HOUR)
            fell -= grid.dm2 * curve.fall(touch.t) // (100 * HOUR)
            if freeze == NEVER and salt * capacity < water + min(credit, fell):
                freeze, then = hour, capacity
            elif freeze < NEVER:
                then = min(then, capacity)
        return replace(new, salt=salt, water=water, credit=credit, freeze=freeze, melt_then=then)

    def packed_at(self, grid: Grid, spell: Spell, t: int) -> int:
        """Grams of packed snow that a touch at `t` would find, with what brine has refrozen."""
        return self._bring_up(grid, self.sky.curves[grid.road_class], StripStory(), spell, t).packed

    # ---- states -------------------------------------------------------------------------------

    def strip_steps(self, grid: Grid, story: StripStory) -> Iterator[tuple[int, bool, bool]]:
        """(instant, passable, clean) from that instant on, at every touch and crossing."""
        curve = self.sky.curves[grid.road_class]
        for spell in story.spells:
            if spell.end <= spell.begin:
                continue

            def look(t: int, spell: Spell = spell) -> tuple[bool, bool]:
                return self._look(grid, curve, spell, t)

            for t, (passable, clean) in changes(look, self._stops(spell)):
                yield t, passable, clean

    def _stops(self, spell: Spell) -> list[int]:
        """Instants between which a strip's snow is monotone."""
        at = self.sky.breaks
        inner = at[bisect_right(at, spell.begin) : bisect_left(at, spell.end)]
        marks = {spell.begin, spell.end - 1, *inner}
        marks |= {t for t in (spell.star, spell.freeze) if spell.begin < t < spell.end}
        marks |= {t - 1 for t in (spell.star, spell.freeze) if spell.begin < t < spell.end}
        return sorted(marks)

    def _look(self, grid: Grid, curve: Curve, spell: Spell, t: int) -> tuple[bool, bool]:
        loose = loose_at(spell, curve, t)
        packed = spell.packed / grid.m2
        ice = spell.packed > 0
        if t >= spell.freeze:
            fallen = grid.dm2 * curve.fall(t) // (100 * HOUR)
            fallen -= grid.dm2 * curve.fall(spell.begin) // (100 * HOUR)
            water = spell.water + min(spell.credit, fallen)
            frozen = max(0, water - int(spell.salt * spell.melt_then))
            packed += frozen / grid.m2
            ice = ice or frozen > 0
        if t >= spell.star:
            fell = curve.fall(t) - curve.fall(spell.begin)
            packed += max(0.0, spell.areal + fell / HOUR - loose)
            ice = ice or fell > 0 or spell.areal != spell.film
        passable = loose <= self.passable and packed <= self.ridge
        return passable, loose <= self.clean and not ice

    def states(self, kerbs: Mapping[str, Iterable[KerbStep]] | None = None) -> pd.DataFrame:
        """Rows of states.parquet: every section at 0 and at each crossing.

        `kerbs` says by section when a windrow stood at a direction; none: nothing is hauled.
        """
        sections: dict[str, list[Direction]] = {}
        for section, direction in self.grids:
            sections.setdefault(section, []).append((section, direction))
        rows: list[tuple[str, int, str]] = []
        for section in sorted(sections):
            last = ""
            stands = sorted((kerbs or {}).get(section, ()))
            for t, word in hauled_words(self._section_steps(sections[section]), stands):
                if word != last and t < self.sky.horizon:
                    rows.append((section, t, word))
                    last = word
        return pd.DataFrame(rows, columns=["section", "t_ms", "state"])

    def _section_steps(self, directions: list[Direction]) -> Iterator[tuple[int, str]]:
        steps: list[tuple[int, Direction, int, bool, bool]] = []
        now: dict[tuple[Direction, int], tuple[bool, bool]] = {}
        for where in directions:
            for s, story in enumerate(self.stories[where]):
                for t, passable, clean in self.strip_steps(self.grids[where], story):
                    steps.append((t, where, s, passable, clean))
        steps.sort(key=lambda step: step[0])
        for k, (t, where, s, passable, clean) in enumerate(steps):
            now[where, s] = (passable, clean)
            if k + 1 < len(steps) and steps[k + 1][0] == t:
                continue
            yield t, section_word(directions, now)


def hauled_words(
    steps: Iterable[tuple[int, str]], stands: list[KerbStep]
) -> Iterator[tuple[int, str]]:
    """A clean section is `hauled` once a windrow has stood at it and none does now."""
    states = dict(steps)
    at: dict[int, list[KerbStep]] = {t: [] for t in states}
    for step in stands:
        at.setdefault(step[0], []).append(step)
    word, before, now = "", False, {}
    for t in sorted(at):
        word = states.get(t, word)
        for _, segment, stand in at[t]:
            now[segment] = stand
            before = before or stand
        gone = before and not any(now.values())
        yield t, "hauled" if word == "clean" and gone else word


def section_word(
    directions: list[Direction], now: dict[tuple[Direction, int], tuple[bool, bool]]
) -> str:
    """blocked when some direction has no passable strip, clean when every strip is, else open."""
    for where in directions:
        if not any(passable for (of, _), (passable, _) in now.items() if of == where):
            return "blocked"
    return "clean" if all(clean for _, clean in now.values()) else "open"
