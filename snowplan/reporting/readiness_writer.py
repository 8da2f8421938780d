"""A document as a list of parts: headings, sentences, tables and pictures, each numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from snowplan.reporting.readiness_texts import ready_text

Row = list[str] | dict[str, str]  # cells, or `{"span": …}`: one cell across the whole row
NONE = "—"
TABLE_PT = 8.0
DIGITS = "零一二三四五六七八九十"


class Writer:
    """Collects the parts of a document in one language, in order."""

    def __init__(self, lang: str, *, quick: bool) -> None:
        self.lang = lang
        self.quick = quick
        self.parts: list[dict[str, Any]] = []
        self.images: dict[str, bytes] = {}
        self._counts = {"chapter": 1, "section": 0, "table": 0, "picture": 0}

    def text(self, key: str, **values: object) -> str:
        """Words of the report."""
        return ready_text(key, self.lang, **values)

    def chapter(self, key: str) -> None:
        """A heading of the first level: 一、."""
        self._counts["chapter"] += 1
        self._counts["section"] = 0
        number = self._counts["chapter"]
        head = f"{numeral(number)}、" if self.lang == "zh" else f"{number}  "
        self.parts.append({"is": "head", "level": 1, "text": head + self.text(key)})

    def appendix(self, key: str) -> None:
        """A heading of the first level without a number of its own."""
        self._counts["section"] = 0
        self.parts.append({"is": "head", "level": 1, "text": self.text(key)})

    def section(self, key: str, **values: object) -> None:
        """A heading of the second level: （一）."""
        self._counts["section"] += 1
        number, words = self._counts["section"], self.text(key, **values)
        head = f"（{numeral(number)}）" if self.lang == "zh" else f"({number}) "
        self.parts.append({"is": "head", "level": 2, "text": head + words})

    def par(self, key: str, **values: object) -> None:
        """A sentence or a few."""
        self.parts.append({"is": "par", "text": self.text(key, **values)})

    def note(self, key: str, **values: object) -> None:
        """What explains a table or picture, in smaller letters."""
        self.parts.append({"is": "note", "text": self.text(key, **values)})

    def code(self, text: str) -> None:
        """Lines of a file as they are."""
        self.parts.append({"is": "code", "lines": text.rstrip().split("\n")})

    def page(self) -> None:
        """What follows begins a page."""
        self.parts.append({"is": "page"})

    def table(self, caption: str, part: Mapping[str, Any], **values: object) -> None:
        """A table made by `table_part`, under a numbered caption."""
        words = self.caption("table", self.text(caption, **values))
        self.parts.append({"is": "table", "caption": words, **part})

    def picture(self, name: str, png: bytes, caption: str, **values: object) -> None:
        """A picture over a numbered caption."""
        words = self.caption("picture", self.text(caption, **values))
        self.images[name] = png
        self.parts.append({"is": "picture", "name": name, "caption": words})

    def caption(self, what: str, words: str) -> str:
        """The words with the number of the next table or picture."""
        self._counts[what] += 1
        number = self.text(f"number.{what}", n=self._counts[what])
        return f"{number}  {words}{self.text('quick.beside') if self.quick else ''}"


def table_part(
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    align: str = "",
    groups: Sequence[tuple[str, int]] = (),
    widths: Sequence[str | float] = (),
    rules: Sequence[int] = (),
    size: float = TABLE_PT,
    heads: float = 1.0,
) -> dict[str, Any]:
    """A table: the first column left and the rest right where `align` (l, r, c) does not say.

    `groups`: a row of heads above, with the columns that each spans; `widths`: `auto` or parts of
    what is left; `rules`: rows that begin a block; `heads`: how large the heads are beside the
    cells.
    """
    count = len(columns)
    letters = (align or "l") + (align[-1] if align else "r") * count
    return {
        "columns": list(columns), "rows": list(rows), "align": list(letters[:count]),
        "groups": [list(group) for group in groups], "size": size, "rules": list(rules),
        "heads": heads,
        "widths": [str(w) if w == "auto" else w for w in (widths or ["auto", *[1] * (count - 1)])],
    }  # fmt: skip


def numeral(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def figure(value: float | None, digits: int = 1) -> str:
    """A number with separators of thousands; a dash where there is none."""
    if value is None:
        return NONE
    told = f"{value:,.{digits}f}"
    return told.removeprefix("-") if not told.strip("-0.,") else told.replace("-", "−")


def percent(share: float | None) -> str:
    """A share as whole per cent."""
    return NONE if share is None else f"{100 * share:.0f} %"


def chunks(rows: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """Rows in groups of at most `most`: as many as fit side by side."""
    return [rows[at : at + most] for at in range(0, len(rows), most)]


def blocks_of(values: Sequence[Any]) -> list[int]:
    """Where the value differs from the row above: the rows that begin a block."""
    return [at for at in range(1, len(values)) if values[at] != values[at - 1]]
