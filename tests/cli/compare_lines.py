"""Lines of `snowplan compare` on the toy study, for the tests of what it and `merge` do."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from snowplan.cli import main


def typed(command: str, *args: object) -> list[str]:
    """The line for two replications of the toy study in this process, 12 runs."""
    return [command, *map(str, args), "--replications", "2", "--no-pictures"]


def run(line: list[str]) -> Result:
    """A command in this process, its output as wide as a file is, whoever tests."""
    return CliRunner(env={"COLUMNS": None}).invoke(main, line)


def compare(out: Path, *args: object, study: object = "toy_depots") -> Result:
    """`snowplan compare`, one worker."""
    return run(typed("compare", study, "--workers", 1, "--out", out, *args))


def folder_of(result: Result) -> Path:
    """The folder: the last line of stdout."""
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.splitlines()[-1])


def found_in(path: Path) -> dict[str, bytes]:
    """What a comparison found, without times."""
    return {name: (path / name).read_bytes() for name in ("compare.json", "replications.csv")}
