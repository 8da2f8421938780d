"""Engines on this machine: the same outcomes whatever the workers, each fault its task's own."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from pathlib import Path

import psutil
import pytest

from snowplan.errors import RunError, UseError
from snowplan.experiments.engines import engine_for, processors
from snowplan.experiments.engines.desk import Desk
from snowplan.experiments.engines.local import Local
from snowplan.experiments.engines.serial import Serial
from snowplan.experiments.engines.tasks import Engine, Outcome, Workshop
from tests.experiments import engine_tasks as tasks
from tests.experiments import random_kills

EngineOf = Callable[[Workshop], Engine]


def local(workers: int) -> EngineOf:
    """An engine of so many processes."""
    return lambda workshop: Local(workshop, workers)


ENGINES = pytest.mark.parametrize("engine_of", [Serial, local(1), local(2), local(4)])
PROCESSES = pytest.mark.parametrize("engine_of", [local(1), local(2), local(4)])


@pytest.fixture(autouse=True)
def _nobody_left() -> Iterator[None]:
    """However a test ends, no worker is left."""
    yield
    assert active_children() == []


@ENGINES
def test_each_task_is_done_once_in_a_place_of_the_workers_own(engine_of: EngineOf) -> None:
    """Given 10, task n finds 10 + n, and the place was built in the process that found it."""
    found = tasks.outcomes(engine_of(tasks.shop(tasks.add)), range(9))
    assert found == {n: Outcome(n, (10 + n, True)) for n in range(9)}


@ENGINES
def test_a_task_that_raises_costs_only_itself(engine_of: EngineOf) -> None:
    """Its outcome tells the type and the words; even SystemExit ends no worker."""
    found = tasks.outcomes(engine_of(tasks.shop(tasks.raising)), range(7))
    errors = {n: one.error for n, one in found.items() if one.error}
    assert errors == {
        1: "RunError: task 1 cannot be done", 3: "SystemExit: 3", 5: "MemoryError",
    }  # fmt: skip
    assert {n: one.found for n, one in found.items() if not one.error} == {0: 0, 2: 2, 4: 4, 6: 6}
    assert not any(one.fatal for one in found.values())


@PROCESSES
def test_a_task_that_kills_its_worker_is_named(engine_of: EngineOf) -> None:
    """It kills twice, the second time alone; all others finish."""
    found = tasks.outcomes(engine_of(tasks.shop(tasks.poisonous)), range(8))
    assert {n for n, one in found.items() if one.fatal} == {3, 5}
    assert "3 ended its worker twice" in found[3].error
    assert "exit code 7" in found[3].error
    assert {n: one.found for n, one in found.items() if not one.fatal} == {
        n: n for n in (0, 1, 2, 4, 6, 7)
    }


def test_only_poison_is_named_poison() -> None:
    """One after the other: a study of nothing else ends too."""
    found = tasks.outcomes(Local(tasks.shop(tasks.deadly), 3), range(7))
    assert all(one.fatal for one in found.values())


@PROCESSES
def test_what_cannot_be_sent_is_an_error_of_its_task(engine_of: EngineOf) -> None:
    """A result that pickle refuses, on either side, costs only itself."""
    found = tasks.outcomes(engine_of(tasks.shop(tasks.unpicklable)), range(5))
    assert "pickle" in found[2].error
    assert found[3].error.startswith("ValueError")
    assert [found[n].found for n in (0, 1, 4)] == [0, 1, 4]


@ENGINES
def test_more_may_be_submitted_meanwhile(engine_of: EngineOf) -> None:
    """Each outcome n > 0 asks for n - 1: from 5, the tasks 5, 4, 3, 2, 1 and 0 are done."""
    seen = []
    with engine_of(tasks.shop(tasks.add)) as engine:
        engine.submit(5)
        for outcome in engine.as_completed():
            seen.append(outcome.task)
            if outcome.task:
                engine.submit(outcome.task - 1)
        assert list(engine.as_completed()) == []
    assert seen == [5, 4, 3, 2, 1, 0]


@ENGINES
def test_cancelled_tasks_are_not_begun(engine_of: EngineOf) -> None:
    """After the first outcome only what was under way still ends: at most one a worker."""
    with engine_of(tasks.shop(tasks.who)) as engine:
        for n in range(50):
            engine.submit(n)
        ends = engine.as_completed()
        next(ends)
        engine.cancel()
        assert len(list(ends)) <= engine.workers


@ENGINES
def test_a_place_that_cannot_be_built_is_told(engine_of: EngineOf) -> None:
    """Once, with its reason; no endless rebuilding."""
    engine = engine_of(tasks.shop(tasks.add, build=tasks.unbuildable))
    with pytest.raises(RunError, match="could not begin: RunError: no city here"):
        tasks.outcomes(engine, range(3))


def test_workers_that_die_before_their_first_task_end_it() -> None:
    """Nobody is to blame then; the message says what to try."""
    engine = Local(tasks.shop(tasks.add, build=tasks.deadly), 2)
    with pytest.raises(RunError, match="fewer --workers"):
        tasks.outcomes(engine, range(3))


def test_many_small_tasks(tmp_path: Path) -> None:
    """200 over two workers, the first two tasks at the same time: each done once, by one of two."""
    work = [(str(tmp_path), n) for n in range(200)]
    found = tasks.outcomes(Local(tasks.shop(tasks.meeting), 2), work)
    assert len({one.found for one in found.values()}) == 2


def test_an_exception_of_ours_ends_workers_amid_their_tasks() -> None:
    """Leaving by an exception waits for no task of 60 s (and the fixture finds nobody left)."""

    def stumble() -> None:
        with Local(tasks.shop(tasks.rest), 2) as engine:
            for seconds in (0.0, 60.0, 60.0):
                engine.submit(seconds)
            raise KeyError(next(engine.as_completed()).task)

    with pytest.raises(KeyError):
        stumble()


@pytest.mark.slow
def test_workers_killed_at_random(tmp_path: Path) -> None:
    """Three workers, whatever they are at: starting, building, at a task, alone."""

    def spawned() -> list[int]:
        children = psutil.Process().children()
        return [one.pid for one in children if "spawn_main" in " ".join(one.cmdline())]

    random_kills.check(Local(tasks.shop(tasks.square_marked), 3), spawned, tmp_path)


def test_a_workshop_must_be_picklable() -> None:
    """Told before anything is started."""
    with pytest.raises((pickle.PicklingError, AttributeError)):
        Local(Workshop(1, lambda given: given, tasks.add), 2)


def test_suspects_go_alone() -> None:
    """A, B under way; A's bearer dies: nothing more until B is done, then A alone, then C."""
    desk = Desk()
    desk.waiting.extend("ABC")
    assert [desk.hand(1), desk.hand(2)] == ["A", "B"]
    assert desk.lost(1) == ("A", False)
    assert not desk.may_hand(2)
    assert desk.ended(2) == "B"
    assert desk.may_hand(2)
    assert desk.hand(3) == "A"
    assert not desk.may_hand(2)
    assert desk.lost(3) == ("A", True)
    assert desk.hand(4) == "C"
    assert desk.size == 1


def test_the_engine_is_chosen() -> None:
    """One worker is this process; TLS files without an address mean nothing."""
    workshop = tasks.shop(tasks.add)
    assert isinstance(engine_for(workshop, workers=1), Serial)
    assert isinstance(engine_for(workshop, workers=2), Local)
    with pytest.raises(UseError, match="--cluster"):
        engine_for(workshop, workers=2, security=())
    assert processors() >= 1
