"""The comparison with published figures: each question worked by hand, each verdict explained."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from snowplan.analysis.outcome import Outcome, Record, Storm
from snowplan.analysis.sanity import sanity_table, verdict_of
from snowplan.analysis.sanity_questions import QUESTIONS, Answer, Evidence, speed_at_ceiling_kph
from snowplan.analysis.sanity_words import SANITY_WORDS
from snowplan.inputs.published_table import read_published
from snowplan.model.fleet import MachineType, Pace, Tool, Work
from snowplan.model.grades import Grade
from snowplan.model.physics import Costs
from snowplan.model.published import BESIDE, CALIBRATED, COMPARED, HELD_OUT, Published
from snowplan.units import MS_PER_H
from tests.results.synthetic import CLOCK

BRUSH = MachineType(
    "roller_brush", "滚刷车", Work.BRUSH, Pace(15, 15, 40, 1.0), Tool(3.0, ceiling_mm=50.8),
    ("main",), 0, 1, 12.0,
)  # fmt: skip
ROADS = pd.DataFrame(
    {
        "section": ["a", "b", "x"],
        "road_class": ["main", "branch", "expressway"],
        "area_m2": [60_000.0, 30_000.0, 900_000.0],
        "operator": ["centre", "centre", "province"],
        "strips": [4, 2, 3],
    }
)
UNITS = {
    "rounds_main": "rounds", "km_a_vehicle": "km", "m2_a_large": "m2", "m2_a_machine": "m2",
    "doses_in_stock": "doses", "hours_to_passable": "h", "hours_to_bare": "h",
}  # fmt: skip


def _events() -> pd.DataFrame:
    """A brush on the main road at 15 km/h for 1 h, on the branch at 7 for 1 h; 2 h empty."""
    rows: list[dict[str, Any]] = [
        {"kind": "sweep", "section": "a", "start_ms": MS_PER_H, "end_ms": 2 * MS_PER_H,
         "strip_from": 0, "strip_to": 1, "distance_m": 15_000.0},
        {"kind": "travel", "section": "b", "start_ms": 2 * MS_PER_H, "end_ms": 4 * MS_PER_H,
         "strip_from": None, "strip_to": None, "distance_m": 30_000.0},
        {"kind": "sweep", "section": "b", "start_ms": 4 * MS_PER_H, "end_ms": 5 * MS_PER_H,
         "strip_from": 0, "strip_to": 0, "distance_m": 7_000.0},
    ]  # fmt: skip
    frame = pd.DataFrame(rows).assign(machine="roller-brush-1", unfinished=False)
    return frame.astype({"strip_from": "Int64", "strip_to": "Int64"})


def _machines() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "machine": ["roller-brush-1", "small-1"],
            "kind": ["roller_brush", "small_machine"],
            "work_ms": [2 * MS_PER_H, 0],
            "travel_ms": [2 * MS_PER_H, 0],
            "worked_m": [22_000.0, 0.0],
            "deadhead_m": [30_000.0, 0.0],
            "area_m2": [45_000.0, 0.0],
        }
    )


def _evidence() -> Evidence:
    machines = _machines()
    depots = pd.DataFrame({"depot": ["d"], "stock_g": [4_500_000]})
    nothing = pd.DataFrame()
    record = Record(
        _events(), nothing, ROADS, machines[["machine", "kind"]], depots, nothing
    )  # fmt: skip
    sections = ROADS[["section", "road_class", "area_m2"]].assign(rounds=[0.5, 0.5, None])
    main = {"p95_ms": 10 * MS_PER_H, "not_by_horizon": 0}
    summary = {"deicer_t": 0.9, "classes": {"main": {"opened": main, "cleared": main}}}
    found = Outcome(sections, machines, depots, nothing, nothing, summary)
    storm = Storm(CLOCK, 36 * MS_PER_H, Grade.HEAVY, 6 * MS_PER_H, (), (BRUSH,), _costs())
    return Evidence(record, found, storm, 25.0, 5.0, read_published())


def _costs() -> Costs:
    return Costs({}, 0.0, 0.0, {})


def _published(key: str, low: float, high: float, role: str = HELD_OUT) -> Published:
    return Published(key, key, low, high, UNITS.get(key, "m2/h"), role, "news", "N")


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("brush_light", 6_000, 7_500),  # 30,000 m² in 1 h at 15 km/h, ÷ 5 and ÷ 4
        # 45,000 m² ÷ 22 km wide; at 2 inches 15 ÷ (1 + 1 · 1) = 7.5 km/h
        ("brush_heavy", 45_000 / 22 * 7.5 / 5, 45_000 / 22 * 7.5 / 4),
        ("brush_under_way", 45_000 / 4 / 5, 45_000 / 4 / 4),
        ("rounds_main", 0.5, 0.5),
        ("km_a_vehicle", 52 / 4 * 19, 52 / 4 * 19),  # 52 km in the 4 h from first work to last
        ("m2_a_large", 90_000, 90_000),  # the small machine aside
        ("m2_a_machine", 45_000, 45_000),
        ("doses_in_stock", 2, 2),  # 4.5 t ÷ 90,000 m² = 50 g/m²
        ("hours_to_passable", 9, 9),  # from 01:00 to 10:00 of the run
        ("hours_to_bare", 9, 9),
    ],
)
def test_each_question_by_hand(key: str, low: float, high: float) -> None:
    """Ours from a run of three events, worked out in the parameters."""
    answer = QUESTIONS[key](_evidence())
    assert answer is not None
    assert (answer.low, answer.high) == (pytest.approx(low), pytest.approx(high))


def test_every_published_quantity_has_a_question() -> None:
    """Table and questions name the same quantities, in the same order."""
    assert tuple(QUESTIONS) == COMPARED


def test_speed_at_the_ceiling() -> None:
    """At 50.8 mm, two inches, 15 km/h falls to 15 ÷ (1 + 1.0 × (2 − 1)); without slope it stays."""
    assert speed_at_ceiling_kph(BRUSH) == pytest.approx(7.5)
    even = replace(BRUSH, pace=replace(BRUSH.pace, depth_k=0.0))
    assert speed_at_ceiling_kph(even) == pytest.approx(15)


def test_verdicts() -> None:
    """Ranges that meet agree; a tenth of the published figure is forgiven; beyond it is outside."""
    figure = _published("rounds_main", 4, 5)
    found = [verdict_of(Answer(x, x, {}), figure) for x in (3.5, 3.7, 4.5, 5.4, 5.6)]
    assert found == ["below", "inside", "inside", "inside", "above"]
    assert verdict_of(Answer(2, 6, {}), figure) == "inside"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("factor", [0.01, 1.0, 100.0])
def test_rows_say_how_and_why(lang: str, factor: float) -> None:
    """Every row has its arithmetic; what lies outside has a reason, what agrees has none."""
    evidence = _evidence()
    answers = {key: QUESTIONS[key](evidence) for key in COMPARED}
    figures = {
        key: _published(key, answer.low * factor, answer.high * factor, CALIBRATED)
        for key, answer in answers.items()
        if answer is not None
    }
    rows = sanity_table(replace(evidence, published={**evidence.published, **figures}), lang)
    verdict = {0.01: "above", 1.0: "inside", 100.0: "below"}[factor]
    assert [row.verdict for row in rows] == [verdict] * len(COMPARED)
    assert all(row.how and row.title and row.role == CALIBRATED for row in rows)
    assert all(bool(row.why) == (verdict != "inside") for row in rows)
    assert not any("{" in row.title + row.how + row.why for row in rows)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("outside", [0.001, 1_000.0])
def test_words_follow_the_table(lang: str, outside: float) -> None:
    """With every figure named beside changed, no word tells the old one."""
    evidence = _evidence()
    told = set[str]()
    for shift in (0.0, 0.25):
        figures = {
            key: replace(row, low=row.low + shift, high=row.high + shift)
            if key in BESIDE
            else replace(row, low=row.low * outside, high=row.high * outside)
            for key, row in evidence.published.items()
        }
        rows = sanity_table(replace(evidence, published=figures), lang)
        told = {f"{row.title} {row.why}" for row in rows}
        named = {key for key in BESIDE if any(f"{figures[key].low:g}" in text for text in told)}
        low = {"heping_rollers", "beijing_g_m2"}
        high = {"heping_h", "heping_roads", "heping_machines", "heping_small", "changchun_h"}
        assert named >= {"taiyuan_h", "beijing_dose"} | (low if outside > 1 else high), told


def test_a_run_without_work_has_nothing_to_compare() -> None:
    """No events, no machines, no sections: every row says so, none fails."""
    whole = _evidence()
    record = replace(
        whole.record,
        events=whole.record.events.iloc[:0],
        depots=whole.record.depots.iloc[:0],
        roads=ROADS.iloc[:0],
    )
    found = replace(whole.found, machines=_machines().iloc[:0], summary={"classes": {}})
    empty = replace(whole, record=record, found=found)
    rows = sanity_table(empty, "en")
    assert len(rows) == len(COMPARED)
    assert {row.verdict for row in rows} == {"unknown"}
    assert {row.ours_low for row in rows} == {None}


def test_words_are_whole() -> None:
    """Both languages are there, and a figure in one stands in the other unless it is left out."""
    for key, (zh, en) in SANITY_WORDS.items():
        assert zh, key
        assert en, key
    for key in COMPARED:
        assert {f"{key}.{part}" for part in ("title", "how", "below", "above")} <= set(SANITY_WORDS)
        how = SANITY_WORDS[f"{key}.how"]
        blanks = [{name for _, name, _, _ in string.Formatter().parse(text)} for text in how]
        assert blanks[0] == blanks[1], key
