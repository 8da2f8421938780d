"""`snowplan explain`: why one section opened and cleared when it did, from a run folder alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of
from snowplan.errors import Fault, InputError, nearest

if TYPE_CHECKING:
    import pandas as pd

    from snowplan.cli.explain_held import HeldBack
    from snowplan.results.reading import RunRecord

LATEST = "latest"  # instead of a folder: the newest run below the current folder's runs/
NEAREST = 3  # names that are offered instead of one that nothing has


@click.command(cls=Command, help="explain")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("section", required=False)
@click.option("--chart", type=click.Path(path_type=Path), cls=Option, help="explain.chart")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def explain(run: Path, section: str | None, chart: Path | None, as_json: bool) -> None:
    """Explain a section, or a whole run; the words for users stand in the texts."""
    from snowplan.cli.explain_held import HeldBack
    from snowplan.results.reading import named_run, newest_run, open_run

    if str(run) == LATEST:
        run = newest_run()
        click.echo(words("explain.looked", lang_of(), run=run), err=True)
    held = HeldBack(open_run(named_run(run)), lang_of(), chart)
    if section is None:
        held.tell_run(as_json)
    else:
        _tell_section(held, section, as_json)


def _tell_section(held: HeldBack, name: str, as_json: bool) -> None:
    """The story of one section and what held it back."""
    import dataclasses

    from snowplan.analysis.explaining import explain as story_of
    from snowplan.cli.explain_telling import Teller
    from snowplan.results.run_folder import json_bytes

    found = _found(held.record, held.sections, name)
    section = str(found.iloc[0]["section"])
    told = story_of(section, held.sections, held.states, held.events)
    teller = Teller(held.record, held.sections, held.lang)
    parts = held.of_section(section)
    if as_json:
        whole = {"run": str(held.record.path), **dataclasses.asdict(told), "held": parts.as_dict()}
        click.echo(json_bytes(whole).decode().rstrip())
    else:
        back = held.lines(parts, found["section"], teller.at)
        lines = [*teller.listing(found, name), *teller.lines(told), *([""] if back else []), *back]
        click.echo("\n".join(lines))
    held.draw_section(parts, told.story, teller.place(section))


def _found(record: RunRecord, sections: pd.DataFrame, name: str) -> pd.DataFrame:
    """The sections meant; raises InputError with the nearest known names when there are none."""
    from snowplan.analysis.explaining import named_sections

    found = named_sections(sections, name)
    if not len(found):
        found = named_sections(sections, _road_of(record, name))
    if not len(found):
        known = list(dict.fromkeys([*sections["road"].dropna(), *sections["section"]]))
        within = [road for road in known if name in road]
        near = "', '".join((within or nearest(name, known))[:NEAREST])
        file = str(record.path / "sections.parquet")
        fault = Fault(file, "", "section", f"'{name}'", "a section's id or a road's name", near)
        raise InputError([fault])
    return found


def _road_of(record: RunRecord, name_en: str) -> str:
    """The road of that English name on the run's map as it is now; empty where there is none."""
    import tomllib

    from snowplan.errors import Faults
    from snowplan.given import resolve
    from snowplan.inputs.map_files import read_map

    file = record.path / "scenario.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    folder = resolve(str(told.get("map", "")), Path.cwd())
    if folder is None or not folder.is_dir():
        return ""
    sections = read_map(folder, Faults()).sections
    wanted = name_en.casefold()
    return next((one.name for one in sections if wanted and one.name_en.casefold() == wanted), "")
