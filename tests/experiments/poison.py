"""Runs of a comparison of which some are poison; worker processes import them from here."""

from __future__ import annotations

import os

from snowplan.experiments.compare_runs import Ran, run_job
from snowplan.experiments.replicating import City
from snowplan.model.comparison import Job

DEADLY = Job("east_gate", "wet", 2)


def poisoned(city: City, job: Job) -> Ran:
    """One run ends its process; the others are as ever."""
    if job == DEADLY:
        os._exit(7)
    return run_job(city, job)
