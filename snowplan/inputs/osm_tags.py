"""OpenStreetMap tags as OSMnx stores them: text, or a list written as text."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?: ?(?:m|km/h))?")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?) +(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)")
BOUNDS = {"lanes": (1.0, 16.0), "width": (1.5, 100.0), "maxspeed": (5.0, 150.0)}


@lru_cache(maxsize=65_536)
def tag_values(text: str) -> tuple[str, ...]:
    """The values of a tag: `"primary"` is one, `"['primary', 'secondary']"` are two."""
    if not text.startswith("["):
        return (text,) if text else ()
    try:
        values = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return (text,)
    return tuple(str(value) for value in values)


def tag_number(text: str, tag: str) -> float | None:
    """The smallest number a `lanes`, `width` or `maxspeed` tag names, or None if none can be read.

    Metres and km/h only; other units, words and values outside `BOUNDS` are not read.
    """
    low, high = BOUNDS[tag]
    found = (_NUMBER.fullmatch(value.strip()) for value in tag_values(text))
    numbers = [float(match[1]) for match in found if match]
    return min((number for number in numbers if low <= number <= high), default=None)


def tag_line(text: str) -> tuple[tuple[float, float], ...]:
    """The points of a WKT `LINESTRING`, or nothing if it is not one."""
    if not text.startswith("LINESTRING"):
        return ()
    return tuple((float(x), float(y)) for x, y in _POINT.findall(text))
