"""Figures of a comparison by replication: one row a run seed, its storms weighed together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from snowplan.model.comparison import Comparison, Job
from snowplan.model.measures import measure_keys
from snowplan.results.replications import Replication
from snowplan.units import ms_hours

FloatArray = NDArray[np.float64]
Runs = Mapping[Job, Replication]

SHOWN_DECIMALS = 3  # of a replication's figures
DECIMALS = 9  # equal figures stay equal, whatever weighing does to the last bits


@dataclass(frozen=True, slots=True)
class Sample:
    """The replications of one variant that ran under every storm, in order of their run seeds.

    `values` is replications × keys, NaN where a replication has no such figure; `late` are the
    sections left by the horizon, all storms together; `ended` where under some storm the figure is
    the horizon, since a section that was left decides it; `digests` tell what was done, by storm.
    """

    variant: str
    keys: tuple[str, ...]
    seeds: tuple[int, ...]
    values: FloatArray
    late: NDArray[np.int64]
    ended: NDArray[np.bool_]
    digests: tuple[tuple[str, ...], ...]

    def column(self, key: str) -> FloatArray:
        """One measure, replication by replication."""
        column: FloatArray = self.values[:, self.keys.index(key)]
        return column

    def at(self, seeds: Sequence[int]) -> Sample:
        """The same sample for some of its run seeds."""
        place = {seed: i for i, seed in enumerate(self.seeds)}
        rows = [place[seed] for seed in seeds]
        digests = tuple(self.digests[i] for i in rows)
        return Sample(
            self.variant,
            self.keys,
            tuple(seeds),
            self.values[rows],
            self.late[rows],
            self.ended[rows],
            digests,
        )


def keys_of(comparison: Comparison, runs: Runs) -> tuple[str, ...]:
    """Every measure that some run has, in the order in which they are shown."""
    found = {key for run in runs.values() for key in run.values}
    road_map = next(iter(comparison.scenarios.values())).road_map
    order = [key for key in measure_keys(road_map) if key in found]
    return (*order, *sorted(found.difference(order)))


def sample(
    comparison: Comparison, runs: Runs, variant: str, keys: Sequence[str] | None = None
) -> Sample:
    """What a variant's replications found; one that lacks a storm is left out."""
    names = keys_of(comparison, runs) if keys is None else tuple(keys)
    storms = [(storm.id, storm.weight) for storm in comparison.storms]
    of_variant = {job.run_seed for job in runs if job.variant == variant}
    found = [
        (seed, [runs[Job(variant, storm, seed)] for storm, _ in storms])
        for seed in sorted(of_variant)
        if all(Job(variant, storm, seed) in runs for storm, _ in storms)
    ]
    weights = [weight for _, weight in storms]
    shape = (len(found), len(names))
    values = [_weighed(group, weights, key) for _, group in found for key in names]
    late = [sum(run.late.get(key, 0) for run in group) for _, group in found for key in names]
    ended = [
        any(_at_horizon(comparison, run, key) for run in group)
        for _, group in found
        for key in names
    ]
    return Sample(
        variant,
        names,
        tuple(seed for seed, _ in found),
        np.array(values, dtype=np.float64).reshape(shape),
        np.array(late, dtype=np.int64).reshape(shape),
        np.array(ended, dtype=np.bool_).reshape(shape),
        tuple(tuple(run.events_sha256 for run in group) for _, group in found),
    )


def _weighed(group: Sequence[Replication], weights: Sequence[float], key: str) -> float:
    """The mean over the storms; NaN where one of them has no such figure."""
    parts = []
    for run, weight in zip(group, weights, strict=True):
        value = run.values.get(key)
        if value is None:
            return math.nan
        parts.append(value * weight)
    return round(math.fsum(parts) / math.fsum(weights), DECIMALS)


def _at_horizon(comparison: Comparison, run: Replication, key: str) -> bool:
    """Whether a time is the horizon because a section had not come so far by then."""
    value = run.values.get(key)
    if not run.late.get(key, 0) or value is None:
        return False
    horizon_ms = comparison.scenario(run.job).study.horizon_ms
    return value >= round(ms_hours(horizon_ms - (run.snow_stops_ms or 0)), SHOWN_DECIMALS)


def common_seeds(samples: Sequence[Sample]) -> tuple[int, ...]:
    """Run seeds that all samples have, in order."""
    shared = set(samples[0].seeds).intersection(*(one.seeds for one in samples[1:]))
    return tuple(sorted(shared))
