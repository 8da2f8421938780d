"""What a comparison tells on stderr while it runs: what is found, what it will take, how far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import click

from snowplan.cli.comparing import NOT_RUN
from snowplan.cli.progress import Count
from snowplan.cli.said_words import said_zh
from snowplan.cli.texts import words
from snowplan.errors import RunError
from snowplan.experiments.compare_runs import Watch

if TYPE_CHECKING:
    from snowplan.experiments.compare_estimate import Estimate
    from snowplan.model.comparison import Job

MB, GB = 1_000_000, 1_000_000_000
MIN_PER_H, S_PER_MIN = 60, 60


class Teller(Watch):
    """Tells people in their language; refuses a study that is too big."""

    too_long = "compare.too_long"  # words for what is refused

    def __init__(self, lang: str, max_hours: float) -> None:
        self.lang, self.max_hours = lang, max_hours
        self._count: Count | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._count is not None:
            self._count.__exit__()
        if kind is KeyboardInterrupt:
            click.echo(words("compare.go_on", self.lang), err=True)

    def found(self, stored: int, asked: int) -> None:
        """So many of the runs asked for at first are in the store already."""
        if stored:
            click.echo(words("compare.found", self.lang, stored=stored, asked=asked), err=True)

    def estimated(self, found: Estimate) -> None:
        """Tell the estimate; a study above the limit of hours or memory is refused."""
        text = self.told(found)
        if found.hours_most > self.max_hours:
            raise RunError(words(self.too_long, self.lang, estimate=text, limit=self.max_hours))
        if not found.fits:
            raise RunError(
                words("compare.too_much", self.lang, estimate=text, workers=found.fitting)
            )
        click.echo(text, err=True)

    def told(self, found: Estimate) -> str:
        """The estimate in words."""
        return estimate_text(found, self.lang)

    def reach(self, done: int, asked: int) -> None:
        """Move the bar."""
        if self._count is None:
            self._count = Count(asked, self.lang).__enter__()
        self._count.reach(done, asked)

    def failed(self, job: Job, error: str) -> None:
        """Name the run; it is named again at the end."""
        click.echo(failed_text(job, error, self.lang), err=True)


def failed_text(job: Job, error: str, lang: str) -> str:
    """A run that failed, or that no share has, in words."""
    if error == NOT_RUN:
        error = words("compare.not_run", lang)
    elif lang == "zh":
        error = said_zh(error)
    return words(
        "compare.failed_run", lang, variant=job.variant, storm=job.storm, seed=job.run_seed,
        error=error,
    )  # fmt: skip


def estimate_text(found: Estimate, lang: str, key: str = "compare.estimate") -> str:
    """Runs × seconds ÷ workers, and the memory, in words."""
    room, most, free, efficiency = found.room, "", "", ""
    if room.workers > 1:
        efficiency = words(
            "compare.efficiency", lang, lanes=room.at_once, percent=100 * found.efficiency
        )
    if found.runs_most > found.runs:
        hours = duration(found.hours_most, lang)
        most = words("compare.at_most", lang, runs=found.runs_most, hours=hours)
    if room.free_bytes is not None:
        free = words("compare.free", lang, gb=room.free_bytes / GB)
    return words(
        key, lang, runs=found.runs, seconds=found.run_s, workers=room.workers,
        efficiency=efficiency, hours=duration(found.hours, lang), most=most,
        worker_mb=found.worker_bytes / MB, gb=found.bytes / GB, free=free,
    )  # fmt: skip


def duration(hours: float, lang: str) -> str:
    """A duration in the unit that suits it."""
    minutes = hours * MIN_PER_H
    if hours >= 1:
        return words("compare.hours", lang, n=hours)
    if minutes >= 1:
        return words("compare.minutes", lang, n=minutes)
    return words("compare.seconds", lang, n=minutes * S_PER_MIN)
