"""Snow along a kerb: kilograms a metre and millimetres of road make grams."""

from __future__ import annotations

from snowplan.model.hauling import along_g
from snowplan.model.now import Lying, kerb_g


def test_kilograms_a_metre_along_millimetres_are_grams() -> None:
    """50 kg/m along 1.5 m are 75 kg."""
    assert along_g(50.0, 1_500) == 75_000


def test_a_told_windrow_stands_beyond_a_full_verge() -> None:
    """2 kg/m along 100 m are 200 kg, beside 30 kg on the verge; without a windrow nothing."""
    assert kerb_g(Lying(0.0, windrow_kg_m=2.0), 100_000, 30_000) == 230_000
    assert kerb_g(Lying(0.0), 100_000, 30_000) == 0
