"""What is wrong in a study beyond its schema: names, measures, keys out of place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from snowplan.errors import Faults
from snowplan.inputs.overrides import Document
from snowplan.inputs.study_schema import NOT_CHANGED, WEATHER_KEYS, StudyFile
from snowplan.inputs.toml_files import Locate, key_name, note_schema_faults
from snowplan.model.measures import measure_keys
from snowplan.model.roads import RoadMap
from snowplan.model.scenario import Scenario

NOTHING = "-"  # stands for what is faulty, so that the rest is still read
STAND_IN: dict[str, Any] = {
    "name": NOTHING,
    "title": NOTHING,
    "base": NOTHING,
    "baseline": NOTHING,
    "question": {"decide": [NOTHING]},
}
LISTS = {"storm": 1, "variant": 2}  # and how many rows there must be
WEATHER_DRAWS = frozenset(
    {"snowfall_total", "storm_duration", "onset", "temperature", "forecast_error"}
)
NOT_OF_A_VARIANT = frozenset({*NOT_CHANGED, *WEATHER_KEYS, "map", "timezone"})


@dataclass(frozen=True, slots=True)
class Noting:
    """Where keys of the study stand, and the faults found."""

    locate: Locate
    faults: Faults

    def fault(
        self, keys: Sequence[str], found: object, expected: str, known: Collection[str] = ()
    ) -> None:
        """Note a fault at a key of the study."""
        file, where = self.locate(keys)
        self.faults.add(file, where, key_name(keys), found, expected, known)


def validated(values: Mapping[str, Any], noting: Noting) -> StudyFile:
    """The study's keys checked; faulty ones are noted and stood in for, and reading goes on."""
    try:
        return StudyFile.model_validate(values)
    except ValidationError as error:
        note_schema_faults(error, StudyFile, noting.locate, noting.faults)
        bad = {tuple(detail["loc"][:2]) for detail in error.errors()}
    keys = {str(loc[0]) for loc in bad}
    if "replications" in keys:
        keys.add("cap")  # not to be compared with what stands in
    sound = {key: value for key, value in values.items() if key not in keys}
    for kind, least in LISTS.items():
        if kind not in keys:
            continue
        rows = values.get(kind)
        rows = list(rows) if isinstance(rows, list) else []
        rows += [None] * (least - len(rows))
        sound[kind] = [
            row if row is not None and (kind, n) not in bad else _stand_in(row, n)
            for n, row in enumerate(rows)
        ]
    return StudyFile.model_validate({**STAND_IN, **sound})


def stood_in(table: StudyFile) -> bool:
    """Whether something stands in for what is faulty, so that not all of it could be checked."""
    parts = [table.base, *table.question.decide, *(row.title for row in table.storm)]
    return NOTHING in [*parts, *(row.title for row in table.variant)]


def _stand_in(row: Any, number: int) -> dict[str, str]:
    """A row in the place of a faulty one, by its id where it has one."""
    name = row.get("id") if isinstance(row, dict) else None
    known = isinstance(name, str) and name.replace("-", "_").isidentifier()
    return {"id": str(name) if known else f"{NOTHING}{number}", "title": NOTHING}


def check_names(table: StudyFile, noting: Noting) -> None:
    """Ids occur once, the baseline is a variant, the cap is no less than the first runs."""
    ids = [row.id for row in table.variant]
    for kind, names in (("storm", [row.id for row in table.storm]), ("variant", ids)):
        for number, name in enumerate(names):
            if name in names[:number]:
                noting.fault([kind, str(number), "id"], name, "an id of its own")
    known = [name for name in ids if not name.startswith(NOTHING)]
    if table.baseline not in (*ids, NOTHING) and len(known) == len(ids):
        noting.fault(["baseline"], table.baseline, f"a variant: {', '.join(ids)}", ids)
    if table.cap is not None and table.cap < table.replications:
        expected = f"at least replications, {table.replications}"
        noting.fault(["cap"], table.cap, expected)


def check_keys(table: StudyFile, noting: Noting) -> None:
    """Changes leave alone what is the study's own, and variants the weather and the map."""
    for key in sorted(set(table.changes) & set(NOT_CHANGED)):
        noting.fault(["changes", key], key, "no such key here: it is the study's own or the base's")
    for number, row in enumerate(table.variant):
        for key in sorted(set(row.changes) & NOT_OF_A_VARIANT):
            expected = "no such key here: all variants meet the same storms on the same map"
            noting.fault(["variant", str(number), "changes", key], key, expected)


def check_question(table: StudyFile, road_map: RoadMap, noting: Noting) -> None:
    """What decides can be measured on this map; precision is asked of what decides."""
    question = table.question
    known = measure_keys(road_map)
    seen: set[str] = set()
    for key in question.decide:
        if key not in (*known, NOTHING):
            expected = f"a measure on the map {road_map.name} (docs/comparing.md)"
            noting.fault(["question", "decide"], key, expected, known)
        elif key in seen:
            noting.fault(["question", "decide"], key, "each measure once")
        seen.add(key)
    for key in question.half_width:
        if key not in question.decide and question.decide != [NOTHING]:
            expected = f"a measure that decides: {', '.join(question.decide)}"
            noting.fault(["question", "half_width", key], key, expected, question.decide)


def check_storm_blocks(table: StudyFile, base: Document, noting: Noting) -> None:
    """Blocks that a storm applies change its weather alone."""
    blocks = base.values.get("overrides", {})
    for number, row in enumerate(table.storm):
        for name in row.apply:
            block = blocks.get(name) if isinstance(blocks, dict) else None
            if not isinstance(block, dict):
                continue  # told where it is applied
            others = set(block) - {*WEATHER_KEYS, "uncertainty"}
            drawn = block.get("uncertainty", {})
            others |= set(drawn) - WEATHER_DRAWS if isinstance(drawn, dict) else set()
            if others:
                found = f"{name} changes {', '.join(sorted(others))}"
                expected = f"a block of weather alone: {', '.join(WEATHER_KEYS)}"
                noting.fault(["storm", str(number), "apply"], found, expected)


def same_weather(one: Scenario, other: Scenario) -> bool:
    """True where two scenarios meet the same storm, drawn in the same way."""
    return _weather(one) == _weather(other)


def _weather(scenario: Scenario) -> tuple[Any, ...]:
    study, around = scenario.study, scenario.around
    drawn = [spread for spread in around.uncertainty if spread.quantity in WEATHER_DRAWS]
    return study.clock, study.horizon_ms, scenario.grade, around.snowfall, drawn
