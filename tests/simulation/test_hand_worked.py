"""Six toy towns worked by hand, exact to the millisecond and the gram.

Figures common to all stand at the head of `towns`: 1 mm of snow is 100 g/m², a 3 m wide two-way
street of L metres is one strip of 3·L m², a plough takes 200 ms a metre and leaves 500 g/m²,
driving takes 100 ms a metre. At 2,700 µm/h the snow grows by 0.75 g/m² a second, so it exceeds
the trigger of 1,000 g/m² after 1,333,333.3… ms, at the next whole one.
"""

from __future__ import annotations

from snowplan.model.fleet import Machine, Work
from snowplan.model.weather import WeatherSpell
from tests.simulation.towns import (
    Fleet,
    H,
    centre,
    crew,
    finish,
    interval,
    plan,
    ploughs,
    ran,
    snow,
    story,
    street,
    town,
    work,
    world_of,
)

P = "plough-001"
CALLED = [centre("grade light"), centre("call_out forecast")]  # snow from 1:00, lead 1 h: at 0
LIGHT_SNOW = snow((1, 1_200), (1.5, 0))  # 600 g/m² in all, under the trigger
BRISK_SNOW = snow((1, 2_700), (1.5, 0))  # 1,350 g/m² in all


def test_one_street() -> None:
    """Worked by hand: one pass, once the centre finds at 2:00 that snow has stopped.

    The crew's shift began at 08:00, so it is called out at 16:00 and musters for 30 min. 600 g/m²
    never reach the trigger of 1,000. At the full hour 2:00 (7,200,000 ms) it does not snow and
    none is forecast: 600 exceed the clean depth of 500 g/m². 1,000 m take 200 s; 100 g/m² of
    3,000 m² are pushed aside.
    """
    fleet = ploughs(crews=(crew("plough", "08:00"),))
    run = ran(town([street("ab", "a", "b", 1_000)], fleet, LIGHT_SNOW, horizon_h=3))
    assert story(run.world) == [
        *CALLED,
        interval(P, "wait crew", 0, 1_800_000),
        interval(P, "wait work", 1_800_000, 7_200_000),
        work(P, "plough", (7_200_000, 7_200_000, 7_400_000), "ab:forward", "0", 300_000),
        interval(P, "wait work", 7_400_000, 3 * H),
    ]
    assert run.ledger.snow == {
        "initial": 0, "fallen": 1_800_000, "lying": 1_500_000, "pushed_aside": 300_000,
        "in_trucks": 0, "dumped": 0, "melted": 0, "residual": 0,
    }  # fmt: skip
    assert run.ledger.machines == {"intervals": 3 * H, "horizon": 3 * H, "residual": 0}


def test_two_passes_because_there_are_two_strips() -> None:
    """Worked by hand: 12 m both ways is two strips each way, taken up and down the street.

    Each strip is 500 m × 3 m = 1,500 m², 100 s of work, 100 g/m² to push. All four fall due at
    2:00, so the nearest beginning goes first; at the end of a strip that is always the other
    direction, 0 m away, and of each direction the strip nearer the centre.
    """
    run = ran(town([street("ab", "a", "b", 500, 12)], ploughs(), LIGHT_SNOW, horizon_h=3))
    passes = [
        work(P, "plough", (7_200_000, 7_200_000, 7_300_000), "ab:forward", "0", 150_000),
        work(P, "plough", (7_300_000, 7_300_000, 7_400_000), "ab:backward", "0", 150_000),
        work(P, "plough", (7_400_000, 7_400_000, 7_500_000), "ab:forward", "1", 150_000),
        work(P, "plough", (7_500_000, 7_500_000, 7_600_000), "ab:backward", "1", 150_000),
    ]
    assert story(run.world) == [
        *CALLED,
        interval(P, "wait work", 0, 7_200_000),
        *passes,
        interval(P, "wait work", 7_600_000, 3 * H),
    ]
    assert run.ledger.snow["lying"] == 4 * 750_000


def test_two_passes_because_it_snows_on() -> None:
    """Worked by hand: one pass at the trigger, one for what fell behind the plough.

    * Snow from 3,600,000 ms at 0.75 g/m² a second: over 1,000 g/m² at 3,600,000 + 1,333,334.
    * The pass ends 200,000 ms later. By then floor(3,000 m² × 0.00075 × 1,533,334) = 3,450,001 g
      have fallen; 500 g/m² = 1,500,000 g stay, 1,950,001 g go.
    * Snow ends at 5,400,000 with 1,350 × 3,000 = 4,050,000 g fallen: 1,500,000 + 599,999 lie,
      under the trigger but over the clean depth, so they are due at 2:00. The plough stands at
      the far end: 1,000 m back are 100 s. 599,999 g go.
    """
    run = ran(town([street("ab", "a", "b", 1_000)], ploughs(), BRISK_SNOW, horizon_h=3))
    assert story(run.world) == [
        *CALLED,
        interval(P, "wait work", 0, 4_933_334),
        work(P, "plough", (4_933_334, 4_933_334, 5_133_334), "ab:forward", "0", 1_950_001),
        interval(P, "wait work", 5_133_334, 7_200_000),
        work(P, "plough", (7_200_000, 7_300_000, 7_500_000), "ab:forward", "0", 599_999),
        interval(P, "wait work", 7_500_000, 3 * H),
    ]
    assert run.ledger.snow["fallen"] == 4_050_000
    assert run.ledger.snow["lying"] == 1_500_000


def test_one_refill_of_a_spreader() -> None:
    """Worked by hand: the hopper holds three doses, there are four streets in a row.

    * A dose is 20 g/m² × 3,000 m² = 60,000 g; the hopper 200 kg; the bay loads 100 kg/min. Hoppers
      start empty. At the onset (3,600,000 ms) the spreader stands at the depot: 120 s for 200 kg.
    * Streets ab, bc, cd at 100 ms a metre, 100 s each, nearest first. 20 kg are left, less than a
      dose: from d back to the depot at a 3,000 m = 300 s; 180 kg = 108 s; out to d again 300 s.
    * 300 g/m² of snow are 900,000 g a street, of which 60,000 g × 12 g/g = 720,000 g melt.
    """
    streets = [street(name, *name, 1_000) for name in ("ab", "bc", "cd", "de")]
    fleet = Fleet((Machine("spreader-001", "spreader", "depot"),), (crew("spreader"),))
    rules = plan(dose_g_m2=20.0, spread_classes=("main",))
    run = ran(town(streets, fleet, snow((1, 300), (2, 0)), rules=rules, horizon_h=3))
    who = "spreader-001"
    assert story(run.world) == [
        *CALLED,
        interval(who, "wait work", 0, 3_600_000),
        interval(who, "load", 3_600_000, 3_720_000, "depot", 200_000),
        work(who, "spread", (3_720_000, 3_720_000, 3_820_000), "ab:forward", "0", 60_000),
        work(who, "spread", (3_820_000, 3_820_000, 3_920_000), "bc:forward", "0", 60_000),
        work(who, "spread", (3_920_000, 3_920_000, 4_020_000), "cd:forward", "0", 60_000),
        interval(who, "travel", 4_020_000, 4_320_000, "depot"),
        interval(who, "load", 4_320_000, 4_428_000, "depot", 180_000),
        work(who, "spread", (4_428_000, 4_728_000, 4_828_000), "de:forward", "0", 60_000),
        interval(who, "wait work", 4_828_000, 3 * H),
    ]
    assert run.ledger.deicer == {
        "delivered": 20_000_000, "in_depots": 19_620_000, "in_hoppers": 140_000,
        "on_roads": 240_000, "residual": 0,
    }  # fmt: skip
    assert run.world.stores[0].changes == [
        (0, 20_000_000),
        (3_720_000, 19_800_000),
        (4_428_000, 19_620_000),
    ]
    assert run.ledger.snow["melted"] == 4 * 720_000
    assert run.ledger.snow["lying"] == 4 * 180_000


def test_ice_that_brine_leaves_is_scraped() -> None:
    """Worked by hand: brine refreezes two hours after snow has stopped, and a plough comes for it.

    * 20 g/m² × 3,000 m² = 60,000 g of salt melt 12 g/g at -5 °C: all 200 g/m² = 600,000 g of snow.
    * At 4 h the pavement falls to -21 °C, where the salt holds 4 g/g: 240,000 g stay water and
      360,000 g freeze: 0.24 mm of ice, thin enough to scrape. The plough stands at the street:
      1,000 m × 200 ms = 200 s.
    """
    storm = (*snow((1, 200), (2, 0)), WeatherSpell(4 * H, 0, 0.0, 0.0, -21.0))
    machines = tuple(Machine(f"{kind}-001", kind, "depot") for kind in ("plough", "spreader"))
    fleet = Fleet(machines, (crew("plough"), crew("spreader")))
    rules = plan(dose_g_m2=20.0, spread_classes=("main",))
    run = ran(town([street("ab", "a", "b", 1_000)], fleet, storm, rules=rules))
    ploughed = [row for row in story(run.world) if row[0] == "plough"]
    assert ploughed == [
        work("plough-001", "plough", (4 * H, 4 * H, 4 * H + 200_000), "ab:forward", "0", 360_000)
    ]
    assert run.ledger.snow["lying"] == 0


def test_one_shift_change_over_midnight() -> None:
    """Worked by hand: the plough changes hands at midnight in the middle of a pass.

    Midnight is 8 h = 28,800,000 ms after 16:00. Snow from 7.6 h (27,360,000) passes the trigger
    1,333,334 ms later, at 28,693,334; the pass ends at 28,893,334. Snow ends at midnight with
    0.4 h × 2,700 = 1,080 g/m², so 580 × 3,000 g are pushed, and nothing is left to do. The call
    comes an hour before the snow, at 6.6 h; the crew on shift needs its 30 min.
    """
    crews = (crew("plough", "16:00", 8), crew("plough", "00:00", 8))
    storm = snow((7.6, 2_700), (8, 0))
    run = ran(town([street("ab", "a", "b", 1_000)], ploughs(crews=crews), storm, horizon_h=10))
    assert story(run.world) == [
        centre("grade light"),
        centre("call_out forecast", round(6.6 * H)),
        interval(P, "wait called_off", 0, round(6.6 * H)),
        interval(P, "wait crew", round(6.6 * H), round(7.1 * H)),
        interval(P, "wait work", round(7.1 * H), 28_693_334),
        work(P, "plough", (28_693_334, 28_693_334, 28_893_334), "ab:forward", "0", 1_740_000),
        interval(P, "wait work", 28_893_334, 10 * H),
    ]
    unit = run.world.units[0]
    mustered = round(7.1 * H)
    assert unit.crewed == [
        (mustered, 8 * H, "crew-plough-16:00@2026-01-15 16:00#01"),
        (8 * H, 16 * H, "crew-plough-00:00@2026-01-16 00:00#01"),
    ]
    assert unit.duty == [(mustered, 16 * H)]


def test_nobody_takes_over_for_an_hour() -> None:
    """Worked by hand: what falls due after one crew has gone waits until the next comes at 01:00.

    Snow from 7.8 h (28,080,000) passes the trigger at 29,413,334, while nobody is there (8 h to
    9 h). At 9 h (32,400,000) it has stopped with 0.6 h × 2,700 = 1,620 g/m²; 1,120 × 3,000 g go.
    """
    crews = (crew("plough", "16:00", 8), crew("plough", "01:00", 8))
    storm = snow((0, 0), (7.8, 2_700), (8.4, 0))
    run = ran(town([street("ab", "a", "b", 1_000)], ploughs(crews=crews), storm, horizon_h=10))
    assert story(run.world) == [
        centre("grade light"),
        centre("call_out forecast", round(6.8 * H)),
        interval(P, "wait called_off", 0, round(6.8 * H)),
        interval(P, "wait crew", round(6.8 * H), round(7.3 * H)),
        interval(P, "wait work", round(7.3 * H), 28_800_000),
        interval(P, "wait crew", 28_800_000, 32_400_000),
        work(P, "plough", (32_400_000, 32_400_000, 32_600_000), "ab:forward", "0", 3_360_000),
        interval(P, "wait work", 32_600_000, 10 * H),
    ]


def test_one_failure_on_the_road() -> None:
    """Worked by hand: a quarter of the pass is kept, driven over, and the rest worked.

    The plough fails 50 s into its pass of 200 s and is mended in 4 h (the row's median where repair
    does not vary). Then 0.25 × 100 s of driving and 0.75 × 200 s of work are 175 s.
    """
    world = world_of(town([street("ab", "a", "b", 1_000)], ploughs(), LIGHT_SNOW, horizon_h=7))
    world.units[0].to_failure_ms = 50_000
    run = finish(world)
    failed = 7_250_000
    mended = failed + 4 * H
    assert story(run.world) == [
        *CALLED,
        interval(P, "wait work", 0, 7_200_000),
        work(P, "plough breakdown", (7_200_000, 7_200_000, failed), "ab:forward", "0", 0),
        interval(P, "breakdown", failed, failed, "ab:forward"),
        interval(P, "repair", failed, mended),
        work(P, "plough", (mended, mended, mended + 175_000), "ab:forward", "0", 300_000),
        interval(P, "wait work", mended + 175_000, 7 * H),
    ]
    assert run.ledger.snow["lying"] == 1_500_000


def test_one_failure_on_the_way() -> None:
    """Worked by hand: as two passes above, but it fails 40 s into the drive back.

    Driving and working count: 200 s of the first pass and 40 s of the drive. It is mended and
    sets out again from the end where it last worked: 100 s of driving, 200 s of work.
    """
    world = world_of(town([street("ab", "a", "b", 1_000)], ploughs(), BRISK_SNOW, horizon_h=7))
    world.units[0].to_failure_ms = 240_000
    run = finish(world)
    failed = 7_240_000
    mended = failed + 4 * H
    assert story(run.world) == [
        *CALLED,
        interval(P, "wait work", 0, 4_933_334),
        work(P, "plough", (4_933_334, 4_933_334, 5_133_334), "ab:forward", "0", 1_950_001),
        interval(P, "wait work", 5_133_334, 7_200_000),
        interval(P, "travel breakdown", 7_200_000, failed, "ab:forward"),
        interval(P, "breakdown", failed, failed, "ab:forward"),
        interval(P, "repair", failed, mended),
        work(P, "plough", (mended, mended + 100_000, mended + 300_000), "ab:forward", "0", 599_999),
        interval(P, "wait work", mended + 300_000, 7 * H),
    ]


def test_one_closed_road() -> None:
    """Worked by hand: streets of 600, 800 and 1,000 m make a triangle; the longest is closed.

    * At 4,933,334 ms both open streets are due; from a the plough takes ab (120 s), then bc from
      b (160 s). Fallen on ab floor(1,800 × 0.00075 × 1,453,334) = 1,962,000 g, of which 900,000
      stay; on bc floor(2,400 × 0.00075 × 1,613,334) = 2,904,001 g, of which 1,200,000 stay.
    * At 2:00 both are due again. From c, bc begins 800 m away at b (80 s); ab begins at a, by b
      1,400 m (140 s; by the closed ca it would be 1,000 m): bc first, then ab after 140 s again.
    * In all 1,350 g/m² fell; what is left beyond 500 g/m² goes: 335,999 g and 468,000 g. The
      closed street is in no account.
    """
    streets = [
        street("ab", "a", "b", 600),
        street("bc", "b", "c", 800),
        street("ca", "c", "a", 1_000, closed=True),
    ]
    run = ran(town(streets, ploughs(), BRISK_SNOW, horizon_h=3))
    assert story(run.world) == [
        *CALLED,
        interval(P, "wait work", 0, 4_933_334),
        work(P, "plough", (4_933_334, 4_933_334, 5_053_334), "ab:forward", "0", 1_062_000),
        work(P, "plough", (5_053_334, 5_053_334, 5_213_334), "bc:forward", "0", 1_704_001),
        interval(P, "wait work", 5_213_334, 7_200_000),
        work(P, "plough", (7_200_000, 7_280_000, 7_440_000), "bc:forward", "0", 335_999),
        work(P, "plough", (7_440_000, 7_580_000, 7_700_000), "ab:forward", "0", 468_000),
        interval(P, "wait work", 7_700_000, 3 * H),
    ]
    assert run.ledger.snow["fallen"] == 1_350 * (1_800 + 2_400)
    assert run.ledger.snow["lying"] == 500 * (1_800 + 2_400)


def test_the_same_triangle_open_is_crossed_by_its_longest_side() -> None:
    """Worked by hand: with ca of another operator but open, c to a is its 1,000 m (100 s)."""
    streets = [
        street("ab", "a", "b", 600),
        street("bc", "b", "c", 800),
        street("ca", "c", "a", 1_000, operator="province"),
    ]
    run = ran(town(streets, ploughs(), BRISK_SNOW, horizon_h=3))
    assert story(run.world)[-3:-1] == [
        work(P, "plough", (7_200_000, 7_280_000, 7_440_000), "bc:forward", "0", 335_999),
        work(P, "plough", (7_440_000, 7_540_000, 7_660_000), "ab:forward", "0", 468_000),
    ]
    assert run.world.treatment.sequence == (Work.PLOUGH,)
