"""Tables and picture of the phrases say what the report says, in both languages."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from snowplan.analysis.phrase_effects import ALL_ON, phrase_effects, plan_figures
from snowplan.analysis.phrases import BY_KEY, MEASURES, Figures, Place, Value
from snowplan.model.plan import PHRASES_ZH
from snowplan.reporting.lettering import missing_characters, picture_style
from snowplan.reporting.phrase_chart import phrases_figure, phrases_picture
from snowplan.reporting.phrase_figures import COLUMNS, digits_for, effects_frame
from snowplan.reporting.phrase_table import print_phrases
from snowplan.reporting.phrase_words import PHRASE_WORDS
from snowplan.reporting.pictures import texts_of
from snowplan.results.formats import formats_page

CHINESE = re.compile("[\u4e00-\u9fff]")


def figures_with(**values: float | Value) -> Figures:
    """A run in which everything is 10 but for these; hauling is not known."""
    known = {key: Value(None if key.startswith(("hauled", "windrow")) else 10.0) for key in BY_KEY}
    known |= {k: v if isinstance(v, Value) else Value(v) for k, v in values.items()}
    digest = str(sorted(values.items()))
    return Figures(known, {"all_clean_last": Place("s-01", "路", "main")}, digest)


def made_up(seeds: tuple[int, ...] = (1,)) -> dict[str, Any]:
    """Eight phrases: one helps, one hurts, one ends at the horizon, the rest do nothing."""
    runs: dict[tuple[str, int], Figures] = {}
    for seed in seeds:
        runs |= {(phrase, seed): figures_with() for phrase in (ALL_ON, *PHRASES_ZH)}
        runs["clear_in_snow", seed] = figures_with(exposure=12.0 + seed, main_blocked=11.0)
        runs["main_first", seed] = figures_with(exposure=7.8, main_open_last=9.0, deadhead_km=7.0)
        runs["clear_at_night", seed] = figures_with(all_clean_last=Value(24.0, True, 3))
    return {
        "scenario": "heavy", "title": "大雪", "title_en": "Heavy snow", "schematic": True,
        "varied": [], "run_seeds": list(seeds), "indicative": len(seeds) < 5, "hours_after": "snow",
        "snow_stops_ms": 1, "horizon_ms": 2, "all_on": plan_figures(runs, seeds),
        "phrases": phrase_effects(runs, seeds, tuple(PHRASES_ZH)),
    }  # fmt: skip


def printed(report: dict[str, Any], lang: str) -> str:
    """What people see where stdout is no terminal."""
    file = io.StringIO()
    print_phrases(report, lang, file)
    return file.getvalue()


def test_words_are_whole() -> None:
    """Both columns are filled with the same blanks, every measure and unit has words, in our font.

    English holds no Chinese characters.
    """
    for key, (zh, en) in PHRASE_WORDS.items():
        assert bool(zh) == bool(en), key
        assert not CHINESE.search(en), key
        assert set(re.findall(r"{\w+}", zh)) == set(re.findall(r"{\w+}", en)), key
    for measure in BY_KEY.values():
        assert {measure.key, f"unit.{measure.unit}"} <= set(PHRASE_WORDS)
    assert missing_characters(text for pair in PHRASE_WORDS.values() for text in pair) == ""


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("zh", (
            "如预案所愿", "相反", "无差别", "没有记录", "+30.0 %", "≥+14.0", "3 段未达",
            "开与关逐件相同", "先主后次：积雪影响 -22.0 %（同时空驶 -30.0 %）", "只推演一次",
        )),
        ("en", (
            "as meant", "contrary", "no difference", "not recorded", "+30.0 %", "≥+14.0",
            "3 not by then", "the same in every event",
            "main roads first: exposure -22.0 % (with empty driving -30.0 %)", "A single run",
        )),
    ],
)  # fmt: skip
def test_tables_say_it_plainly(lang: str, texts: tuple[str, ...]) -> None:
    """Exposure 10 to 13 is +30 %; 10 h to the horizon at 24 h is at least 14 h; 10 to 7.8 -22 %."""
    shown = printed(made_up(), lang)
    for text in texts:
        assert text in shown
    assert not any(line != line.rstrip() for line in shown.splitlines())
    if lang == "en":
        assert not CHINESE.search(shown.replace("路", ""))  # a road's own name


def test_pairs_show_their_interval() -> None:
    """Exposure +3 and +4: mean 3.5, half 12.706 · 0.7071 ÷ √2 = 6.353; 10 on: 63.5 %."""
    shown = printed(made_up((1, 2)), "zh")
    assert "±63.5" in shown
    assert "[-3, +10]" in shown
    assert "看不出差别" in shown
    assert "含 0" in shown
    assert "2 次推演逐次配对（随机种子 1 至 2）" in shown
    assert "仅供参考" in shown
    assert "仅供参考" not in printed(made_up((1, 2, 3, 4, 5)), "zh")


@pytest.mark.parametrize(("lang", "column"), [("zh", 0), ("en", 1)])
def test_counts_decide_where_all_end_at_the_horizon(lang: str, column: int) -> None:
    """Twice 3 sections late with all on and 5 without: 4 more by counts, and no interval of it.

    Where the second pair alone tells a change, 10 to 14 h, nothing is concluded, and that is told.
    """
    late = {n: figures_with(all_clean_last=Value(24.0, True, n)) for n in (3, 5)}
    rows = {(name, s): late[3] for name in (ALL_ON, *PHRASES_ZH) for s in (1, 2)}
    rows |= {("clear_at_night", seed): late[5] for seed in (1, 2)}
    whole = made_up((1, 2))
    told = {"all_on": plan_figures(rows, [1, 2])}
    shown = printed(
        whole | told | {"phrases": phrase_effects(rows, [1, 2], tuple(PHRASES_ZH))}, lang
    )
    assert PHRASE_WORDS["by_counts"][column].format(more="+4") in shown
    assert PHRASE_WORDS["note.counts"][column] in shown
    rows["clear_at_night", 2] = late[3]  # 2 more and 0 more: 1 ± 12.7
    both = phrase_effects(rows, [1, 2], ("clear_at_night",))
    shown = printed(whole | told | {"phrases": both}, lang)
    assert PHRASE_WORDS["why.counts"][column].format(n=2, on=6, off=8) in shown
    rows[ALL_ON, 2] = figures_with(all_clean_last=10.0)
    rows["clear_at_night", 2] = figures_with(all_clean_last=14.0)
    part = phrase_effects(rows, [1, 2], ("clear_at_night",))
    shown = printed(whole | told | {"phrases": part}, lang)
    assert PHRASE_WORDS["why.ended"][column].format(n=1, on=3, off=5) in shown


def test_the_page_of_formats_names_every_column_of_the_csv() -> None:
    """Each column of `phrases.csv` stands in the table of docs/formats.md, and no other."""
    _, _, section = formats_page().partition("## `phrases.csv`")
    cells = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `")]
    named = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(effects_frame(made_up(), "en").columns)


def test_the_csv_has_every_phrase_and_measure() -> None:
    """8 phrases × all measures; figures as in the report; the meant ones are marked."""
    report = made_up()
    frame = effects_frame(report, "zh")
    assert len(frame) == 8 * len(BY_KEY)
    row = frame[(frame["phrase"] == "clear_in_snow") & (frame["measure"] == "exposure")].iloc[0]
    assert (row["phrase_name"], row["measure_name"]) == ("雪中清雪", "积雪影响")
    assert (row["on"], row["off"], row["change"], row["meant"]) == (10.0, 13.0, 3.0, True)
    assert set(COLUMNS) <= set(frame.columns)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_holds_every_known_measure(lang: str) -> None:
    """A panel for what the study knows, none for hauling here; nothing is missing in the font."""
    with picture_style():
        texts = texts_of(phrases_figure(made_up((1, 2)), lang))
    column = 1 if lang == "en" else 0
    for key in ("main_open_last", "exposure", "cost_cny"):
        assert any(text.startswith(PHRASE_WORDS[key][column]) for text in texts)
    assert not any(PHRASE_WORDS["windrow_stood"][column] in text for text in texts)
    picture = phrases_picture(made_up(), lang)
    assert picture.missing == ""
    assert picture.files["phrases.png"].startswith(b"\x89PNG")
    assert picture.files == phrases_picture(made_up(), lang).files


@pytest.mark.parametrize(
    ("unit", "sizes", "digits"),
    [
        ("machine_h", (2.16,), 0),  # 2
        ("machine_h", (0.55,), 1),  # 0.6
        ("machine_h", (0.085,), 2),  # 0.09
        ("machine_h", (0.00004,), 3),  # three at most
        ("mm_h", (0.0, None), 0),
        ("h", (13.6,), 1),  # an hour always has one
        ("h", (13.6, 0.02), 2),
    ],
)
def test_decimals_in_which_a_difference_shows(
    unit: str, sizes: tuple[float | None, ...], digits: int
) -> None:
    """The first digit of each size that is not 0 stands, as written out beside."""
    assert digits_for(unit, *sizes) == digits


@pytest.mark.parametrize(("lang", "column"), [("zh", 0), ("en", 1)])
def test_small_figures_and_hauled_snow_show_in_the_picture(lang: str, column: int) -> None:
    """0.085 h blocked again with all on is no 0; 0.4 less of 2.4 machine hours is told as such.

    21 t hauled with all on and 0 t without 边清边运 is -21.0 t; that bar is neither good nor bad.
    What both runs leave undone is ?, explained below.
    """
    still = Value(24.0, True, 3)
    on = figures_with(reblocked=0.085, hours=2.4, hauled_t=21.0, all_clean_last=still)
    off = figures_with(reblocked=0.085, hours=2.0, hauled_t=0.0, all_clean_last=still)
    runs = {(phrase, 1): on for phrase in (ALL_ON, *PHRASES_ZH)} | {("haul_while_clearing", 1): off}
    whole = made_up() | {
        "all_on": plan_figures(runs, [1]),
        "phrases": phrase_effects(runs, [1], tuple(PHRASES_ZH)),
    }
    with picture_style():
        figure = phrases_figure(whole, lang)
        texts = [text.replace("\u2212", "-") for text in texts_of(figure)]
    name = PHRASE_WORDS["hauled_t"][column]
    panel = next(ax for ax in figure.axes if ax.get_title("left").startswith(name))
    assert any("0.085" in text for text in texts)
    assert "-0.400" in texts  # a hundredth of 0.4 is 0.004
    assert "-21.0" in texts
    bar = panel.patches[list(PHRASES_ZH).index("haul_while_clearing")]
    assert bar.get_hatch() == "...."
    assert sum(text.endswith("?") for text in texts) == len(PHRASES_ZH)
    for key in ("figure.neither", "figure.untold"):
        assert PHRASE_WORDS[key][column] in texts


def test_headline_measures_are_known() -> None:
    """What tables and panels name are measures of the study."""
    from snowplan.reporting.phrase_chart import PANELS
    from snowplan.reporting.phrase_table import HEADLINES

    assert set(PANELS) <= {measure.key for measure in MEASURES} | {"hauled_t"}
    assert set(HEADLINES) <= set(BY_KEY)
