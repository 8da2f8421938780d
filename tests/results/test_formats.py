"""The page docs/formats.md says what the code declares."""

from __future__ import annotations

from pathlib import Path

from snowplan.results.formats import formats_page
from snowplan.results.schema import DTYPES
from snowplan.results.tables import TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


def test_the_committed_page_is_the_declared_one() -> None:
    """docs/formats.md equals the page made from the declaration."""
    assert PAGE.read_text(encoding="utf-8") == formats_page()


def test_every_column_is_explained() -> None:
    """Each column has a known type, a meaning in both languages, and the unit its suffix names."""
    suffixes = {"_ms": "ms", "_g": "g", "_m": "m", "_m2": "m²", "_h": "h"}
    for table in TABLES.values():
        assert len(set(table.names)) == len(table.names)
        for column in table.columns:
            assert column.dtype in DTYPES
            assert column.zh
            assert column.en
            for suffix, unit in suffixes.items():
                if column.name.endswith(suffix):
                    assert column.unit == unit, column.name


CONTRACT = {
    "events.parquet": (
        "event_id kind decided_ms start_ms end_ms machine crew team section direction strip_from"
        " strip_to depot dump_point zone passes amount_g distance_m reason unfinished part"
        " due_ms"
    ),
    "states.parquet": "section t_ms state",
    "sections.parquet": (
        "section road road_class zone length_m area_m2 passes rounds first_service_ms"
        " first_opened_ms open_state opened_ms clear_state cleared_ms hauled_ms limit_open_h"
        " limit_clear_h limit_kind met_open met_clear exposure"
        " haul_state limit_haul_h met_haul cycle_m2 cycle_state cycle_cleared_ms met_cycle"
        " pavement_m2 pavement_state pavement_cleared_ms met_pavement limit_side_h"
    ),
    "side_states.parquet": "section part t_ms state",
    "timeline.csv": (
        "t_ms local_time zone road_class sections opened clean area_m2 opened_m2 clean_m2 hauled"
        " windrow_t cycle_m2 cycle_clean_m2 pavement_m2 pavement_clean_m2"
    ),
}


def test_names_are_the_contract() -> None:
    """Column names of the contract, typed here by hand, are all there and in order."""
    for file, names in CONTRACT.items():
        assert " ".join(TABLES[file].names) == names
