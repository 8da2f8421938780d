"""What a run can be measured by in a comparison: keys, units, decimals, and which way is better.

A key is a name and, after a slash, what it is about: `all`, a road class (`main`), a zone
(`zone:south`), or a class in a zone (`main@south`). Without a slash it is about everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from snowplan.errors import nearest
from snowplan.model.roads import ROAD_CLASSES, RoadMap

ALL, ZONE, IN_ZONE = "all", "zone:", "@"
LESS, MORE, NEITHER = "less", "more", ""


class MeasureInfo(NamedTuple):
    """Unit, decimals shown, and what is better: `less`, `more`, or `` where neither is."""

    unit: str
    digits: int
    better: str


class Kind(NamedTuple):
    """What a name is, and what it may be about: subjects out of `SUBJECTS`; `` is everything."""

    info: MeasureInfo
    subjects: tuple[str, ...]


WHOLE, OF_ALL, OF_CLASS, OF_ZONE, OF_CLASS_IN_ZONE = "", "all", "class", "zone", "class@zone"
_TIMES = (OF_ALL, OF_CLASS, OF_ZONE, OF_CLASS_IN_ZONE)
_LIMITS = (OF_CLASS, OF_CLASS_IN_ZONE)
_PARTS = (WHOLE, OF_CLASS, OF_ZONE, OF_CLASS_IN_ZONE)
TIMES = tuple(
    f"{aspect}_{rank}" for aspect in ("open", "clean") for rank in ("median", "p95", "last")
)
SHARES = (
    "share_work", "share_travel", "share_load", "share_wait_crew", "share_wait_stock",
    "share_wait_bay", "share_wait_work", "share_wait_other", "share_repair",
)  # fmt: skip
KINDS = {
    **dict.fromkeys(TIMES, Kind(MeasureInfo("h", 2, LESS), _TIMES)),
    "exposure": Kind(MeasureInfo("mm_h", 0, LESS), _PARTS),
    **dict.fromkeys(("met_open", "met_clean"), Kind(MeasureInfo("share", 2, MORE), _LIMITS)),
    **dict.fromkeys(("limit_open", "limit_clean"), Kind(MeasureInfo("h", 2, NEITHER), (OF_CLASS,))),
    "response_mean_min": Kind(MeasureInfo("min", 1, LESS), (WHOLE, OF_ZONE)),
    "response_p95_min": Kind(MeasureInfo("min", 1, LESS), (WHOLE, OF_ZONE)),
    "deadhead_km": Kind(MeasureInfo("km", 0, LESS), (WHOLE,)),
    "fuel_l": Kind(MeasureInfo("l", 0, LESS), (WHOLE,)),
    "deicer_t": Kind(MeasureInfo("t", 1, LESS), (WHOLE,)),
    "operator_h": Kind(MeasureInfo("h", 1, LESS), (WHOLE,)),
    "cost_cny": Kind(MeasureInfo("cny", 0, LESS), (WHOLE,)),
    "loading_wait_h": Kind(MeasureInfo("h", 1, LESS), (WHOLE,)),
    "stockouts": Kind(MeasureInfo("times", 1, LESS), (WHOLE,)),
    **dict.fromkeys(SHARES, Kind(MeasureInfo("percent", 1, NEITHER), (WHOLE,))),
}


def measure_info(key: str) -> MeasureInfo:
    """Unit, decimals and better side of a measure; zones are not checked.

    Raises KeyError for a key that none can have; the message names the nearest ones.
    """
    name, slash, subject = key.partition("/")
    kind = KINDS.get(name)
    if kind is not None and _subject_kind(subject, slash) in kind.subjects:
        return kind.info
    some = (key_of(each, part) for each, of in KINDS.items() for part in _examples(of))
    found = ", ".join(nearest(key, some)) or ", ".join(KINDS)
    raise KeyError(f"'{key}' is no measure; near it: {found}")


def _subject_kind(subject: str, slash: str) -> str | None:
    """Which kind of subject a word is; None for none."""
    if not slash:
        return WHOLE
    if subject == ALL:
        return OF_ALL
    road_class, at, zone = subject.partition(IN_ZONE)
    if not at and subject.startswith(ZONE) and subject != ZONE:
        return OF_ZONE
    if road_class not in ROAD_CLASSES or bool(at) != bool(zone):
        return None
    return OF_CLASS_IN_ZONE if at else OF_CLASS


def _examples(kind: Kind) -> Iterator[str]:
    """Subjects that need no zone's name."""
    yield from (subject for subject in ("", ALL) if subject in kind.subjects)
    if OF_CLASS in kind.subjects:
        yield from ROAD_CLASSES


def key_of(name: str, subject: str) -> str:
    """The key of a name about a subject; about everything where that is empty."""
    return f"{name}/{subject}" if subject else name


def measure_keys(road_map: RoadMap) -> list[str]:
    """Every key that has a meaning on a map, in the order in which they are shown.

    Classes, zones and classes in zones are those of sections that the centre clears.
    """
    duties = {
        (s.duty.road_class.key, s.duty.zone) for s in road_map.sections if s.duty.cleared_by_centre
    }
    subjects = subjects_of(duties)
    return [
        key_of(name, subject)
        for name, kind in KINDS.items()
        for which in kind.subjects
        for subject in subjects[which]
    ]


def subjects_of(duties: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Subjects by their kind, where there are these (class, zone)."""
    classes = [name for name in ROAD_CLASSES if any(name == of for of, _ in duties)]
    zones = sorted({zone for _, zone in duties})
    pairs = [(name, zone) for name in classes for zone in zones if (name, zone) in duties]
    return {
        WHOLE: [""],
        OF_ALL: [ALL],
        OF_CLASS: classes,
        OF_ZONE: [f"{ZONE}{zone}" for zone in zones],
        OF_CLASS_IN_ZONE: [f"{name}{IN_ZONE}{zone}" for name, zone in pairs],
    }
