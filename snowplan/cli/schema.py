"""`snowplan schema`: what files may say, as JSON Schema or as the list of result columns."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from snowplan.cli.texts import words
from snowplan.cli.wording import Command, lang_of

TOPICS = ("scenario", "study", "plan", "tables", "results")
DRAFT = "https://json-schema.org/draft/2020-12/schema"


@click.command(cls=Command, help="schema")
@click.argument("what", type=click.Choice(TOPICS), required=False)
def schema(what: str | None) -> None:
    """Print a schema, or the topics; the words for users stand in the texts."""
    if what is None:
        click.echo(words("schema.topics", lang_of()))
        for topic in TOPICS:
            click.echo(f"  snowplan schema {topic}  {words(f'schema.{topic}', lang_of())}")
        return
    click.echo(json.dumps(schema_of(what), ensure_ascii=False, indent=2))


def schema_of(what: str) -> dict[str, Any]:
    """The JSON Schema of scenarios, studies or plans, or the columns of given or result tables."""
    if what == "results":
        from snowplan.results.tables import TABLES

        return {"tables": {name: asdict(table) for name, table in TABLES.items()}}
    if what == "tables":
        from snowplan.inputs.table_columns import INPUT_TABLES

        return {
            "tables": {
                f"{name}.csv": [asdict(column) for column in columns]
                for name, columns in INPUT_TABLES.items()
            }
        }
    if what == "study":
        from snowplan.inputs.study_schema import StudyFile

        return {"$schema": DRAFT, **StudyFile.model_json_schema()}
    if what == "plan":
        from snowplan.inputs.plan_schema import PlanFile

        return {"$schema": DRAFT, **PlanFile.model_json_schema()}
    from snowplan.inputs.scenario_schema import ScenarioFile

    return {"$schema": DRAFT, **ScenarioFile.model_json_schema()}
