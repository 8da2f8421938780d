"""The weather of a run as drawn: total, duration, onset and temperature, by hand."""

from __future__ import annotations

from snowplan.model.draws import Draws
from snowplan.model.physics import Spread
from snowplan.model.weather import Snowfall, WeatherSpell
from snowplan.simulation.outlook import drawn_weather
from tests.simulation.towns import H

STORM = (
    WeatherSpell(0, 0, -4.0),
    WeatherSpell(2 * H, 1_000, -5.0, 0.0, -3.0),
    WeatherSpell(5 * H, 0, -6.0),
)


def drawn(**values: float) -> tuple[WeatherSpell, ...]:
    """The storm with these quantities drawn; a constant's draw is itself."""
    spreads = [Spread(name, "constant", value, 0.0, True) for name, value in values.items()]
    return drawn_weather(Snowfall(STORM), Draws(1, spreads))


def test_what_does_not_vary_stays_as_given() -> None:
    """By definition: nothing drawn, nothing changed."""
    assert drawn() == STORM
    assert drawn(snowfall_total=1.0, storm_duration=1.0, onset=0.0, temperature=0.0) == STORM


def test_a_longer_storm_is_a_weaker_one() -> None:
    """By hand: twice as long about its onset at 2 h, to 8 h; half again as much in all.

    1,000 µm/h × 1.5 ÷ 2 = 750 µm/h over 6 h are 4.5 mm, 1.5 times the 3 mm given. What lay before
    the onset is stretched away from it: from 0 h to -2 h.
    """
    dry, snowing, after = drawn(snowfall_total=1.5, storm_duration=2.0)
    assert (dry.start_ms, snowing.start_ms, after.start_ms) == (-2 * H, 2 * H, 8 * H)
    assert (dry.um_per_h, snowing.um_per_h, after.um_per_h) == (0, 750, 0)


def test_a_storm_may_come_later_and_warmer() -> None:
    """By hand: half an hour later, 1.5 °C warmer, the given pavement too."""
    shifted = drawn(onset=0.5, temperature=1.5)
    assert [s.start_ms for s in shifted] == [H // 2, 5 * H // 2, 11 * H // 2]
    assert [s.air_c for s in shifted] == [-2.5, -3.5, -4.5]
    assert [s.pavement_c for s in shifted] == [None, -1.5, None]
    assert [s.um_per_h for s in shifted] == [0, 1_000, 0]
