"""Hauling decisions: which windrow, which loader, which dump point (see docs/model.md)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

Travel = Callable[[int], int]  # ms at free flow to the beginning of a segment, or to a junction
Zones = Sequence[Sequence[str]]  # the own zone, then those in reach of mutual aid
DueByZone = Mapping[str, Mapping[int, Iterable[int]]]  # zone: rank of cleaning: segments


class Serving(NamedTuple):
    """A loader at a windrow or under way to one, and how many trucks are bound to it."""

    number: int
    zone: str
    segment: int
    bound: int


class Offer(NamedTuple):
    """A dump point as a truck sees it; `filled`: share of its capacity held or promised."""

    number: int
    zone: str
    junction: int
    room_g: int
    filled: float
    green: bool


def choose_windrow(
    due: DueByZone, zones: Zones, taken: Container[int], travel: Travel
) -> int | None:
    """The due windrow without a loader that is best by (rank, travel time, segment), or None."""
    for near in zones:
        for rank in sorted({rank for zone in near for rank in due.get(zone, ())}):
            free = [
                segment
                for zone in near
                for segment in due.get(zone, {}).get(rank, ())
                if segment not in taken
            ]
            if free:
                return min((travel(segment), segment) for segment in free)[1]
    return None


def choose_loader(serving: Iterable[Serving], zones: Zones, travel: Travel) -> Serving | None:
    """The loader that an empty truck serves: (trucks bound to it, travel time, number)."""
    rows = tuple(serving)
    for near in zones:
        found = [row for row in rows if row.zone in near]
        if found:
            return min(found, key=lambda row: (row.bound, travel(row.segment), row.number))
    return None


def choose_dump(
    offers: Iterable[Offer], rule: str, zone: str, load_g: int, travel: Travel
) -> Offer | None:
    """The dump point with room for a load that is first by the plan's rule, or None."""
    found = [offer for offer in offers if offer.room_g >= load_g]

    def key(offer: Offer) -> tuple[float, int, int]:
        first = 0.0
        if rule == "zone_first":
            first = float(offer.zone != zone)
        elif rule == "emptiest":
            first = offer.filled
        return first, travel(offer.junction), offer.number

    return min(found, key=key, default=None)
