"""Commands that speak Chinese or English: help texts are keys of `texts`, chosen when shown."""

from __future__ import annotations

import copy

import click

from snowplan.cli.texts import TEXTS, words

LANGUAGES = ("zh", "en")


def lang_of(context: click.Context | None = None) -> str:
    """The language asked for, `zh` unless `--lang en` was given anywhere on the line."""
    context = context or click.get_current_context(silent=True)
    asked = context.find_root().obj if context else None
    return str(asked["lang"]) if isinstance(asked, dict) else "zh"


def chosen(text: str | None, lang: str) -> str:
    """The words of a help text that is a key; any other text as it is."""
    return words(text, lang) if text in TEXTS else text or ""


class Formatter(click.HelpFormatter):
    """Help with its headings in the language asked for."""

    lang = "zh"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, prefix or f"{words('Usage', self.lang)}: ")

    def write_heading(self, heading: str) -> None:
        """The heading of a list."""
        super().write_heading(words(heading, self.lang) if heading in TEXTS else heading)


class Context(click.Context):
    """A context whose help formatter knows the language."""

    def make_formatter(self) -> click.HelpFormatter:
        """A formatter in the language asked for."""
        formatter = Formatter(width=self.terminal_width, max_width=self.max_content_width)
        formatter.lang = lang_of(self)
        return formatter


class Option(click.Option):
    """An option whose help is a key of the texts."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The two columns of the option list."""
        twin = copy.copy(self)
        twin.help = chosen(self.help, lang_of(ctx))
        return click.Option.get_help_record(twin, ctx)


def _global_options() -> list[click.Parameter]:
    """`--lang` and `--debug`, which the root reads wherever they stand."""
    return [
        Option(["--lang"], type=click.Choice(LANGUAGES), help="lang", expose_value=False),
        Option(["--debug"], is_flag=True, help="debug", expose_value=False),
    ]


class _Worded(click.Command):
    """What commands and groups share."""

    context_class = Context

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own parameters and the global ones."""
        own = super().get_params(ctx)
        names = {param.name for param in own}
        return own + [param for param in self._shared if param.name not in names]

    @property
    def _shared(self) -> list[click.Parameter]:
        if not hasattr(self, "_shared_options"):
            self._shared_options = _global_options()
        return self._shared_options

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, with its help in the language asked for."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = words("help", lang_of(ctx))
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The text under the usage line."""
        text = chosen(self.help, lang_of(ctx))
        if text:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(text)
        self._format_arguments(ctx, formatter)

    def _format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What may be typed after the command's name, where the texts say it."""
        rows = []
        for param in self.params:
            key = f"{self.name}.{param.name}"
            if isinstance(param, click.Argument) and key in TEXTS:
                rows.append((param.make_metavar(ctx), words(key, lang_of(ctx))))
        if rows:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_dl(rows)


class Command(_Worded):
    """A command whose help texts are keys of the texts."""


class Group(_Worded, click.Group):
    """A group whose help texts are keys of the texts."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is typed first; a wrong name is told with the nearest known one."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], known, n=1)
            lang = lang_of(ctx)
            text = words("use.no_command", lang, name=args[0])
            names = ", ".join(near or known)
            ctx.fail(words("use.near" if near else "use.known", lang, text=text, names=names))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the texts alone."""
        lang = lang_of(ctx)
        with formatter.section("Commands"):
            formatter.write_dl([(name, words(name, lang)) for name in self.list_commands(ctx)])
