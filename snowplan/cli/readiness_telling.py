"""What a readiness report tells on stderr while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snowplan.cli.compare_telling import Teller, estimate_text

if TYPE_CHECKING:
    from snowplan.experiments.compare_estimate import Estimate


class ReadyTeller(Teller):
    """As for a comparison, in the words of a report whose number of runs is not known before."""

    too_long = "readiness.too_long"

    def told(self, found: Estimate) -> str:
        """The estimate in words."""
        return estimate_text(found, self.lang, "readiness.estimate")
