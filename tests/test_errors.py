"""Errors: expected, found, where, and all faults at once."""

from __future__ import annotations

import pytest

from snowplan.errors import (
    Fault,
    Faults,
    InputError,
    LedgerError,
    RunError,
    SnowplanError,
    UseError,
)


def test_exit_codes() -> None:
    """The contract of the command line: 1 a run failed, 2 wrong use, 3 bad input."""
    assert [e.exit_code for e in (SnowplanError, RunError, LedgerError)] == [1, 1, 1]
    assert (UseError.exit_code, InputError.exit_code) == (2, 3)
    assert all(issubclass(e, SnowplanError) for e in (UseError, LedgerError, InputError))


def test_the_text_of_a_fault() -> None:
    """The form of the house style: file, place, field, found, expected, the nearest known name."""
    whole = Fault("m.csv", "row 18", "kind", "'plow'", "a machine type", "plough")
    assert str(whole) == (
        "m.csv row 18, kind: found 'plow'; expected a machine type; did you mean 'plough'?"
    )
    assert str(Fault("m.csv", "", "", "nothing", "a table")) == (
        "m.csv: found nothing; expected a table"
    )


def test_the_nearest_known_name() -> None:
    """By eye: plow is plough, 17 is a number and shown bare, and nothing is near to zzz."""
    faults = Faults()
    faults.add("m.csv", "row 1", "kind", "plow", "a machine type", ["spreader", "plough"])
    faults.add("m.csv", "row 2", "kind", 17, "a machine type", ["spreader", "plough"])
    faults.add("m.csv", "row 3", "kind", "zzz", "a machine type", ["spreader", "plough"])
    assert [(f.found, f.hint) for f in faults.items] == [
        ("'plow'", "plough"),
        ("17", ""),
        ("'zzz'", ""),
    ]


def test_all_faults_are_raised_at_once() -> None:
    """By definition: none noted, nothing raised; two noted, one error with both, a line each."""
    faults = Faults()
    faults.raise_if_any()
    faults.add("a.toml", "line 4", "", None, "a number")
    faults.add("b.csv", "row 2", "lon", float("nan"), "degrees")
    with pytest.raises(InputError, match=r"a\.toml line 4: found None; expected a number") as told:
        faults.raise_if_any()
    assert told.value.faults == tuple(faults.items)
    assert str(told.value).splitlines()[1] == "b.csv row 2, lon: found nan; expected degrees"
