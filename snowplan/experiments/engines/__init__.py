"""Many tasks: here, in processes of this machine, or on a cluster; the results are the same."""

from snowplan.experiments.engines.choosing import engine_for, processors

__all__ = ["engine_for", "processors"]
