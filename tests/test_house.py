"""The rules of the house: sizes, places, and documents that say what is true."""

from __future__ import annotations

import ast
import contextlib
import importlib
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "snowplan"
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 60
# Libraries with one home. import-linter's contracts cannot name a part of an outside package,
# nor a package that nothing imports yet; here new packages are held to it without being listed.
HOMES = {"matplotlib": "reporting", "scipy.optimize": "planning", "simpy": "simulation"}


def kept_files() -> list[Path]:
    """Files that git keeps or would keep; a checkout without git has nothing to say here."""
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(asked, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    paths = (ROOT / name for name in listed.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def kept_texts() -> Iterator[tuple[str, str]]:
    """Name and content of every kept text file."""
    for path in kept_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8", errors="replace")


def places(pattern: str) -> list[str]:
    """File, line and match of a pattern in all kept texts."""
    return [
        f"{name}:{number}: {match.group()}"
        for name, text in kept_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        for match in re.finditer(pattern, line)
    ]


def modules() -> Iterator[tuple[str, str]]:
    """Name and source of every module of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def numbers(source: str) -> set[float]:
    """The figures that stand in a module's code (not in its words)."""
    return {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }


def lines_of_code(function: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    """Lines of a function without its docstring, comments and blank lines."""
    described = set[int]()
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        described.update(range(docstring.lineno, (docstring.end_lineno or docstring.lineno) + 1))
    numbers = set(range(function.lineno, (function.end_lineno or function.lineno) + 1)) - described
    stripped = (lines[number - 1].strip() for number in numbers)
    return sum(1 for line in stripped if line and not line.startswith("#"))


def code_blocks(text: str) -> Iterator[str]:
    """Lines of the fenced code blocks of a Markdown page."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        yield from block.splitlines()


def readme_commands() -> list[str]:
    """What the README tells users to type after `snowplan`."""
    typed = re.compile(r"(?:\.venv[/\\](?:bin|Scripts)[/\\])?snowplan\s+([^#]*)")
    matches = map(typed.match, code_blocks((ROOT / "README.md").read_text(encoding="utf-8")))
    return sorted({match[1].strip() for match in matches if match})


def command_line() -> click.Group:
    """The root command."""
    cli = importlib.import_module("snowplan.cli")
    groups = [value for value in vars(cli).values() if isinstance(value, click.Group)]
    if not groups:
        pytest.skip("snowplan.cli holds no command yet")
    return groups[0]


def parse(group: click.Group, words: list[str]) -> None:
    """Parse a command line down to its last command without running it."""
    command: click.Command | None = group
    context: click.Context | None = None
    name: str | None = "snowplan"
    rest = words
    while command is not None:
        context = command.make_context(name, rest, parent=context)
        if not isinstance(command, click.Group):
            return
        name, command, rest = command.resolve_command(
            context, [*context._protected_args, *context.args]
        )


def test_no_text_names_a_machine_s_folder() -> None:
    """What works only in one machine's folders is not kept."""
    assert places(r"(?<![\w.*~-])/(?:work|root|home|opt)/\w") == []


def test_no_text_names_a_package_registry() -> None:
    """Where packages come from is the user's choice; the hashes say which they are."""
    hosts = ["pypi", "pythonhosted", "npmjs", "debian"]
    assert places(r"\b(?:" + "|".join(hosts) + r")\.org\b|--(?:extra-)?index-" + "url") == []


def test_no_text_names_the_workplace() -> None:
    """The project speaks of itself, not of the place where it is made."""
    words = [r"\." + "library", "before" + "-stop", "DEVELOPERS" + r"\.md", r"shared/(?!data\b)\w+"]
    assert places("|".join(words)) == []


def test_files_are_small() -> None:
    """A file that is too long has found a second thing to be named."""
    sizes = {name: len(source.splitlines()) for name, source in modules()}
    assert {name: n for name, n in sizes.items() if n > MOST_LINES_OF_A_FILE} == {}


def test_functions_are_small() -> None:
    """A function that is too long does a second thing."""
    sizes = {
        f"{name}:{node.lineno} {node.name}": lines_of_code(node, source.splitlines())
        for name, source in modules()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: n for name, n in sizes.items() if n > MOST_LINES_OF_A_FUNCTION} == {}


def test_lines_of_code_are_counted_without_words() -> None:
    """Docstrings, comments and blank lines are free; decorators and signatures are not hidden."""
    source = 'def f(\n    a,\n):\n    """One.\n\n    Two.\n    """\n    # why\n\n    return a\n'
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert lines_of_code(function, source.splitlines()) == 4


def test_factors_between_units_stand_in_one_place() -> None:
    """Hours, seconds and speeds are converted by `snowplan/units.py`, and by nobody else."""
    factors = {3.6, 3_600, 86_400, 3_600_000, 86_400_000}
    found = {name: numbers(source) & factors for name, source in modules()}
    assert {name for name, held in found.items() if held} == {"snowplan/units.py"}


@pytest.mark.parametrize(("library", "home"), HOMES.items())
def test_a_library_stays_in_its_home(library: str, home: str) -> None:
    """The engine, the pictures and the solvers are known in one package each."""
    package, _, part = library.rpartition(".")
    direct = rf"^\s*(?:import|from) {library}\b"
    partly = rf"^\s*from {package} import .*\b{part}\b" if package else direct
    imported = re.compile(f"{direct}|{partly}", flags=re.MULTILINE)
    users = [name for name, source in modules() if imported.search(source)]
    assert [name for name in users if not name.startswith(f"snowplan/{home}/")] == []


@pytest.mark.parametrize("typed", readme_commands())
def test_commands_of_the_readme_parse(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command that the README shows is one that the program understands."""
    monkeypatch.chdir(ROOT)
    try:
        with contextlib.suppress(click.exceptions.Exit):  # --help has nothing more to parse
            parse(command_line(), shlex.split(typed))
    except click.UsageError as error:
        pytest.fail(f"snowplan {typed}: {error.format_message()}")


def test_documents_name_files_that_exist() -> None:
    """Every link and every path of the house in a Markdown page leads somewhere."""
    top = "docs|maps|reports|scenarios|seeds|snowplan|tests"
    linked = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    named = re.compile(rf"`((?:{top})/[\w./-]*)`|snowplan \w+ ((?:{top})/[\w./-]+)")
    lost = []
    for page in (path for path in kept_files() if path.suffix == ".md"):
        text = page.read_text(encoding="utf-8")
        wanted = [page.parent / target for target in linked.findall(text)]
        wanted += [ROOT / (quoted or typed) for quoted, typed in named.findall(text)]
        lost += [f"{page.relative_to(ROOT)}: {path}" for path in wanted if not path.exists()]
    assert lost == []


def test_the_index_of_the_documents_is_whole() -> None:
    """Every page of docs/ stands in its index."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert {page for page in pages if f"({page})" not in index} == set()
