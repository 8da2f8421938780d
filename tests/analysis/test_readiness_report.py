"""The assembled readiness report of the toy town, recomputed from the stored lines of its runs."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from snowplan.analysis.readiness_given import Given
from snowplan.analysis.readiness_report import readiness_report
from snowplan.analysis.readiness_timeline import never_other
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.comparison import Comparison, Job
from snowplan.results.replications import Replication
from tests.analysis.ready_runs import given_of, loaded, runs_of, study_of

SECTIONS = (
    "head", "verdicts", "machines", "deicer", "people", "hauling", "timeline", "streets", "access",
    "envelope", "marginal", "held_back", "findings", "assumptions", "appendix",
)  # fmt: skip
NAME = "toy_town"
HORIZON_MS = 24 * 3_600_000
VARIED = ("failure", "loading_time", "muster_delay", "working_speed")


@dataclass(frozen=True)
class Town:
    """The toy town, run three times, and its report."""

    study: Comparison
    runs: dict[Job, Replication]
    given: Given
    report: dict[str, Any]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What is stored of the runs, as any program would read it."""
        return [json.loads(self.runs[job].payload()) for job in sorted(self.runs)]

    @property
    def stops_min(self) -> float:
        """When the snow of the toy town stops: no weather varies."""
        return float(self.lines[0]["snow_stops_ms"]) / 60_000

    @property
    def places(self) -> dict[str, int]:
        """By the id of a section that the centre clears, its place in a run's minutes."""
        own = (s for s in self.given.scenarios[NAME].road_map.sections if s.duty.cleared_by_centre)
        return {name: k for k, name in enumerate(sorted(s.id for s in own))}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Three runs, no two alike, and their report."""
    toy = loaded([NAME])[NAME]
    spreads = tuple(
        replace(spread, on=spread.quantity in VARIED) for spread in toy.around.uncertainty
    )
    scenarios = {NAME: replace(toy, around=replace(toy.around, uncertainty=spreads))}
    study, runs = study_of(scenarios), runs_of(scenarios, 3)
    given = given_of(scenarios, tmp_path_factory.mktemp("references"))
    return Town(study, runs, given, readiness_report(study, runs, given))


def middle_hour(minutes: list[int], stops_min: float) -> float | None:
    """The second of three minutes as hours after the snow; None where it is left."""
    known = sorted(float("inf") if m == -2 else 0 if m == -1 else m for m in minutes)
    return None if known[1] == float("inf") else (known[1] - stops_min) / 60


def test_sections_in_the_order_of_the_manual_and_plain(town: Town) -> None:
    """Every section is there, in order, and nothing but JSON without NaN."""
    assert tuple(town.report) == SECTIONS
    text = json.dumps(town.report, allow_nan=False, ensure_ascii=False)
    assert json.loads(text) == town.report


def test_same_report_whatever_the_order_of_the_runs(town: Town) -> None:
    """The report is a function of the runs alone."""
    turned = dict(reversed(list(town.runs.items())))
    again = readiness_report(town.study, turned, town.given)
    assert json.dumps(again) == json.dumps(town.report)


@pytest.mark.parametrize(("change", "snow_mm"), [("horizon_h=5", 2.0), ("snow.total_mm=0", 0.0)])
def test_a_storm_without_an_end_or_without_snow(
    change: str, snow_mm: float, tmp_path: Path
) -> None:
    """Limits count from the end of snow: where there is none no limit is judged, the rest is told.

    Of 4 mm in 6 hours from 18:00 half has fallen by 21:00, five hours after the start.
    """
    scenarios = {NAME: load_scenario(NAME, [change])}
    found = readiness_report(
        study_of(scenarios), runs_of(scenarios, 2), given_of(scenarios, tmp_path)
    )
    (row,) = found["head"]["scenarios"]
    assert (row["snow_stops"], row["snow_mm"]) == (None, snow_mm)
    assert found["verdicts"]["rows"] == []
    assert found["verdicts"]["marks"][NAME]["mark"] == "unknown"
    assert len(found["timeline"]["rows"]) == 6
    json.dumps(found, allow_nan=False)


def test_the_three_runs_differ(town: Town) -> None:
    """Else every rank would be the same."""
    assert len({line["events_sha256"] for line in town.lines}) == 3
    assert town.report["head"]["varied"] == list(VARIED)


def test_head_counts_what_was_run(town: Town) -> None:
    """Three runs of grades and none else; 4 mm in 6 hours at -5 °C; seven sections."""
    head = town.report["head"]
    assert {name: head["runs"][name] for name in ("grades", "envelope", "relief", "marginal")} == {
        "grades": 3, "envelope": 0, "relief": 0, "marginal": 0,
    }  # fmt: skip
    (row,) = head["scenarios"]
    assert (row["snow_mm"], row["snow_h"], row["air_c"]) == (4.0, 6.0, -5.0)
    assert (row["start"], row["snow_stops"]) == ("2026-01-15 16:00", "2026-01-16 00:00")
    assert (head["sections"], head["machines"], row["replications"]) == (7, 4, 3)


def test_the_envelope_is_of_limits_that_have_a_verdict(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit that is about nothing in the storm itself is judged nowhere."""
    rows = [{"scenario": NAME, "item": item} for item in ("open/main", "haul/lane")]
    monkeypatch.setattr("snowplan.analysis.readiness_report.envelope_rows", lambda *_: rows)
    found = readiness_report(town.study, town.runs, town.given)
    assert "haul/lane" not in {row["item"] for row in found["verdicts"]["rows"]}
    assert found["envelope"]["rows"] == rows[:1]


def test_verdicts_count_the_stored_limits(town: Town) -> None:
    """Met, left and margins of every item are counted from the stored lines."""
    rows = {row["item"]: row for row in town.report["verdicts"]["rows"]}
    limits = [line["kept"]["limits"] for line in town.lines]
    assert set(rows) == {
        item for item, one in limits[0].items() if any(r[item]["n"] for r in limits)
    }
    for item, row in rows.items():
        own = [one[item] for one in limits]
        met = sum(one["late"] == 0 and one["last_h"] <= one["limit_h"] for one in own)
        assert row["met"] == met
        assert row["late"] == pytest.approx(sum(one["late"] for one in own) / 3, abs=0.001)
        if row["mark"] != "unknown":
            hours = sorted(
                (one["late"] == 0, one["limit_h"] - one["last_h"]) for one in own
            )  # those with sections left come first
            assert row["margin_h"] == pytest.approx(hours[1][1], abs=0.001)
            assert row["margin_worst_h"] == pytest.approx(hours[0][1], abs=0.001)


def test_timeline_tells_the_last_minute_of_class_and_zone(town: Town) -> None:
    """The last section's hour of every class and zone, from the stored minutes of sections."""
    duty = {s.id: s.duty for s in town.given.scenarios[NAME].road_map.sections}
    for row in town.report["timeline"]["rows"]:
        mine = [
            place
            for name, place in town.places.items()
            if (duty[name].road_class.key, duty[name].zone) == (row["road_class"], row["zone"])
        ]
        for aspect, minutes in (
            ("open", [line["opened_min"] for line in town.lines]),
            ("clean", [line["kept"]["cleared_min"] for line in town.lines]),
        ):
            last = [
                -2 if -2 in (run[k] for k in mine) else max(run[k] for k in mine) for run in minutes
            ]
            wanted = middle_hour(last, town.stops_min)
            assert row[f"{aspect}_never"] == (sum(one == -1 for one in last) >= 2)
            found = row[f"{aspect}_last_h"]
            assert found == (wanted if wanted is None else pytest.approx(wanted, abs=0.02))


def test_never_blocked_in_half_of_the_runs_is_told_as_such() -> None:
    """Two sections: both untouched (-1) in one run of two, one of them blocked in the other."""
    runs = [[-1, -1], [-1, 90]]
    assert never_other(runs, [0, 1])
    assert not never_other([*runs, [30, 60]], [0, 1])
    assert never_other([*runs, [-2, 60]], [0])
    assert not never_other(runs[1:], [1])


def test_map_and_curves_are_middle_values(town: Town) -> None:
    """Openings are each section's second minute of three; curves each step's second share."""
    openings = town.report["timeline"]["map"][NAME]
    assert openings["ids"] == list(town.places)
    for name, hour in zip(openings["ids"], openings["opened_h"], strict=True):
        place = town.places[name]
        wanted = middle_hour([line["opened_min"][place] for line in town.lines], town.stops_min)
        assert hour == (wanted if wanted is None else pytest.approx(wanted, abs=0.01))
    curves = town.report["timeline"]["curves"][NAME]
    assert curves["stops_min"] == town.stops_min
    for name, row in curves.items():
        if "/" in name:
            shares = [line["curves"][name] for line in town.lines]
            assert row == [statistics.median(step) for step in zip(*shares, strict=True)]


def test_worst_streets_by_their_last_section(town: Town) -> None:
    """Roads in order of the middle hour of their last section; those left come first."""
    (found,) = town.report["streets"]
    names: dict[str, list[int]] = {}
    for section in town.given.scenarios[NAME].road_map.sections:
        names.setdefault(section.name, []).append(town.places[section.id])
    order = []
    for road, mine in names.items():
        last = []
        for minutes in (
            [line["opened_min"] for line in town.lines],
            [line["kept"]["cleared_min"] for line in town.lines],
        ):
            rows = [[run[k] for k in mine] for run in minutes]
            hour = middle_hour([-2 if -2 in row else max(row) for row in rows], town.stops_min)
            last.append(float("inf") if hour is None else hour)
        order.append((-last[0], -last[1], road))
    assert [row["road"] for row in found["rows"]] == [road for *_, road in sorted(order)]
    for row in found["rows"]:
        blocked = [any(line["opened_min"][k] != -1 for k in names[row["road"]])
                   for line in town.lines]  # fmt: skip
        assert row["opened_never"] == (blocked.count(False) >= 2)
    assert [row["rank"] for row in found["rows"]] == list(range(1, len(names) + 1))


def test_access_from_the_states_of_the_reference_run(town: Town) -> None:
    """The hospital road is cut off while it, or a part of the main street, is blocked.

    The main network is the two sections of the main street, 600 m each: most of it is both. The
    hospital road ends at it.
    """
    with duckdb.connect() as base:
        states = base.execute(
            "SELECT section, t_ms, state FROM read_parquet(?) ORDER BY t_ms",
            [str(town.given.references[NAME].path / "states.parquet")],
        ).fetchall()
    needed = ("hospital-road-01", "main-street-01", "main-street-02")
    now = dict.fromkeys(needed, "clean")
    cut_ms = since = last = 0
    cut = False
    for section, t_ms, state in [*states, ("", HORIZON_MS, "")]:
        cut_ms += (t_ms - since) * cut
        last = t_ms if cut and t_ms > since else last
        since = t_ms
        if section in now:
            now[section] = state
        cut = "blocked" in now.values()
    (kept,) = town.lines[0]["kept"]["access"].values()  # of the reference run's seed
    onset_ms = 2 * 3_600_000
    joined = None if last == HORIZON_MS else max(0, last - onset_ms) / 60_000
    assert kept["apart_min"] == pytest.approx(cut_ms / 60_000, abs=0.001)
    assert kept["joined_min"] == (joined if joined is None else pytest.approx(joined, abs=0.001))


def test_access_tells_the_middle_run(town: Town) -> None:
    """A place's minutes are the second of three runs', the last one for nine in ten."""
    (found,) = town.report["access"]
    (row,) = found["rows"]
    kept = [line["kept"]["access"]["hospital:hospital-road-01"] for line in town.lines]
    joined = sorted(
        float("inf") if one["joined_min"] is None else one["joined_min"] for one in kept
    )
    told = [None if minute == float("inf") else round(minute, 1) for minute in joined]
    assert (row["place_zh"], row["place_en"]) == ("医院路", "Hospital Road")
    assert (row["flag"], row["zone"]) == ("hospital", "east")
    assert [row["joined_min"], row["joined_p90_min"]] == told[1:]
    assert row["late"] == told.count(None)
    assert row["apart_min"] == round(sorted(one["apart_min"] for one in kept)[1], 1)
