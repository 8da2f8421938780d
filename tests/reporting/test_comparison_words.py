"""Words of a comparison are whole in both languages, and every measure has its own."""

from __future__ import annotations

import re

import pytest

from snowplan.model.measures import KINDS, WHOLE, key_of
from snowplan.reporting.comparison_page_texts import FIGURE_TEXTS, PAGE_TEXTS, VARIANT_TEXTS
from snowplan.reporting.comparison_placement import MODEL_WORDS
from snowplan.reporting.comparison_sheet_words import HEADS, SHEET_NAMES, VALUES
from snowplan.reporting.comparison_texts import COMPARISON_TEXTS
from snowplan.reporting.comparison_words import (
    DIRECTIONS,
    MEASURE_WORDS,
    UNIT_WORDS,
    VERDICT_WORDS,
    direction,
    family,
    measure_name,
)
from snowplan.reporting.lettering import missing_characters

CHINESE = re.compile("[\u4e00-\u9fff]")
TABLES = (
    MEASURE_WORDS, UNIT_WORDS, COMPARISON_TEXTS, FIGURE_TEXTS, PAGE_TEXTS, VARIANT_TEXTS,
    SHEET_NAMES, HEADS, VALUES, MODEL_WORDS,
    {key: (zh, en) for key, (_, zh, en) in VERDICT_WORDS.items()},
    {f"{key}.{way}": (zh[way], en[way]) for key, (zh, en) in DIRECTIONS.items() for way in (0, 1)},
)  # fmt: skip
SUBJECTS = {"all": "all", "class": "main", "zone": "zone:south", "class@zone": "main@south"}


@pytest.mark.parametrize("table", TABLES)
def test_words_are_whole(table: dict[str, tuple[str, str]]) -> None:
    """Both columns are filled with the same blanks, in our font; English holds no Chinese."""
    for key, (zh, en) in table.items():
        assert zh, key
        assert en, key
        assert not CHINESE.search(en), key
        blanks = [set(re.findall(r"{\w+}", text)) - {"{who}", "{where}"} for text in (zh, en)]
        assert blanks[0] == blanks[1], key
        assert missing_characters((zh, en)) == "", key


def test_signs_of_verdicts_are_in_the_font_and_differ() -> None:
    """A verdict is told by its sign alone where there is no room for words."""
    signs = [sign for sign, _, _ in VERDICT_WORDS.values()]
    assert missing_characters(signs) == ""
    assert len(set(signs)) == len(signs)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_measure_has_a_name_of_its_own_and_a_unit(lang: str) -> None:
    """All keys that the studies know, about everything that each may be about."""
    keys = [
        key_of(name, "" if subject == WHOLE else SUBJECTS[subject])
        for name, kind in KINDS.items()
        for subject in kind.subjects
    ]
    names = [measure_name(key, lang) for key in keys]
    assert len(set(names)) == len(keys)
    assert set(KINDS) <= set(MEASURE_WORDS)
    assert {kind.info.unit for kind in KINDS.values()} <= set(UNIT_WORDS)


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("open_last/main", "主干路全部通行", "main roads all open"),
        ("open_last/all", "各路全部通行", "all roads open"),
        ("clean_p95/zone:south", "南区各路 95 % 路段净路", "95 % of roads in South clean"),
        ("open_median/main@south", "南区主干路半数路段通行", "half of main roads in South open"),
        ("exposure", "积雪影响", "exposure"),
        ("exposure/zone:south", "南区各路积雪影响", "exposure of roads in South"),
        ("response_mean_min", "撒布响应（平均）", "spreader response (mean)"),
        ("response_mean_min/zone:my zone", "my zone撒布响应（平均）",
         "spreader response in my zone (mean)"),
        ("unheard_of", "unheard_of", "unheard_of"),
    ],
)  # fmt: skip
def test_names_of_measures(key: str, zh: str, en: str) -> None:
    """As written out beside; what has no words names itself."""
    assert (measure_name(key, "zh"), measure_name(key, "en")) == (zh, en)


def test_a_time_is_sooner_and_an_amount_is_less() -> None:
    """The words for below and above zero follow the kind of measure."""
    assert [direction("open_last/main", "zh", more=way) for way in (False, True)] == ["早", "晚"]
    assert [direction("cost_cny", "en", more=way) for way in (False, True)] == ["less", "more"]
    assert {family(name) for name in KINDS} <= set(DIRECTIONS)
