"""Units: one unit per quantity; the factors between units appear here and nowhere else.

| quantity | unit | suffix |
|---|---|---|
| instant, duration inside a run | whole milliseconds | `_ms` |
| durations people write | hours, minutes | `_h`, `_min` |
| length of a section | metres | `_m` |
| length inside the engine | whole millimetres | `_mm` of a road, `length_mm` |
| depth of snow | millimetres | `_depth_mm`, `_mm` |
| water equivalent | millimetres (= kg/m²) | `_mm_we`; inside, whole micrometres `_um` (= g/m²) |
| mass | whole grams | `_g`; people write kg and t |
| areal mass | grams a square metre | `_g_m2` |
| area | square metres; inside, whole square decimetres | `_m2`, `_dm2` |
| volume of snow | cubic metres, loose unless said otherwise | `_m3` |
| along a road | kilograms or cubic metres a metre of one direction | `_kg_m`, `_m3_m` |
| rates of work | square or cubic metres an hour | `_m2_h`, `_m3_h` |
| density | kilograms a cubic metre | `_kg_m3` |
| speed | kilometres an hour | `_kph` |
| temperature | degrees Celsius | `_c` |
| money | yuan | `_cny` |
"""

from __future__ import annotations

MS_PER_S = 1_000
MS_PER_MIN = 60_000
MS_PER_H = 3_600_000
MS_PER_DAY = 86_400_000
H_PER_DAY = 24
MINUTES_PER_DAY = 1_440
STEP_MS = 100  # travel and work durations are rounded up to this
MM_PER_M = 1_000
M_PER_KM = 1_000
UM_PER_MM = 1_000
DM_PER_M = 10
DM2_PER_M2 = 100
G_PER_KG = 1_000
G_PER_T = 1_000_000
KG_PER_T = 1_000
MM_PER_INCH = 25.4
MS_KPH_PER_MM = 3.6  # a millimetre at one kilometre an hour takes 3.6 ms


def hours_ms(hours: float) -> int:
    """Hours as whole milliseconds (nearest)."""
    return round(hours * MS_PER_H)


def minutes_ms(minutes: float) -> int:
    """Minutes as whole milliseconds (nearest)."""
    return round(minutes * MS_PER_MIN)


def round_up_step(duration_ms: float) -> int:
    """A duration rounded up to the engine's step of 100 ms; rounding noise is forgiven."""
    whole = int(duration_ms * 1000.0 + 0.5)
    return -(-whole // (STEP_MS * 1000)) * STEP_MS


def drive_ms(length_mm: int, speed_kph: float) -> int:
    """Whole milliseconds, rounded up to 100, to drive `length_mm` at `speed_kph`."""
    return round_up_step(length_mm * MS_KPH_PER_MM / speed_kph)


def pass_ms(length_mm: float, speed_kph: float) -> float:
    """Milliseconds, not rounded, for `length_mm` at `speed_kph`."""
    return length_mm * MS_KPH_PER_MM / speed_kph


def ms_hours(ms: float) -> float:
    """Milliseconds as hours, for people."""
    return ms / MS_PER_H
