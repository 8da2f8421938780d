"""Wrong use of the command line, told in the language asked for; click itself knows English."""

from __future__ import annotations

import re

import click

from snowplan.cli.texts import words

# What click says of a value: its words, the key of ours.
VALUES: tuple[tuple[str, str], ...] = (
    (r"(?P<found>.+) is not in the range (?P<range>.+)\.", "use.range"),
    (r"'(?P<found>.*)' is not one of (?P<names>.+)\.", "use.choice"),
    (r"'(?P<found>.*)' is not a valid float.*\.", "use.number"),
    (r"'(?P<found>.*)' is not a valid integer.*\.", "use.whole"),
    (r"\w+ '(?P<found>.*)' is a file\.", "use.is_file"),
    (r"\w+ '(?P<found>.*)' is a directory\.", "use.is_folder"),
    (r"\w+ '(?P<found>.*)' does not exist\.", "use.absent"),
)
USAGES: tuple[tuple[str, str], ...] = (
    (r"Got unexpected extra arguments? \((?P<names>.+)\)", "use.extra"),
    (r"Option '(?P<name>.+)' requires (an|\d+) arguments?\.", "use.no_value"),
    (r"Option '(?P<name>.+)' does not take a value\.", "use.takes_none"),
)


def use_text(error: click.UsageError, lang: str) -> str:
    """What was wrong, and on a line of its own where the right use is told."""
    told = _told(error, lang)
    if error.ctx is None:
        return told
    return f"{told}\n{words('use.help', lang, path=error.ctx.command_path)}"


def _told(error: click.UsageError, lang: str) -> str:
    if isinstance(error, click.NoSuchOption):
        text = words("use.no_option", lang, name=error.option_name)
        names = ", ".join(sorted(error.possibilities or ()))
        return words("use.near", lang, text=text, names=names) if names else text
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return words("use.missing", lang, name=_name(error.param))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _matched(VALUES, error.message, lang, name=_name(error.param))
    return _matched(USAGES, error.message, lang)


def _matched(rules: tuple[tuple[str, str], ...], message: str, lang: str, **values: str) -> str:
    """Our words for one of click's messages; one without a rule stays as it is."""
    for pattern, key in rules:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            told = found.groupdict()
            if "names" in told:
                told["names"] = told["names"].replace("'", "")
            return words(key, lang, **(values | told))
    return ": ".join([*values.values(), message])


def _name(param: click.Parameter) -> str:
    """`--at`, or an argument's name in capitals."""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
