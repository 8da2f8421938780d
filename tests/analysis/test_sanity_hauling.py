"""Mudanjiang's 48 h beside a run: each question worked by hand, and when it is asked at all."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from snowplan.analysis.outcome import Outcome, Record, Storm
from snowplan.analysis.sanity import sanity_table
from snowplan.analysis.sanity_hauling import HAULING_QUESTIONS, comparable
from snowplan.analysis.sanity_hauling_words import HAULING_WORDS
from snowplan.analysis.sanity_questions import Evidence
from snowplan.inputs.published_table import read_hauling, read_published
from snowplan.model.grades import Grade
from snowplan.model.physics import Costs
from snowplan.model.published import CALIBRATED, HELD_OUT, STATED
from snowplan.units import MS_PER_H
from tests.results.synthetic import CLOCK

LANGS = ("zh", "en")
STOPS_H = 10
LOAD_G = 3_640_000  # 10.4 m³ at 350 kg/m³


def _evidence(**hauling: Any) -> Evidence:
    """1,000 loads at the 20th hour and 7 before the snow stops at the 10th; 500 trucks.

    Each truck stands 6 h in line for gates, 2 for a loader, drives 1 h with snow and 1 h without,
    and works for 10 h.
    """
    ends = [9] * 7 + [20] * 1000
    events = pd.DataFrame({"kind": "unload", "end_ms": [h * MS_PER_H for h in ends]})
    events = events.assign(start_ms=events["end_ms"] - MS_PER_H, unfinished=False, amount_g=LOAD_G)
    trucks = pd.DataFrame({"kind": ["truck"] * 500}).assign(
        wait_gate_ms=6 * MS_PER_H, wait_loader_ms=2 * MS_PER_H, haul_ms=MS_PER_H,
        travel_ms=MS_PER_H, work_ms=10 * MS_PER_H, wait_work_ms=0,
    )  # fmt: skip
    nothing = pd.DataFrame()
    told = {
        "trucks": 500, "loaders": 53, "loads": 1007, "loaded_t": 4000.0, "share_on_hauled": 0.5,
        "hauled_m2": 2_000_000.0, "loads_per_truck_day": 1.9, "span_h": 25.5,
    } | hauling  # fmt: skip
    record = Record(events, nothing, nothing, nothing, nothing, nothing)
    found = Outcome(nothing, nothing, nothing, nothing, nothing, {"hauling": told}, trucks)
    costs = Costs({}, 0.0, 0.0, {})
    storm = Storm(
        CLOCK, 70 * MS_PER_H, Grade.MODERATE, STOPS_H * MS_PER_H, (), (), costs, hauled_kg_m3=350.0
    )
    return Evidence(record, found, storm, 25.0, 5.0, read_hauling())


@pytest.mark.parametrize(
    ("key", "ours"),
    [
        ("mudanjiang_truck_m3", 10.4),
        ("mudanjiang_loads", 1000),  # the 7 before the end of the snow aside
        ("mudanjiang_m3", 10_400),
        ("mudanjiang_loads_a_day", 1.0),  # 1,000 ÷ 500 ÷ 2 days
        ("mudanjiang_share", 0.5),
    ],
)
def test_each_question_by_hand(key: str, ours: float) -> None:
    """Ours from a thousand loads, worked out in the parameters."""
    answer = HAULING_QUESTIONS[key](_evidence())
    assert answer is not None
    assert answer.low == answer.high == pytest.approx(ours)


def test_where_the_trucks_time_goes() -> None:
    """Of 20 h 6 are lines at gates, 2 a line for a loader and 2 the way; 7 loads lie outside."""
    answer = HAULING_QUESTIONS["mudanjiang_loads_a_day"](_evidence())
    assert answer is not None
    parts = {name: answer.values[name] for name in ("gate", "line", "way", "idle")}
    assert parts == pytest.approx({"gate": 0.3, "line": 0.1, "way": 0.1, "idle": 0.0})
    assert answer.values["outside"] == 7


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rows_say_what_is_calibrated_and_what_is_held_out(lang: str) -> None:
    """The volume is calibrated; loads a truck and the share are held out; the rest is as told."""
    rows = {row.id: row for row in sanity_table(_evidence(), lang)}
    assert {key: row.role for key, row in rows.items()} == {
        "mudanjiang_truck_m3": CALIBRATED,
        "mudanjiang_loads": STATED,
        "mudanjiang_m3": STATED,
        "mudanjiang_loads_a_day": HELD_OUT,
        "mudanjiang_share": HELD_OUT,
    }
    verdicts = [row.verdict for row in rows.values()]
    assert verdicts == ["inside", "below", "below", "below", "inside"]
    assert "30%" in rows["mudanjiang_loads_a_day"].why
    assert not any("{" in row.title + row.how + row.why for row in rows.values())


def test_loads_a_day_say_over_which_hours_they_count() -> None:
    """The table counts 48 h after the snow; the 1.9 below the main table, all of its 25.5 h."""
    how = {row.id: row.how for row in sanity_table(_evidence(), "zh")}["mudanjiang_loads_a_day"]
    assert "雪停后 48 h 内 1,000 车 ÷ 500 辆 ÷ 2 天" in how
    assert "每天 1.9 车" in how
    assert "25.5 h" in how


def test_too_many_loads_claim_nothing_of_mudanjiang() -> None:
    """Against 500 published loads our 1,000 are above; its ways and lines are told as unknown."""
    whole = _evidence()
    few = replace(whole.published["mudanjiang_loads"], low=500.0, high=500.0)
    published = {**whole.published, "mudanjiang_loads": few}
    for lang, words in (("zh", "没有公开数字"), ("en", "nothing is published")):
        rows = {row.id: row for row in sanity_table(replace(whole, published=published), lang)}
        assert rows["mudanjiang_loads"].verdict == "above"
        assert words in rows["mudanjiang_loads"].why


def test_sources_follow_the_language() -> None:
    """In Chinese every source is the Chinese one of the table, in English the English one."""
    sources = {lang: [row.source for row in sanity_table(_evidence(), lang)] for lang in LANGS}
    assert all(source.startswith("牡丹江") for source in sources["zh"])
    assert all(source.startswith("Mudanjiang") for source in sources["en"])


def test_only_a_run_with_as_many_trucks_is_asked() -> None:
    """32 trucks, or no hauling at all, is another town; nothing unloaded gives no answer."""
    assert comparable(_evidence())
    assert not comparable(_evidence(trucks=32))
    whole = _evidence()
    assert not comparable(replace(whole, found=replace(whole.found, summary={"hauling": None})))
    assert not comparable(replace(whole, published=read_published()))
    idle = replace(whole, record=replace(whole.record, events=whole.record.events.iloc[:0]))
    assert {row.verdict for row in sanity_table(idle, "zh")} == {"unknown"}


def test_words_are_whole() -> None:
    """Both languages, the same figures, and a reason for either side of every figure."""
    for key, (zh, en) in HAULING_WORDS.items():
        zh_names, en_names = (
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (zh, en)
        )
        assert zh_names == en_names, key
    for key in HAULING_QUESTIONS:
        parts = {f"{key}.{part}" for part in ("title", "how", "below", "above")}
        assert parts <= set(HAULING_WORDS)
