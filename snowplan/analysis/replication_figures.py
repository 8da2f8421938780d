"""Figures of a comparison by replication: one row a run seed, its storms weighed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from snowplan.model.comparison import Comparison, Job
from snowplan.model.measures import IN_ZONE, key_of, measure_keys
from snowplan.results.replications import Replication
from snowplan.units import ms_hours

FloatArray = NDArray[np.float64]
Runs = Mapping[Job, Replication]

SHOWN_DECIMALS = 3  # of a replication's figures
MET, LIMIT = "met_", "limit_"
DECIMALS = 9  # equal figures stay equal, whatever weighing does to the last bits


@dataclass(frozen=True, slots=True)
class Sample:
    """The replications of one variant that ran under every storm, in order of their run seeds.

    `values` is replications × keys, NaN where a replication has no such figure; `late` are the
    sections left by the horizon, all storms together; `ended` where under some storm the figure is
    the horizon, since a section that was left decides it; `unknown` where under some storm nobody
    knows whether a limit was met; `digests` tell what was done, by storm.
    """

    variant: str
    keys: tuple[str, ...]
    seeds: tuple[int, ...]
    values: FloatArray
    late: NDArray[np.int64]
    ended: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
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
            self.unknown[rows],
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
    storms = [storm.id for storm in comparison.storms]
    of_variant = {job.run_seed for job in runs if job.variant == variant}
    seeds = tuple(
        seed
        for seed in sorted(of_variant)
        if all(Job(variant, storm, seed) in runs for storm in storms)
    )
    values, weight = np.zeros((len(seeds), len(names))), 0.0
    late = np.zeros(values.shape, dtype=np.int64)
    ended, unknown = np.zeros((2, *values.shape), dtype=np.bool_)
    for storm in comparison.storms:
        group = [runs[Job(variant, storm.id, seed)] for seed in seeds]
        found, left = _table(group, names), _late(group, names)
        values += storm.weight * found
        weight += storm.weight
        late += left
        ended |= (left > 0) & (found >= _horizons(comparison, group)[:, None])
        unknown |= _unknown(group, names)
    digests = tuple(
        tuple(runs[Job(variant, storm, seed)].events_sha256 for storm in storms) for seed in seeds
    )
    means = np.round(values / weight, DECIMALS)
    return Sample(variant, names, seeds, means, late, ended, unknown, digests)


def _table(group: Sequence[Replication], names: Sequence[str]) -> FloatArray:
    """Runs × keys; NaN where a run has no such figure."""
    rows = [[run.values.get(key) for key in names] for run in group]
    return np.array(rows, dtype=np.float64).reshape(len(group), len(names))


def _late(group: Sequence[Replication], names: Sequence[str]) -> NDArray[np.int64]:
    """Runs × keys: the sections left by the horizon."""
    rows = [[run.late.get(key, 0) for key in names] for run in group]
    return np.array(rows, dtype=np.int64).reshape(len(group), len(names))


def _unknown(group: Sequence[Replication], names: Sequence[str]) -> NDArray[np.bool_]:
    """Runs × keys: whether a limit was met that the run cannot know of."""
    rows = [[limit_unknown(run, key) for key in names] for run in group]
    return np.array(rows, dtype=np.bool_).reshape(len(group), len(names))


def limit_unknown(run: Replication, key: str) -> bool:
    """Whether `key` asks if a limit was met that lies beyond the horizon, with sections left."""
    name, _, subject = key.partition("/")
    if not name.startswith(MET) or key not in run.values or run.values[key] is not None:
        return False
    limit = key_of(name.replace(MET, LIMIT), subject.partition(IN_ZONE)[0])
    return run.values.get(limit) is not None


def _horizons(comparison: Comparison, group: Sequence[Replication]) -> FloatArray:
    """The horizon of each run, in hours after the snow stops, as times tell it."""
    after_ms = [
        comparison.scenario(run.job).study.horizon_ms - (run.snow_stops_ms or 0) for run in group
    ]
    return np.array([round(ms_hours(ms), SHOWN_DECIMALS) for ms in after_ms], dtype=np.float64)


def common_seeds(samples: Sequence[Sample]) -> tuple[int, ...]:
    """Run seeds that all samples have, in order."""
    shared = set(samples[0].seeds).intersection(*(one.seeds for one in samples[1:]))
    return tuple(sorted(shared))
