"""Errors under one root: what was expected, what was found, and where."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


class SnowplanError(Exception):
    """Root of every error that snowplan raises on purpose; `exit_code` is what the shell sees."""

    exit_code = 1


class UseError(SnowplanError):
    """The program was called in a way that cannot be meant."""

    exit_code = 2


class RunError(SnowplanError):
    """A run failed, or would be too big for this machine."""

    exit_code = 1


class WriteError(RunError):
    """A file could not be put where it is wanted, or what is written to could not be read."""


class LedgerError(RunError):
    """An account does not balance: something was created or lost."""


class InUseError(RunError):
    """Another command has the place that this one would write to."""

    def __init__(self, place: str, process: str) -> None:
        self.place, self.process = place, process
        super().__init__(f"{place} is in use by another command (process {process})")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one place of an input file."""

    file: str
    where: str  # "row 18", "line 4", "key snow.total_mm", or "" for the file as a whole
    field: str
    found: str
    expected: str
    hint: str = ""  # the nearest known name, if there is one

    def __str__(self) -> str:
        place = " ".join(part for part in (self.file, self.where) if part)
        column = f", {self.field}" if self.field else ""
        hint = f"; did you mean '{self.hint}'?" if self.hint else ""
        return f"{place}{column}: found {self.found}; expected {self.expected}{hint}"


class InputError(SnowplanError):
    """Input files are wrong or missing; carries every fault found, not only the first.

    `rest` says that these faults hid other things from being checked.
    """

    exit_code = 3

    def __init__(self, faults: Sequence[Fault], *, rest: bool = False) -> None:
        self.faults = tuple(faults)
        self.rest = rest
        super().__init__("\n".join(str(fault) for fault in self.faults))


def nearest(text: str, known: Iterable[str], n: int = 3) -> list[str]:
    """At most `n` of the known names, those most like `text` first."""
    return difflib.get_close_matches(text, list(known), n=n, cutoff=0.5)


@dataclass(slots=True)
class Faults:
    """Collects faults while reading goes on, and raises once."""

    items: list[Fault] = field(default_factory=list)

    def add(
        self,
        file: str,
        where: str,
        field: str,
        found: object,
        expected: str,
        known: Iterable[str] = (),
    ) -> None:
        """Note a fault; `known` are the names that would have been right."""
        text = found if isinstance(found, str) else repr(found)
        near = difflib.get_close_matches(text, list(known), n=1)
        shown = f"'{text}'" if isinstance(found, str) else text
        self.items.append(Fault(file, where, field, shown, expected, near[0] if near else ""))

    def raise_if_any(self) -> None:
        """Raise one `InputError` that carries every fault noted so far."""
        if self.items:
            raise InputError(self.items)
