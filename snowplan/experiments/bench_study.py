"""The whole bench: each case in a fresh process, one after the other; then what they show."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any, TypeVar

from snowplan.errors import SnowplanError
from snowplan.experiments.bench_targets import exponent, judged
from snowplan.experiments.benching import CaseSpec, Measured, agree, measure, timelines_share
from snowplan.experiments.group_cost import group_cost
from snowplan.model.scenario import Scenario

Given = TypeVar("Given")
Found = TypeVar("Found")
SIZES = (5_000, 20_000, 100_000)
FIRST = SIZES[0]
STARTS = 7
HELP = "from snowplan.cli import main; main(['--help'])"
CLICK = "import click"


@dataclass(slots=True)
class Bench:
    """What is to be measured, and what could not be. `storm` is the base of the grids."""

    storm: Scenario
    groups: Scenario | None = None
    oracle: Scenario | None = None
    jinan: Scenario | None = None
    skipped: list[dict[str, str]] = field(default_factory=list)
    tell: Callable[[str], None] = print

    def run(self, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
        """All figures of the bench; docs/users.md says what they mean."""
        measured = [self._case(spec) for spec in self.specs(sizes)]
        cases = [case for case in measured if case is not None]
        small = CaseSpec(f"grid-{sizes[0]}", self.storm, sizes[0])
        share = self._apart(timelines_share, small, "timelines")
        oracle = None if self.oracle is None else self._apart(agree, self.oracle, "oracle")
        groups = None if self.groups is None else self._apart(group_cost, self.groups, "groups")
        exponents = exponents_of(cases, sizes)
        self.tell("help")
        start = start_times()
        found: dict[str, float | None] = {
            **_numbers(cases[0].result if cases else {}),
            **exponents,
            "oracle_ratio": float(oracle["ratio"]) if oracle else None,
            "timelines_share": share,
            "group_cost": float(groups["ratio"]) if groups else None,
            "help_over_click": start["ratio"],
        }
        return {
            "cases": [case.result for case in cases],
            "exponents": exponents,
            "oracle": oracle,
            "timelines_share": share,
            "groups": groups,
            "help": start,
            "targets": judged(found),
            "skipped": self.skipped,
            "machine": machine(),
        }

    def specs(self, sizes: Sequence[int]) -> list[CaseSpec]:
        """The cases, the smallest first: the fleet fixed, then in proportion, then Jinan."""
        first, *others = sizes
        runs = {5_000: 3, 20_000: 2}
        specs = [CaseSpec(f"grid-{n}", self.storm, n, warm_runs=runs.get(n, 1)) for n in sizes]
        specs += [
            CaseSpec(f"grid-{n}-fleet", self.storm, n, n / first, warm_runs=0) for n in others
        ]
        if self.jinan is not None:
            specs.append(CaseSpec("jinan", self.jinan, warm_runs=1))
        return specs

    def _case(self, spec: CaseSpec) -> Measured | None:
        return self._apart(measure, spec, spec.name)

    def _apart(self, work: Callable[[Given], Found], given: Given, name: str) -> Found | None:
        """The work done in a fresh process; None, and the reason noted, when it fails."""
        self.tell(name)
        try:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                return pool.submit(work, given).result()
        except (SnowplanError, MemoryError, BrokenProcessPool) as error:
            reason = f"{type(error).__name__}: {error}"
            self.skipped.append({"name": name, "reason": reason})
            return None


def _numbers(result: Mapping[str, float | int | str]) -> dict[str, float | None]:
    return {key: float(value) for key, value in result.items() if not isinstance(value, str)}


def machine() -> dict[str, Any]:
    """What the bench ran on."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
    }


def exponents_of(cases: Sequence[Measured], sizes: Sequence[int]) -> dict[str, float | None]:
    """How cost grows with segments: of a pass with the fleet fixed, of a run with it in proportion.

    Runs with the fleet in proportion are compared over the hours that all of them reached;
    `fleet_in_proportion_hours` says how many.
    """
    by_name = {str(case.result["name"]): case for case in cases}
    fixed = [by_name[f"grid-{n}"] for n in sizes if f"grid-{n}" in by_name]
    grown = [by_name[f"grid-{n}-fleet"] for n in sizes if f"grid-{n}-fleet" in by_name]
    together = [*fixed[:1], *grown]
    hours = min((len(case.by_hour) for case in together), default=0)
    passes = [(_segments(case), float(case.result["us_per_pass"])) for case in fixed]
    totals = [(_segments(case), case.by_hour[hours - 1]) for case in together]
    return {
        "fixed_fleet_cost_a_pass": exponent(passes),
        "fleet_in_proportion_total": exponent(totals),
        "fleet_in_proportion_hours": float(hours) if grown else None,
    }


def _segments(case: Measured) -> float:
    return float(case.result["segments"])


def start_times(times: int = STARTS) -> dict[str, float]:
    """Seconds of `snowplan --help` and of `import click` in fresh processes, and their ratio."""
    helps, clicks = [], []
    for _ in range(times):  # by turns, so that a busy spell hits both
        helps.append(_process_s(HELP))
        clicks.append(_process_s(CLICK))
    help_s, click_s = statistics.median(helps), statistics.median(clicks)
    return {"help_s": help_s, "click_s": click_s, "ratio": help_s / click_s}


def _process_s(program: str) -> float:
    """CPU seconds of a Python process; by the clock on the wall where CPU time is not told."""
    start, wall = _children_s(), time.perf_counter()
    subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)  # noqa: S603 - our own program
    cpu = _children_s() - start
    return cpu if cpu > 0 else time.perf_counter() - wall


def _children_s() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
