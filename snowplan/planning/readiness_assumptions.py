"""Every figure of a report that is an assumption, so that the centre knows what to replace."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from snowplan.given import given_path, given_root
from snowplan.inputs.fact_files import ASSUMED, Fact, facts_of
from snowplan.model.scenario import Scenario
from snowplan.planning.assumption_words import figures_zh, source_zh

Row = dict[str, Any]
RULES = "seeds/readiness.toml"
TABLES = (".csv", ".toml")
MAP, MAP_KEY = "map", "assumed"
NAMES = ("zh", "name", "name_en")
ROW = "row "
FEW = 4  # different values of a figure that are written one by one
SPAN = " … "
LANGUAGES = " / "  # between what a map tells in Chinese and in English


def facts_used(inputs: Iterable[tuple[str, str]], beside: Sequence[Path] = ()) -> list[Fact]:
    """The facts of the tables that a report rests on: those of its runs, and its own rules.

    `inputs` names files with their SHA-256; `beside` are folders in which a user's own may lie. A
    file that is not there any more as it was read is left out: its facts are not known.
    """
    folders = (given_root(), *beside, Path.cwd())
    facts: list[Fact] = []
    for name, digest in sorted(set(inputs)):
        if Path(name).suffix not in TABLES or Path(name).parts[0] in ("maps", "scenarios"):
            continue
        for folder in folders:
            path = folder / name
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
                facts += [fact for fact in facts_of(path, name) if fact.tag]
                break
    return facts + facts_of(given_path(RULES), RULES)


def tag_counts(facts: Iterable[Fact]) -> dict[str, int]:
    """How many facts have which tag."""
    return dict(sorted(Counter(fact.tag for fact in facts).items()))


def assumption_rows(facts: Iterable[Fact], scenario: Scenario) -> list[Row]:
    """The assumed facts, alike ones of one source together: file, where, figure, value, source.

    `rows` says how many facts a line stands for. `value` has the values of `figure` in its order:
    some of them with strokes between, of numbers the least and the most. Words stand beside in both
    languages (`figure_zh` …) as far as they are known. Last stands what the map assumes.
    """
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        if fact.tag == ASSUMED:
            groups.setdefault((fact.file, fact.source, tuple(fact.figures)), []).append(fact)
    return [_row(group) for group in groups.values()] + [
        {
            "file": scenario.road_map.name,
            "where": MAP,
            "figure": MAP_KEY,
            "value": line,
            "source": f"{scenario.road_map.title} / {scenario.road_map.title_en}",
            "rows": 1,
            **_both("value", line.partition(LANGUAGES)[::2]),
            **_both("source", (scenario.road_map.title, scenario.road_map.title_en)),
        }
        for line in scenario.road_map.assumed
    ]


def _row(facts: Sequence[Fact]) -> Row:
    first, last = facts[0], facts[-1]
    figures = {name: _values([fact.figures[name] for fact in facts]) for name in _told(first)}
    where = SPAN.join(dict.fromkeys((_place(first), _place(last))))
    return {
        "file": first.file,
        "where": where,
        "figure": ", ".join(figures),
        "value": ", ".join(figures.values()),
        "source": first.source,
        "rows": len(facts),
        **_both("figure", (figures_zh(first.file, figures), ", ".join(figures))),
        **_both("source", (source_zh(first.source), first.source)),
    }


def _both(key: str, words: tuple[str, str]) -> Row:
    """Words in both languages; where one is missing the other stands for it."""
    zh, en = words
    return {f"{key}_zh": zh or en, f"{key}_en": en or zh}


def _told(fact: Fact) -> list[str]:
    """The names of its figures: without the name that begins a row, and other names."""
    names = [name for name, value in fact.figures.items() if value and name not in NAMES]
    names = names or list(fact.figures)
    in_table = fact.where.startswith(ROW) and names[0] == next(iter(fact.figures))
    return names[1:] if in_table and len(names) > 1 else names


def _place(fact: Fact) -> str:
    """Where a fact stands: the table of a TOML file, or the name that begins a row."""
    if not fact.where.startswith(ROW):
        return fact.where
    return next(iter(fact.figures.values()), "") or fact.where


def _values(values: Sequence[str]) -> str:
    """Different values of one figure, few one by one, of numbers the span."""
    some = list(dict.fromkeys(value.replace(", ", "; ") for value in values if value))
    if len(some) <= 1:
        return "".join(some)
    if all(map(_number, some)):
        ordered = sorted(some, key=float)
        return f"{ordered[0]}–{ordered[-1]}"
    if len(some) <= FEW:
        return "/".join(some)
    return f"{some[0]}{SPAN}{some[-1]}"


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
