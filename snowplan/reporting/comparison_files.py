"""All files that show a comparison: tables, sheet, pictures, and the page to hand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from snowplan.reporting.comparison_frames import comparison_frame, limits_frame
from snowplan.reporting.comparison_verdicts import Report
from snowplan.results.run_folder import csv_bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """Files by name, and the characters that the font could not show in them."""

    files: Mapping[str, bytes]
    missing: str


def comparison_files(
    report: Report, roads: pd.DataFrame, lang: str, *, pictures: bool = True
) -> Drawn:
    """CSV, XLSX and the page always; forest plot, curves and maps with `pictures`.

    `roads` has section and line ((lon, lat), …). Without `pictures` the page has none.
    """
    from snowplan.reporting.comparison_page import comparison_page
    from snowplan.reporting.comparison_sheet import comparison_sheet

    files = {
        "comparison.csv": csv_bytes(comparison_frame(report, lang)),
        "limits.csv": csv_bytes(limits_frame(report, lang)),
        "comparison.xlsx": comparison_sheet(report, lang),
    }
    missing = ""
    if pictures:
        from snowplan.reporting.comparison_drawing import comparison_pictures

        drawn = comparison_pictures(report, roads, lang)
        files |= drawn.files
        missing += drawn.missing
    page = comparison_page(report, roads, lang, pictures=pictures)
    files["page.pdf"] = page.pdf
    return Drawn(files, "".join(sorted(set(missing + page.missing))))
