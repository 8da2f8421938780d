"""Strips of one segment that are due at different instants are each due at their own."""

from __future__ import annotations

from snowplan.simulation.assessing import apply_treatment
from snowplan.simulation.world import SHIFT
from tests.simulation.towns import MIN, ploughs, snow, street, town, world_of


def test_each_strip_of_a_segment_is_looked_at_when_it_falls_due() -> None:
    """Worked by hand: 1,000 g/m² an hour from 1:00 on, due above 1,000 g/m².

    Cleared before, one strip holds 500 g/m², the other nothing: due after 1:30 and after 2:00.
    """
    wide = street("ab", "a", "b", 1_000, 6.0, oneway=True)
    world = world_of(town((wide,), ploughs(), snow((1, 1_000), (4, 0)), horizon_h=5))
    world.due.clear()
    world.board.worked[:] = b"\x01\x01"
    world.ground.base[0], world.ground.base[1] = 500.0, 0.0
    apply_treatment(world, 0)
    expected = {entry >> SHIFT for entry in world.due}
    assert expected == {90 * MIN + 1, 120 * MIN + 1}
