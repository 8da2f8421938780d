"""The measures of one run for a comparison."""

from __future__ import annotations

from snowplan.model.measures import MeasureInfo, measure_info, measure_keys

__all__ = ["MeasureInfo", "measure_info", "measure_keys"]
