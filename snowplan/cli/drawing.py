"""How errors look on a terminal: one heading, one branch for each thing that is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from snowplan.cli.fault_words import expected_zh, file_zh, found_zh, place_zh
from snowplan.cli.said_words import said_zh
from snowplan.cli.texts import words
from snowplan.errors import Fault, InputError, InUseError, SnowplanError, UseError, WriteError

HEADINGS = ((UseError, "error.use"), (WriteError, "error.write"))
ROW = re.compile(r"row (\d+)")


def error_text(error: SnowplanError, lang: str) -> str:
    """The heading and its branches."""
    if isinstance(error, InputError):
        many = len(error.faults) != 1
        heading = words("error.input" if many else "error.input_one", lang, n=len(error.faults))
        lines = [fault_text(fault, lang) for fault in together(error.faults)]
        rest = [f"   {words('error.rest', lang)}"] if error.rest else []
        return "\n".join([f"✗ snowplan: {heading}", *branches(lines), *rest])
    key = next((key for kind, key in HEADINGS if isinstance(error, kind)), "error.run")
    heading = words(key, lang)
    lines = plain_text(error, lang).splitlines() or [type(error).__name__]
    return "\n".join([f"✗ snowplan: {heading}", *branches(lines)])


def plain_text(error: SnowplanError, lang: str) -> str:
    """An error that carries no faults; a sentence without a translation stays English."""
    if isinstance(error, InUseError):
        return words("store.in_use", lang, place=error.place, process=error.process)
    text = str(error)
    return text if lang == "en" else "\n".join(said_zh(line) for line in text.split("\n"))


def fault_text(fault: Fault, lang: str) -> str:
    """One fault in the language asked for: place, found, expected, the nearest known name."""
    if lang == "en":
        return str(fault)
    parts = [file_zh(fault.file), place_zh(fault.where)] if fault.where else [file_zh(fault.file)]
    place = " ".join(part for part in parts if part)
    if fault.field:
        place += f"，{place_zh(fault.field)}"
    text = words(
        "error.fault", lang, place=place, found=found_zh(fault.found),
        expected=file_zh(expected_zh(fault.expected)),
    )  # fmt: skip
    return text + (words("error.hint", lang, hint=fault.hint) if fault.hint else "")


def branches(lines: Sequence[str]) -> list[str]:
    """Lines drawn as branches of a tree."""
    marks = ["├─ "] * (len(lines) - 1) + ["└─ "]
    return [mark + line for mark, line in zip(marks, lines, strict=True)]


def together(faults: Sequence[Fault]) -> list[Fault]:
    """Faults that differ only in their row, one after the other, as one with all its rows."""
    groups: list[list[Fault]] = []
    for fault in faults:
        if groups and ROW.fullmatch(fault.where) and _alike(groups[-1][0], fault):
            groups[-1].append(fault)
        else:
            groups.append([fault])
    return [group[0] if len(group) == 1 else _as_one(group) for group in groups]


def _alike(a: Fault, b: Fault) -> bool:
    rest = [(f.file, f.field, f.found, f.expected, f.hint) for f in (a, b)]
    return bool(ROW.fullmatch(a.where)) and rest[0] == rest[1]


def _as_one(group: Sequence[Fault]) -> Fault:
    rows = [int(fault.where.removeprefix("row ")) for fault in group]
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][-1] + 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    shown = ", ".join(f"{s[0]}-{s[-1]}" if len(s) > 1 else str(s[0]) for s in spans)
    first = group[0]
    return Fault(first.file, f"rows {shown}", first.field, first.found, first.expected, first.hint)
