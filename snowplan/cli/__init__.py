"""The command line: one module a command, loaded when it is called.

A command's module has the command under the module's own name; its words stand in `texts`.
Nothing heavy is imported here, so that `snowplan --help` answers at once.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import itertools
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from snowplan import __version__
from snowplan.cli.texts import words
from snowplan.cli.wording import Group, Option

COMMANDS = (
    "demo", "check", "init", "run", "phrases", "compare", "merge", "plan", "readiness", "explain",
    "bench", "schema", "facts",
)  # fmt: skip
INTERRUPTED = 130


class Root(Group):
    """The root command: finds commands lazily, and turns errors into messages and exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names of the commands, in the order people need them."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """The command of that name, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"snowplan.cli.{cmd_name}")
        command = getattr(module, cmd_name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; when the reader of our output has left, stop without a word."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _let_go_of_stdout()
            ctx.exit(0)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line; in standalone mode, end the process with its exit code."""
        _speak_any_script()
        typed = list(sys.argv[1:] if args is None else args)
        lang, debug = _asked(typed)
        extra.setdefault("obj", {"lang": lang, "debug": debug})
        if not standalone_mode:
            return super().main(typed, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(
                typed, prog_name or "snowplan", complete_var, standalone_mode=False, **extra
            )
            sys.stdout.flush()
        except BaseException as error:  # noqa: BLE001 - every way to end has its exit code
            code = _exit_code(error, lang, debug)
        sys.exit(code if isinstance(code, int) else 0)


def _speak_any_script() -> None:
    """A terminal that lacks a character shows a stand-in for it instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(errors="replace")


def _asked(typed: Sequence[str]) -> tuple[str, bool]:
    """Language and `--debug` wherever they stand on the line: errors come before parsing, too."""
    english = "--lang=en" in typed or ("--lang", "en") in itertools.pairwise(typed)
    return "en" if english else "zh", "--debug" in typed


def _exit_code(error: BaseException, lang: str, debug: bool) -> int:
    """Tell what went wrong on stderr, and the exit code that says so."""
    from snowplan.errors import SnowplanError, UseError

    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    if isinstance(error, BrokenPipeError):
        _let_go_of_stdout()
        return 0
    if debug and not isinstance(error, click.exceptions.ClickException):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, (KeyboardInterrupt, click.exceptions.Abort)):
        click.echo(words("error.interrupted", lang), err=True)
        return INTERRUPTED
    if isinstance(error, click.UsageError):
        from snowplan.cli.use_words import use_text

        error = UseError(use_text(error, lang))
    if isinstance(error, click.exceptions.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, SnowplanError):
        from snowplan.cli.drawing import error_text

        click.echo(error_text(error, lang), err=True)
        return error.exit_code
    found = f"{type(error).__name__}: {error}"
    click.echo(f"✗ snowplan: {words('error.unforeseen', lang)}\n└─ {found}", err=True)
    if not debug:
        click.echo(f"   {words('error.debug', lang)}", err=True)
    return 1


def _let_go_of_stdout() -> None:
    """After the reader of a pipe has left, nothing more is written, not even at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"snowplan {__version__}")
        ctx.exit()


@click.group(cls=Root, help="main")
@click.option(
    "--version",
    cls=Option,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="version",
)
def main() -> None:
    """Root of the commands; what it shows as help stands in the texts."""
