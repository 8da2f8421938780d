"""How figures of a readiness report are told: margins, storms, scenarios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.model.readiness import ASPECTS, SIDES
from snowplan.model.roads import ROAD_CLASSES
from snowplan.reporting.readiness_texts import ready_text
from snowplan.reporting.readiness_words import titled
from snowplan.reporting.readiness_writer import NONE, figure

Report = Mapping[str, Any]


def margin(hours: float | None, lang: str, *, bound: bool = False, short: bool = False) -> str:
    """余 3.2 小时, 晚 1.7 小时; a bound is the most that it can be."""
    if hours is None:
        return NONE
    late = round(hours, 1) < 0
    key = ("late" if late else "spare") + ("_bound" if bound else "") + ("_short" if short else "")
    return ready_text(f"margin.{key}", lang, h=figure(abs(hours)))


def scenarios_of(report: Report) -> Sequence[Mapping[str, Any]]:
    """The scenarios of the report, in its order."""
    rows: Sequence[Mapping[str, Any]] = report["head"]["scenarios"]
    return rows


def scenario_names(report: Report, lang: str) -> dict[str, str]:
    """Titles by id; where two are called alike, with their ids."""
    titles = {row["id"]: titled(row, lang) or str(row["id"]) for row in scenarios_of(report)}
    counted = Counter(titles.values())
    return {
        key: title if counted[title] == 1 else ready_text("same_title", lang, title=title, id=key)
        for key, title in titles.items()
    }


def item_order(item: str) -> tuple[int, int]:
    """Opening, clearing, hauling, then beside the carriageway; classes in the plan's order."""
    aspect, _, what = item.partition("/")
    return ASPECTS.index(aspect), ([*ROAD_CLASSES, *SIDES]).index(what)


def storm_told(row: Mapping[str, Any], lang: str) -> str:
    """6.5 mm，14 小时，−5 °C."""
    return ready_text(
        "storm", lang, mm=figure(row["snow_mm"]), h=f"{row['snow_h']:g}",
        air=f"{row['air_c']:g}".replace("-", "−"),
    )  # fmt: skip


def in_order(values: Sequence[str]) -> list[str]:
    """Each value once, as first met."""
    return list(dict.fromkeys(values))


def findings_counted(report: Report) -> Counter[str]:
    """Findings by severity, each once for a place and a grade, under however many storms it is."""
    told = {
        (row["severity"], row["code"], row["where"], row["about"], grade)
        for row in report["findings"]
        for grade in row["grades"] or [""]
    }
    return Counter(severity for severity, *_ in sorted(told))


def of_scenario(rows: Sequence[Mapping[str, Any]], scenario: str) -> list[Mapping[str, Any]]:
    """Rows of one scenario."""
    return [row for row in rows if row["scenario"] == scenario]
