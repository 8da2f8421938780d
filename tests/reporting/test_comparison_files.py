"""Tables, pictures and page of a comparison hold the report's figures, whatever it is called."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib import colormaps
from matplotlib.collections import LineCollection, PathCollection
from python_calamine import CalamineWorkbook

from snowplan.reporting.comparison_curves import STYLES, curves_figure
from snowplan.reporting.comparison_files import comparison_files
from snowplan.reporting.comparison_forest import forest_figure
from snowplan.reporting.comparison_maps import (
    DARKEST,
    LIGHTEST,
    MOST_COLOURS,
    SHADES,
    maps_figure,
)
from snowplan.reporting.comparison_openings import heaviest_storm
from snowplan.reporting.comparison_page import comparison_page
from snowplan.reporting.comparison_page_words import page_words
from snowplan.reporting.comparison_sheet import comparison_sheet
from snowplan.reporting.lettering import picture_style
from snowplan.reporting.pictures import png_of, texts_of
from snowplan.results.formats import formats_page
from tests.reporting.comparison_report_fixture import DECIDE, KEYS, TITLES, made_up, placement
from tests.results.synthetic import grid_roads

ROADS = grid_roads(4)
# Streets may be called so; with a Chinese character the PDF's title is UTF-16.
NASTY = '=1+1路 #panic("x") $\\frac{1}{$ *b* _i_ @r <a> [c] \\ `d` // ~e'


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """Five placements on a small grid; not to be changed."""
    return made_up(ROADS)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has, by its own objects."""
    return len(re.findall(rb"/Type\s*/Page(?!s)", pdf))


def title_of_pdf(pdf: bytes) -> str:
    """The title in its information, which Typst writes in UTF-16 where it is not all ASCII."""
    found = re.search(rb"/Title\s*<(FEFF[0-9A-F]+)>", pdf)
    assert found is not None
    return bytes.fromhex(found[1].decode())[2:].decode("utf-16-be")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_files_are_made_and_the_csv_is_the_report(report: dict[str, Any], lang: str) -> None:
    """A row for each variant but the baseline and each measure, with the figures of the report.

    CSV begins with the mark by which Excel knows UTF-8. Nothing is missing in the font.
    """
    drawn = comparison_files(report, ROADS, lang)
    assert set(drawn.files) == {
        "comparison.csv", "limits.csv", "comparison.xlsx", "forest.png", "curves.png", "maps.png",
        "page.pdf",
    }  # fmt: skip
    assert drawn.missing == ""
    assert drawn.files["comparison.csv"].startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(io.BytesIO(drawn.files["comparison.csv"]), encoding="utf-8-sig")
    assert len(frame) == (len(TITLES) - 1) * len(KEYS)
    assert list(frame["measure"][: len(DECIDE)]) == DECIDE
    for row in frame.to_dict("records"):
        effect = report["differences"][row["variant"]][row["measure"]]
        assert row["difference"] == pytest.approx(effect["mean"])
        for key in ("low", "high", "p", "p_holm"):
            assert pd.isna(row[key]) if effect[key] is None else row[key] == effect[key]
        assert row["verdict"] == effect["verdict"]
        means = report["means"]
        assert row["mean"] == pytest.approx(means[row["variant"]][row["measure"]]["mean"])
        assert row["mean_baseline"] == means["today"][row["measure"]]["mean"]
    limits = pd.read_csv(io.BytesIO(drawn.files["limits.csv"]), encoding="utf-8-sig")
    assert len(limits) == len(report["limits"])
    assert list(limits["met"]) == [row["met"] for row in report["limits"]]
    assert pages_of(drawn.files["page.pdf"]) == 1


def test_without_pictures_there_are_tables_and_a_page(report: dict[str, Any]) -> None:
    """The page is made of words and figures alone."""
    drawn = comparison_files(report, ROADS, "zh", pictures=False)
    assert set(drawn.files) == {"comparison.csv", "limits.csv", "comparison.xlsx", "page.pdf"}
    assert pages_of(drawn.files["page.pdf"]) == 1
    assert len(drawn.files["page.pdf"]) < 100_000


def test_the_page_of_formats_names_every_column(report: dict[str, Any]) -> None:
    """Each column of `comparison.csv` and `limits.csv` stands in docs/formats.md, and no other."""
    drawn = comparison_files(report, ROADS, "en", pictures=False)
    for name in ("comparison.csv", "limits.csv"):
        _, _, section = formats_page().partition(f"## `{name}`")
        rows = [line.split(" | ")[0] for line in section.split("\n## ")[0].splitlines()
                if line.startswith("| `")]  # fmt: skip
        named = [column for cell in rows for column in re.findall(r"`(\w+)`", cell)]
        columns = pd.read_csv(io.BytesIO(drawn.files[name]), encoding="utf-8-sig").columns
        assert sorted(named) == sorted(columns)


def test_the_sheet_reads_back(report: dict[str, Any]) -> None:
    """Six sheets; differences as in the report, in its units; the same bytes a second time."""
    data = comparison_sheet(report, "zh")
    assert data == comparison_sheet(report, "zh")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["结论", "差别", "均值", "时限", "储备点", "推演设置"]
    head, *rows = book.get_sheet_by_name("差别").to_python()
    at = {name: place for place, name in enumerate(head)}
    assert len(rows) == (len(TITLES) - 1) * len(KEYS)
    for row in rows:
        effect = report["differences"][str(row[at["方案编号"]])][str(row[at["指标编号"]])]
        assert row[at["差别"]] == pytest.approx(effect["mean"])
        low = row[at["区间下端"]]
        assert low == "" if effect["low"] is None else low == pytest.approx(effect["low"])
    verdicts = [row[0] for row in book.get_sheet_by_name("结论").to_python()]
    assert any(str(line).startswith("南移方案：主干路全部通行早 14 分钟") for line in verdicts)
    assert len(book.get_sheet_by_name("储备点").to_python()) == 1 + 4 + 3 + 6 + 4 + 4
    settings = book.get_sheet_by_name("推演设置").to_python()
    assert ["", "为何停止", "", "到了上限"] in settings


def test_placement_has_a_sheet_and_stands_on_the_page(report: dict[str, Any]) -> None:
    """Two models and three proposals, a row each; the page says the gap, and stays one."""
    found = report | {"placement": placement()}
    book = CalamineWorkbook.from_filelike(io.BytesIO(comparison_sheet(found, "en")))
    head, *rows = book.get_sheet_by_name("Placement").to_python()
    assert len(rows) == 2 + 3
    assert [row[head.index("rank by simulation")] for row in rows] == ["", "", 3, 1, 2]
    words = page_words(found, "en", variants=3, notes=True)
    assert words["placement"]["lines"][0] == (
        "p-median: objective 4.25 min, proven bound 4.25, gap 0.00 %."
    )
    assert pages_of(comparison_page(found, ROADS, "en", pictures=False).pdf) == 1


def test_the_selected_variant_is_first_where_not_all_have_room(report: dict[str, Any]) -> None:
    """South is selected, six was left out after 8 runs and four after 20: of two, those two."""
    found = copy.deepcopy(report)
    found["selection"] = {
        "method": "KN", "measure": "open_last/main", "confidence": 0.97, "indifference": 0.25,
        "best": "south", "stages": [],
    }  # fmt: skip
    for row, after in zip(found["variants"][1:], (20, 8, None, 4), strict=True):
        row["out_after"] = after
    words = page_words(found, "zh", variants=2, notes=True)
    assert words["table"]["columns"][2:] == ["南移方案", "四点（撤中区）"]
    assert "2" in words["answer"]["lines"][-1]


def named(report: dict[str, Any], title: str) -> dict[str, Any]:
    """The report with that title everywhere that people may write one."""
    found = copy.deepcopy(report)
    found |= {"title": title, "title_en": title}
    for row in (*found["variants"], *found["storms"]):
        row |= {"title": title, "title_en": title}
    for row in found["variants"]:
        for depot in row["depots"]:
            depot["name"] = title
    return found


def test_names_are_never_read_as_markup_or_formulas(report: dict[str, Any]) -> None:
    """Marks of Typst, mathtext and Excel come out as they are; the page stays one."""
    found = named(report, NASTY)
    drawn = comparison_files(found, ROADS, "zh", pictures=False)
    assert drawn.missing == ""
    page = drawn.files["page.pdf"]
    assert pages_of(page) == 1
    assert title_of_pdf(page) == NASTY
    book = CalamineWorkbook.from_filelike(io.BytesIO(drawn.files["comparison.xlsx"]))
    assert book.get_sheet_by_name("结论").to_python()[0] == [NASTY]
    with zipfile.ZipFile(io.BytesIO(drawn.files["comparison.xlsx"])) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert len(sheets) == 6
    assert not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)
    with picture_style():
        assert png_of(forest_figure(found, "zh"))


def test_what_the_font_lacks_is_told_and_stands_as_a_box(report: dict[str, Any]) -> None:
    """An emoji and a rare character in a title are reported, with pictures and without."""
    found = named(report, "储备\U0001f6d2点𠮷")
    assert comparison_files(found, ROADS, "zh", pictures=False).missing == "\U0001f6d2𠮷"
    page = comparison_page(found, ROADS, "zh", pictures=False)
    assert title_of_pdf(page.pdf) == "储备□点□"


@pytest.mark.slow
def test_many_variants_with_long_names_still_make_one_page(report: dict[str, Any]) -> None:
    """Sixty variants with titles of 400 letters and 18 deciding measures; the rest is counted."""
    found = named(report, "很长的名字 very long " * 25)
    row, cells = found["variants"][1], found["differences"]["four"]
    for number in range(60):
        found["variants"].append(row | {"id": f"v{number}"})
        for key in ("differences", "means"):
            found[key][f"v{number}"] = found[key]["four"] if key == "means" else cells
    found["decide"] = KEYS
    page = comparison_page(found, ROADS, "en", pictures=True)
    assert pages_of(page.pdf) == 1


def test_the_same_comparison_is_the_same_bytes(report: dict[str, Any]) -> None:
    """Neither the day, the folder nor the order of the report's keys enters the page."""
    other = {key: report[key] for key in reversed(report)}
    other["means"] = dict(reversed(report["means"].items()))
    pages = [comparison_page(each, ROADS, "zh", pictures=False).pdf for each in (report, other)]
    assert pages[0] == pages[1]


def test_forest_marks_are_filled_only_where_told_apart(report: dict[str, Any]) -> None:
    """A panel a deciding measure; six and south are told apart in the first, four is not.

    The identical variant is a cross at 0. The asked half-width of 0.15 h is 9 minutes.
    """
    with picture_style():
        figure = forest_figure(report, "zh")
        texts = texts_of(figure)
    assert {"主干路全部通行", "各路全部净路", "撒布响应（平均）", "积雪影响"} <= set(texts)
    panel = figure.axes[0]
    marks = {
        round(float(line.get_ydata()[0])): line
        for line in panel.lines
        if line.get_marker() in ("D", "x")
    }
    fills = {place: line.get_markerfacecolor() for place, line in marks.items()}
    assert fills[0] == "white"
    assert fills[1] == fills[2] == "black"
    assert marks[3].get_marker() == "x"
    assert float(marks[2].get_xdata()[0]) == pytest.approx(-14.0)
    assert panel.get_xlabel().endswith("要求区间半宽 9 分钟")


def test_curves_differ_in_dashes_and_the_baseline_is_whole(report: dict[str, Any]) -> None:
    """A row a storm, a column a curve, a line a variant; no two lines have the same dashes."""
    with picture_style():
        figure = curves_figure(report, "zh")
    assert len([ax for ax in figure.axes if ax.get_visible()]) == 2 * 4
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata()) > 2]
    assert len(lines) == len(TITLES)
    assert len({str(style["ls"]) for style in STYLES}) == len(STYLES)
    assert lines[0].get_color() == "#000000"
    # 0 on the axis is when the snow stops: 10 h after the start, 20 steps of 30 min.
    assert float(lines[0].get_xdata()[20]) == 0.0


def test_maps_share_their_colours_and_mark_depots_by_stock(report: dict[str, Any]) -> None:
    """A map a variant under the storm of most weight; the centre's 60 t is 1.5 × the others' area.

    One section never blocked and one not open by the horizon stand apart from the coloured ones.
    """
    storm = heaviest_storm(report)
    assert storm is not None
    assert storm["id"] == "moderate"
    with picture_style():
        figure = maps_figure(report, ROADS, "zh")
    assert figure is not None
    maps = [ax for ax in figure.axes if ax.get_title("left")]
    assert len(maps) == len(TITLES)
    own = int((ROADS["operator"] == "centre").sum())
    for ax in maps:
        coloured = [c for c in ax.collections
                    if isinstance(c, LineCollection) and c.get_array() is not None]  # fmt: skip
        assert len(coloured) == 1
        assert len(coloured[0].get_array()) == own - 2
        assert coloured[0].norm is not None
    bounds = {tuple(ax.collections[-2].norm.boundaries) for ax in maps}
    assert len(bounds) == 1
    depots = [c for c in maps[0].collections if isinstance(c, PathCollection)]
    sizes = sorted(depots[0].get_sizes())
    assert sizes[-1] == pytest.approx(1.5 * sizes[0])


def test_half_of_the_sections_is_half_of_all_on_a_map_too(report: dict[str, Any]) -> None:
    """As in the measures: of four sections two never blocked are the first two, so half is them.

    With one never blocked the second of four by time is half; one left is the last.
    """
    found, four = copy.deepcopy(report), sorted(ROADS["section"])[:4]
    found["sections"] = four
    cases = {
        ("never", 30.0, "never", 120.0): "半数路段：从未阻断，全部：+2.0 h",
        (90.0, "never", "late", 30.0): "半数路段：+0.5 h，全部：到终点未达",
    }
    for minutes, counts in cases.items():
        found["openings"] = {"moderate": {"today": list(minutes)}}
        with picture_style():
            figure = maps_figure(found, ROADS, "zh")
        assert figure is not None
        assert figure.axes[0].get_title("left").splitlines()[1] == counts


def test_percentiles_are_a_band_of_the_baseline_and_lines_of_few(report: dict[str, Any]) -> None:
    """The baseline has a band; of two variants edges are drawn as well; of few runs neither."""
    two = report | {"variants": report["variants"][:2]}
    few = copy.deepcopy(two)
    every = [of for storm in few["curves"].values() for of in storm.values()]
    for curve in (curve for of in every for curve in of.values()):
        curve |= {"low": None, "high": None}
    cases = ((two, 6, 1, "细线"), (report, 5, 1, "基准的第"), (few, 2, 0, "不足 10"))
    for found, lines, bands, words in cases:
        with picture_style():
            figure = curves_figure(found, "zh")
        drawn = [line for line in figure.axes[0].lines if len(line.get_xdata()) > 2]
        assert len(drawn) == lines
        assert words in figure.get_suptitle()
        assert len(figure.axes[0].collections) == bands


def test_shades_get_darker_with_the_hour() -> None:
    """Seen in black and white each later band is darker: luminance by the sRGB weights."""
    shades = colormaps[SHADES](np.linspace(LIGHTEST, DARKEST, MOST_COLOURS + 1))[:, :3]
    light = shades @ np.array([0.2126, 0.7152, 0.0722])
    assert all(np.diff(light) < -0.03)


def test_no_openings_no_map(report: dict[str, Any]) -> None:
    """Where no section's opening is known, or there are no roads, there is no map."""
    with picture_style():
        assert maps_figure(report | {"openings": {}}, ROADS, "en") is None
        assert maps_figure(report, ROADS.iloc[:0], "en") is None
