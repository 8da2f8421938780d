"""The command that gives the same figures again, as it stands on what is handed on."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
from click.core import ParameterSource

# They change who does the work, where it goes and how it is shown, but no figure.
NO_FIGURE = {
    "workers", "cluster", "tls_ca", "tls_cert", "tls_key", "resume", "max_hours",
    "out", "no_pictures", "as_json", "no_simulate", "lang", "debug",
}  # fmt: skip
ALWAYS = {"replications"}  # told even where it is as usual: what is usual may change


def compare_again(study: str, replications: int | None) -> str:
    """`snowplan compare` of a study; `replications` where their number is given."""
    parts = ["snowplan", "compare", _named(study)]
    if replications is not None:
        parts += ["--replications", str(replications)]
    return shlex.join(parts)


def again(context: click.Context) -> str:
    """The present command with what was given of that on which its figures depend."""
    parts = ["snowplan", *context.command_path.split()[1:]]
    for parameter in context.command.params:
        name = parameter.name or ""
        source = context.get_parameter_source(name)
        if name in NO_FIGURE or (source is not ParameterSource.COMMANDLINE and name not in ALWAYS):
            continue
        value = context.params[name]
        for one in value if isinstance(value, tuple) else (value,):
            parts += [_named(str(one))] if isinstance(parameter, click.Argument) else [
                parameter.opts[0], _named(str(one)),
            ]  # fmt: skip
    return shlex.join(parts)


def _named(text: str) -> str:
    """A file by its name: the folders of this machine are nobody else's."""
    return Path(text).name if Path(text).is_absolute() else text
