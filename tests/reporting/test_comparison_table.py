"""The comparison on the terminal says what the report says, in words and in figures."""

from __future__ import annotations

import copy
import io
import random
import re
from typing import Any

import pytest
from rich.cells import cell_len

from snowplan.reporting.comparison_files import comparison_files
from snowplan.reporting.comparison_table import print_comparison
from tests.reporting.comparison_report_fixture import made_up, placement
from tests.results.synthetic import grid_roads

ROADS = grid_roads(3)
LEAST = {"variant": "six", "key": "exposure", "ratio": 0.5}


def printed(report: dict[str, Any], lang: str) -> str:
    """What people see where stdout is no terminal; folded lines are joined again."""
    file = io.StringIO()
    print_comparison(report, lang, file)
    return file.getvalue()


def joined(report: dict[str, Any], lang: str) -> str:
    """The same without line breaks inside sentences."""
    gap = " " if lang == "en" else ""
    return printed(report, lang).replace("\n  ", gap).replace(" " * 2, " ")


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("zh", (
            "南移方案：主干路全部通行早 14 分钟（95 %：9 至 19）",
            "六点：主干路全部通行早 4 分钟（95 %：1 至 7）",
            "撒布响应（平均）慢 3.4 分钟（95 %：2.6 至 4.2）",
            "照旧：每次推演都与“现有五点”逐件相同，各项差别恰为 0",
            "未作并比校正，只供参考",
        )),
        ("en", (
            "Shifted south: main roads all open 14 min sooner (95 %: 9 to 19)",
            "spreader response (mean) 3.4 min slower (95 %: 2.6 to 4.2)",
            "exposure 900 mm·h lower (95 %: 500 to 1,300)",
            'every run is the same as "Today\'s five" to the last event',
            "uncorrected, indicative only",
        )),
    ],
)  # fmt: skip
def test_verdicts_in_words(lang: str, texts: tuple[str, ...]) -> None:
    """-14/60 h ± 5/60 h is 14 minutes sooner, 9 to 19; what is the same is told without interval.

    Beside the deciding ones stand other measures, marked as uncorrected.
    """
    shown = joined(made_up(ROADS), lang)
    for text in texts:
        assert text in shown


def test_unclear_is_not_no_difference() -> None:
    """[-5, +19] min with 9 asked is unclear; [-1, +4] with 6 asked: no difference above 4.

    -0.02 to 0.06 h is -1.2 to 3.6 minutes: the bound is rounded up, to 4. Of -60 to 1,340 two
    digits of the half-width are told, 700.
    """
    shown = joined(made_up(ROADS), "zh")
    assert "无差别：各路全部净路（至多 4 分钟）" in shown
    assert "尚不分明：主干路全部通行（-5 至 +19 分钟）、积雪影响（-60 至 +1,340 mm·h）" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 100])
def test_no_line_is_wider_than_the_terminal(
    lang: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Chinese character is two columns; marks and signs count too."""
    monkeypatch.setenv("COLUMNS", str(width))
    lines = printed(made_up(ROADS), lang).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not any(line != line.rstrip() for line in lines)


def test_an_interval_off_zero_that_holm_keeps_back_is_told_as_such() -> None:
    """The interval -7 to -1 min holds no 0; with p_holm above 0.05 the verdict is unclear."""
    report = made_up(ROADS)
    report["differences"]["six"]["open_last/main"] |= {"verdict": "unclear", "p_holm": 0.07}
    told = "单看 95 % 区间不含 0，但多项并比校正后不足以下结论：主干路全部通行（-7 至 -1 分钟）"
    assert told in joined(report, "zh")


def test_what_ends_at_the_horizon_on_both_sides_is_not_told_as_equal() -> None:
    """40 of 40 pairs ended: the figure is ?, no interval, and a note says why; 2 of 40: †."""
    report = made_up(ROADS)
    report["differences"]["four"]["open_last/main"] |= {
        "mean": 0.0, "low": 0.0, "high": 0.0, "half_width": 0.0, "ended": 40, "verdict": "unclear",
    }  # fmt: skip
    shown = joined(report, "zh")
    assert "每次到模拟终点两边都有路段未达，分不出先后：主干路全部通行" in shown
    assert "[0, 0]" not in shown
    assert "[-1, +4]†" in shown
    assert "? 为每次都如此" in shown


def test_short_differences_are_told_in_minutes_whatever_the_others_are() -> None:
    """A difference of 2.5 h in one variant is told in hours, the 14 minutes of another are not."""
    report = made_up(ROADS)
    report["differences"]["four"]["open_last/main"] |= {
        "mean": 2.5, "low": 2.0, "high": 3.0, "half_width": 0.5, "verdict": "worse",
    }  # fmt: skip
    shown = joined(report, "en")
    assert "main roads all open 2.5 h later (95 %: 2.0 to 3.0)" in shown
    assert "main roads all open 14 min sooner (95 %: 9 to 19)" in shown
    assert "-14 min [-19, -9]" in shown


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"stopped": "cap"},
         "未达到所要求精度的：四点（撤中区）：主干路全部通行（±12，要求 ±9 分钟）"),
        ({"stopped": "cap", "not_reached": []}, "推演到上限为止。"),
        ({"stopped": "reached", "not_reached": []}, "所要求的精度都已达到"),
        ({"stopped": "fixed", "not_reached": []}, "推演次数由命令给定，没有按精度追加。"),
        ({"stopped": "no_figures", "not_reached": [["four", "stockouts_nowhere"]]},
         "推演再多也没有可比的记录：四点（撤中区）：stockouts_nowhere（推演中没有这项数值）"),
        ({"common_numbers": {"ratios": {}, "median": 0.8, "least": LEAST}},
         "没有缩小差别的方差（中位 0.8 倍；最小的一项为 0.5 倍：六点："),
        ({"common_numbers": {"ratios": {}, "median": 6.4, "least": LEAST}},
         "方差缩小到约 1/6.4（各项中位；最小的一项为 0.5 倍：六点："),
        ({"binding": {"separates": False, "shares": {"share_work": 20.4, "share_travel": 31.0,
                                                      "share_repair": 0.2}}},
         "没有一项决定性指标能把任何方案与“现有五点”分开；推演次数还少，不能说没有差别。"),
        ({"failed": [{"variant": "six", "storm": "moderate", "run_seed": 7, "error": "E: no"}]},
         "1 次推演失败，未计入有关的配对：六点·moderate·种子 7（E: no）"),
        ({"replications": 1}, "只有一次推演，没有区间"),
        ({"selection": {"method": "KN", "measure": "open_last/main", "confidence": 0.97,
                        "indifference": 0.25, "best": "six", "stages": []},
          "stopped": "selected"},
         "选优（KN）以 97 % 的把握选出“六点”，无差异范围为主干路全部通行相差 15 分钟。"),
    ],
)  # fmt: skip
def test_notes_say_what_the_report_says(change: dict[str, Any], text: str) -> None:
    """Why no more runs, what common numbers brought, what binds, what failed, what was selected."""
    assert text in joined(made_up(ROADS) | change, "zh")


def test_limits_are_folded_where_all_are_alike() -> None:
    """Main roads open in every run, secondary ones clean in none; only the rest is a table.

    Below 36 replications a mark says that the figures are indicative.
    """
    shown = printed(made_up(ROADS), "zh")
    shown_joined = shown.replace("\n  ", "")
    assert (
        "各方案每次都在时限内（机会的 95 % 区间下端 96 %）：中雪（-3 °C）：通行（主" in shown_joined
    )
    assert "各方案没有一次在时限内（机会的 95 % 区间上端 4 %）：中雪（-3 °C）：净路" in shown_joined
    assert "98 % [" in shown
    assert "仅供参考。" not in shown.split("在时限内完成的机会")[1]
    few = printed(made_up(ROADS, 20), "zh")
    assert "95 %* [" in few
    assert "推演不足 36 次" in few


def test_wide_intervals_are_told_in_two_digits_of_their_half() -> None:
    """-969 ± 14,312 is told as -1,000 [-15,000, +13,000]; ± 20 min keeps its decimal."""
    report = made_up(ROADS)
    for key, mean, half in (("exposure", -969.0, 14312.0), ("response_mean_min", -3.04, 20.0)):
        report["differences"]["four"][key] |= {
            "mean": mean, "low": mean - half, "high": mean + half, "half_width": half,
            "verdict": "unclear",
        }  # fmt: skip
    shown = printed(report, "zh")
    assert "-1,000 mm·h  [-15,000, +13,000]" in shown
    assert "-3.0 分钟" in shown


def test_left_out_variants_say_after_how_many_runs() -> None:
    """A variant that the selection left out after 12 runs."""
    report = made_up(ROADS)
    report["variants"][1]["out_after"] = 12
    assert "（第 12 次后在选优中淘汰）" in joined(report, "zh")


def test_the_order_of_the_reports_tables_does_not_matter() -> None:
    """Keys of means, differences and depots in another order print the same."""
    report = made_up(ROADS)
    other = copy.deepcopy(report)
    for key in ("means", "differences", "depots", "curves", "openings"):
        other[key] = dict(reversed(other[key].items()))
    assert printed(other, "zh") == printed(report, "zh")


def test_placement_tells_where_the_orders_disagree() -> None:
    """The model ranks six before south, the simulation south first, in whatever order they come.

    Gaps stand in per cent beside the bounds; what has no model is a dash.
    """
    shown = joined(made_up(ROADS) | {"placement": placement()}, "zh")
    assert "次序相反的（按均值）：模型以“六点”为先，推演以“南移方案”为先*。" in shown
    assert "* 配对差别的区间（未校正）不含 0" in shown
    assert "Kendall τ = 0.33" in shown
    assert "10.00 %（时限到）" in shown
    assert "“六点”共 6 个装料车位，现有 5 个。" in shown
    assert "own_model" in shown
    level = placement() | {"ranked": False, "kendall_tau": None, "disagree": [], "apart": []}
    assert "推演没有次序" in joined(made_up(ROADS) | {"placement": level}, "zh")
    none = placement() | {"disagree": [], "apart": [], "kendall_tau": None}
    assert "没有一对方案的次序相反。" in joined(made_up(ROADS) | {"placement": none}, "zh")


UNKNOWN = dict.fromkeys(
    ("mean", "low", "high", "half_width", "skewness", "p", "p_holm", "reached", "by")
) | {"verdict": "unknown", "n": 0, "ended": 0}  # fmt: skip
NO_CHANCE = dict.fromkeys(("p90_h", "p90_low", "p90_high")) | {
    "met": 0, "unknown": 20, "share": 0.0, "low": 0.0, "high": 1.0,
}  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_missing_is_a_dash(seed: int) -> None:
    """Figures missing at random, huge or tiny: no `None` nor `nan` is shown, the page stays one."""
    draw, report = random.Random(seed), made_up(ROADS)
    for cells in report["differences"].values():
        for effect in cells.values():
            size, half = 10.0 ** draw.randint(-9, 9), 10.0 ** draw.randint(-9, 7)
            odd = {"mean": size, "low": size - half, "high": size + half, "half_width": half,
                   "verdict": draw.choice(["better", "unclear", "no_difference"])}  # fmt: skip
            effect |= draw.choice([UNKNOWN, odd, {}, {}])
    for cells in report["means"].values():
        for mean in cells.values():
            mean |= draw.choice([{"mean": None, "low": None, "high": None}, {}, {}])
    for row in report["limits"]:
        row |= draw.choice([NO_CHANCE, {}, {}])
    report["snow_stops_ms"] = draw.choice([{}, report["snow_stops_ms"]])
    for lang in ("zh", "en"):
        shown = printed(report, lang)
        assert "None" not in shown
        assert "nan" not in shown
    files = comparison_files(report, ROADS, "zh", pictures=False).files
    assert len(re.findall(rb"/Type\s*/Page(?!s)", files["page.pdf"])) == 1


def test_a_console_without_the_signs_still_gets_the_words() -> None:
    """GBK has no ◆ and ASCII no Chinese: what cannot be said is a question mark, no error."""
    for encoding in ("gbk", "ascii"):
        raw = io.BytesIO()
        file = io.TextIOWrapper(raw, encoding=encoding)
        print_comparison(made_up(ROADS), "en", file)
        file.flush()
        assert b"better" in raw.getvalue()


def test_a_baseline_alone_is_no_comparison_and_still_prints() -> None:
    """One variant: its means, no verdicts."""
    report = made_up(ROADS)
    report["variants"] = report["variants"][:1]
    report |= {"differences": {}, "not_reached": []}
    for key in ("means", "depots"):
        report[key] = {"today": report[key]["today"]}
    report["limits"] = [row for row in report["limits"] if row["variant"] == "today"]
    shown = printed(report, "en")
    assert "Against" not in shown
    assert "6.3 h" in shown


def test_what_binds_is_told_where_all_that_was_asked_is_known() -> None:
    """Nothing differs and each asked half-width is reached: the machines' time, in whole per cent.

    Where one is not reached, nothing is said of what binds.
    """
    report = made_up(ROADS)
    shares = {"share_work": 20.4, "share_travel": 31.0, "share_repair": 0.2}
    report["binding"] = {"separates": False, "shares": shares}
    assert "机械的时间用在" not in joined(report, "zh")
    for of in report["differences"].values():
        for one in of.values():
            one["reached"] = True if one["asked"] is not None else None
    told = "没有一项决定性指标能把任何方案与“现有五点”分开。机械的时间用在：空驶时间占比 31 %、"
    assert told in joined(report, "zh")


def test_of_few_runs_little_is_made() -> None:
    """Nine runs: no gain by common numbers, and what is not corrected is marked; ten are enough."""
    few, enough = (joined(made_up(ROADS, n), "zh") for n in (9, 10))
    assert "（仅 9 次推演，仅供参考）" in few
    assert "同样的随机数使差别的方差缩小" not in few
    assert "次推演，仅供参考）" not in enough
    assert "同样的随机数使差别的方差缩小" in enough


def test_the_same_in_all_of_a_few_runs_is_not_no_difference() -> None:
    """Eight pairs that all differ by 0, though not every event is the same: told as just that."""
    report = made_up(ROADS, 8)
    report["differences"]["four"]["exposure"] |= {
        "mean": 0.0, "low": 0.0, "high": 0.0, "half_width": 0.0, "verdict": "unclear", "n": 8,
    }  # fmt: skip
    assert "在 8 次推演中相同（次数少，不算无差别）：积雪影响" in joined(report, "zh")
    assert "[0, 0]" not in joined(report, "zh")


def test_what_is_less_than_the_study_minds_is_told_as_such() -> None:
    """14 minutes sooner where a quarter of an hour does not matter, and where 3 minutes do not."""
    report = made_up(ROADS)
    report["indifference"] = 0.25
    told = "早 14 分钟（95 %：9 至 19），小于所设的无所谓差别 15 分钟"
    assert told in joined(report, "zh")
    report["indifference"] = 0.05
    assert "无所谓" not in joined(report, "zh")


def test_an_end_beside_zero_never_reads_as_zero() -> None:
    """From 0.01 to 0.41 minutes, told with one decimal, would begin at 0.0: so it has two."""
    report = made_up(ROADS)
    report["differences"]["four"]["response_mean_min"] |= {
        "mean": 0.21, "low": 0.01, "high": 0.41, "half_width": 0.2, "verdict": "unclear",
        "p_holm": 0.2,
    }  # fmt: skip
    assert "[+0.01, +0.41]" in joined(report, "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [36, 50, 64, 80])
def test_names_are_never_cut(lang: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the width, each variant's and depot's name is there whole, and each verdict."""
    monkeypatch.setenv("COLUMNS", str(width))
    report = made_up(ROADS) | {"placement": placement()}
    lines = printed(report, lang).splitlines()
    assert max(map(cell_len, lines)) <= width
    whole = re.sub(r"\s", "", "".join(lines))
    for row in report["variants"]:
        for name in (row["title_en" if lang == "en" else "title"], row["depots"][0]["name"]):
            assert name.replace(" ", "") in whole
    assert "…" not in whole


def test_a_limit_that_differs_between_runs_is_told_as_a_range() -> None:
    """18 h where the drawn total is moderate snow, 24 h where it is heavy: nobody set 21 h."""
    report = made_up(ROADS)
    for row in report["limits"]:
        row |= {"limit_h": 21.0, "limit_low_h": 18.0, "limit_high_h": 24.0}
    assert "18–24 h（随等级）" in printed(report, "zh")
    assert "21 h" not in printed(report, "zh")
