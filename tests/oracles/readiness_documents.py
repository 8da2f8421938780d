"""Whether every number in the documents of a readiness report is one that was found anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tests.oracles.readiness_compare import flat

SECTIONS = (
    "verdicts", "machines", "deicer", "people", "hauling", "times", "envelope", "marginal",
    "held_back", "findings", "assumptions", "appendix",
)  # fmt: skip
NUMBER = re.compile(r"(?<![A-Za-z0-9_.])(−?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![A-Za-z0-9_])")
NOT_FIGURES = (
    r"第 \d+ 页 共 \d+ 页", r"Page \d+ of \d+", r"^\s*(?:Table|Figure) \d+",
    r"\b[0-9a-f]{64}\b", r"SHA-256", r"\b0\.1\.0\b",
    r"^\s*[1-6]\.\d(?:\.\d)?(?=\s|$)", r"^\s*[表图] \d+",
    r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?", r"\b\d\d:\d\d\b",
)  # fmt: skip
MOST_DECIMALS = 3
HEADINGS = {
    "zh": (*(f"{one}、" for one in "一二三四五六七八九十"), "十一、", "附录"),
    "en": (
        "1 Verdict", "2 Machines", "3 De-icer", "4 People", "5 Hauling", "6 The clearance",
        "7 How much", "8 What one more", "9 What held", "10 What the check", "11 Assumed",
        "Appendix",
    ),
}  # fmt: skip


def sections_of(text: str, lang: str = "zh") -> dict[str, str]:
    """The text of each section from its heading on, in their order."""
    marks: list[re.Match[str]] = []
    for heading in HEADINGS[lang]:
        after = marks[-1].end() if marks else 0
        found = re.compile(rf"^\s*{heading}", re.MULTILINE).search(text, after)
        assert found is not None, heading
        marks.append(found)
    ends = [*(one.start() for one in marks[1:]), len(text)]
    return {
        name: text[one.end() : end] for name, one, end in zip(SECTIONS, marks, ends, strict=True)
    }


def numbers_in(text: str) -> list[str]:
    """Every number of a text, without thousands commas; − stays before it."""
    for pattern in NOT_FIGURES:
        text = re.sub(pattern, " ", text, flags=re.MULTILINE)
    return [f"{sign}{whole.replace(',', '')}{part}" for sign, whole, part in NUMBER.findall(text)]


def printed(values: Iterable[float]) -> set[str]:
    """Every way in which a figure may stand on paper: rounded to some decimals."""
    found = set()
    for value in values:
        for decimals in range(MOST_DECIMALS + 1):
            for one in (value, value + 1e-9, value - 1e-9):
                text = f"{abs(one):.{decimals}f}"
                found.add(f"−{text}" if one < 0 and float(text) else text)
    return found


def leaves(*values: Any) -> list[float]:
    """The numbers of anything, truths not among them."""
    return [
        float(leaf)
        for value in values
        for _, leaf in flat(value)
        if isinstance(leaf, int | float) and not isinstance(leaf, bool)
    ]


def strangers(text: str, known: set[str]) -> list[str]:
    """Numbers of a text that nobody found."""
    return [one for one in numbers_in(text) if one not in known]


def sums(rows: Iterable[Mapping[str, Any]], by: Iterable[str], of: Iterable[str]) -> list[float]:
    """Sums of columns by every choice of what is left out of a key, as totals of tables are."""
    names, columns = list(by), list(of)
    found: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        for mask in range(2 ** len(names)):
            key = tuple(str(row[n]) if mask >> k & 1 else "" for k, n in enumerate(names))
            for column in columns:
                found[*key, column] += row[column]
    return [float(value) for value in found.values()]
