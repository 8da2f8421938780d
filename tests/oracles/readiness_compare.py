"""Two sections of a readiness report side by side, figure by figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

KEYS = (
    "scenario", "item", "zone", "kind", "group", "start", "length_h", "road_class", "depot", "dump",
    "machine", "more", "road", "place_zh", "relief", "file",
)  # fmt: skip
KIND = "kind", True  # follows from `more`
NEAR = 1.5e-6  # of figures that are written with six decimals


def flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path, leaf) of everything; rows are known by what they are about, not by their order."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}")
    elif isinstance(value, list):
        seen: Counter[str] = Counter()
        for number, inner in enumerate(value):
            name = str(number)
            if isinstance(inner, Mapping):
                name = _name(inner)
                seen[name] += 1
                name += f"#{seen[name]}" if seen[name] > 1 else ""
            yield from flat(inner, f"{path}[{name}]")
    else:
        yield path, value


def _name(row: Mapping[str, Any]) -> str:
    """What a row is about; a scenario by its id, one more by what it is one more of."""
    if "id" in row:
        return str(row["id"])
    return "/".join(str(row[key]) for key in KEYS if key in row and (key, "more" in row) != KIND)


def differences(told: Any, found: Any, exact: float = NEAR) -> tuple[list[str], list[str]]:
    """(what differs, what nobody found) of a told section against the one found anew.

    Every figure, truth and None that is told must have been found; of words those that were.
    """
    ours = dict(flat(found))
    wrong, unfound = [], []
    for path, value in flat(told):
        if path not in ours:
            if not isinstance(value, str):
                unfound.append(path)
            continue
        if not _same(value, ours.pop(path), exact):
            wrong.append(f"{path}: told {value!r}, found {dict(flat(found))[path]!r}")
    wrong += [f"{path}: not told" for path in ours if not path.endswith(".0")]
    return wrong, unfound


def _same(a: Any, b: Any, exact: float) -> bool:
    if any(isinstance(one, bool) or one is None or isinstance(one, str) for one in (a, b)):
        return bool(a == b)
    return bool(abs(a - b) <= exact)
