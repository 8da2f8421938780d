"""The state in the middle of a storm as a duty officer tells it: approximate, by section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from snowplan.model.hauling import FAR_MORE, along_g
from snowplan.model.roads import Section


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies on a section's strips and, in each direction, at its kerb beyond the verge."""

    loose_mm: float
    packed_mm: float = 0.0
    windrow_kg_m: float = 0.0
    treated: bool = False  # with de-icer


@dataclass(frozen=True, slots=True)
class MachineNow:
    """Where a machine is (a junction, depot or section; None: at home), and in what state."""

    machine: str
    place: str | None
    hopper_kg: float
    broken_h: float  # hours until it is mended


@dataclass(frozen=True, slots=True)
class Now:
    """The state at the run's start; what is not named has had no work.

    `fell` is the snow before the start, which counts for the grade: (from ms, to ms, µm/h).
    """

    fell: tuple[tuple[int, int, int], ...]
    lying: tuple[tuple[str, Lying], ...] = ()  # by section
    machines: tuple[MachineNow, ...] = ()
    absent: frozenset[str] = frozenset()  # crew groups not on shift at the start


def areal_snow(
    now: Now | None,
    sections: Sequence[Section],
    initial_um: int,
    density: float,
    packed_density: float,
) -> tuple[list[int], list[int]]:
    """Loose and packed snow at the start by section, whole g/m²; densities in kg/m³."""
    loose, packed = [initial_um] * len(sections), [0] * len(sections)
    told = dict(now.lying) if now is not None else {}
    for number, section in enumerate(sections):
        if section.id in told:
            loose[number] = round(told[section.id].loose_mm * density)
            packed[number] = round(told[section.id].packed_mm * packed_density)
    return loose, packed


def kerb_g(lying: Lying, length_mm: int, verge_g: int) -> int:
    """Grams at the kerb of one direction: a windrow stands where the verge is full (or endless)."""
    windrow = int(along_g(lying.windrow_kg_m, length_mm))
    return windrow + (verge_g if windrow and verge_g < FAR_MORE else 0)
