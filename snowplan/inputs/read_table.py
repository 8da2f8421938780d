"""A table as it was read, before its cells mean anything: CSV and workbook sheets alike."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """Headings and the cells of every row that is not blank, by row number.

    `labels` tell how faults name a column: `C 机种` of a workbook. `sorts` tell of which columns
    people write words for the names: 推雪车 for plough.
    """

    heading_row: int
    header: list[str]
    lines: list[tuple[int, list[str]]]
    labels: Mapping[str, str] = field(default_factory=dict)
    sorts: Mapping[str, str] = field(default_factory=dict)
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words for names, by the sort of column: kind → 推雪车 → plough."""

    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def learn(self, sort: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Words and the names they stand for; a word for two names stands for neither."""
        known = list(pairs)
        names = {name for _, name in known}
        times = Counter(word for word, _ in known)
        self.words[sort] = {
            word: name
            for word, name in known
            if times[word] == 1 and (word == name or word not in names)
        }

    def of(self, sort: str) -> Mapping[str, str]:
        """The words of one sort."""
        return self.words.get(sort, {})

    def meant(self, sort: str, text: str) -> str:
        """The name that a word stands for, whatever its width, case and blanks; else the word."""
        known = self.of(sort)
        if text in known:
            return known[text]
        if not text or text in known.values():
            return text
        wanted = plain(text)
        return next(
            (name for word, name in known.items() if wanted in (plain(word), plain(name))), text
        )


def said(words: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """Names as people write them: the first word for each, the name where there is none."""
    first: dict[str, str] = {}
    for word, name in words.items():
        first.setdefault(name, word)
    return [first.get(name, name) for name in names]


def plain(text: str) -> str:
    """Words without blanks, in half-width lower case, so that like ones are the same."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
