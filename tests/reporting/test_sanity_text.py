"""The sanity table as text: columns line up, and each comparison has its notes."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from snowplan.analysis.sanity import SanityRow
from snowplan.reporting.sanity_text import sanity_text

ROWS = [
    SanityRow(
        id="rounds_main", title="大雪之夜主干路遍数", ours_low=4.6, ours_high=4.6, low=4, high=5,
        unit="遍", role="held_out", verdict="inside", how="算式如此 = 4.6", why="",
        source="Changchun 2019", tag="N",
    ),
    SanityRow(
        id="m2_a_large", title="每台大型机械担负面积", ours_low=59173.2, ours_high=59173.2,
        low=38000, high=40000, unit="m²", role="calibrated", verdict="above",
        how="7.40 百万 m² ÷ 125", why="支路和小巷占 1.54 百万 m²，" * 8, source="Shenyang", tag="D",
    ),
    SanityRow(
        id="brush_light", title="滚刷车", ours_low=None, ours_high=None, low=1, high=2, unit="m²/h",
        role="calibrated", verdict="unknown", how="没有可比的作业", why="", source="Heping",
        tag="D",
    ),
]  # fmt: skip


@pytest.mark.parametrize("width", ["", "60", "140"])
def test_nothing_is_cut_off(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long words wrap at any width; nothing is replaced by dots, and no line is too long."""
    monkeypatch.setenv("COLUMNS", width)
    text = sanity_text(ROWS, "zh")
    assert "…" not in text
    assert "支路和小巷" in text
    assert max(cell_len(line) for line in text.splitlines()) <= int(width or 100)


def test_ours_theirs_role_and_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row shows both figures, its role and its verdict; reasons only where they differ."""
    monkeypatch.delenv("COLUMNS", raising=False)
    text = sanity_text(ROWS, "zh")
    rounds = next(line for line in text.splitlines() if line.endswith("相符"))
    assert rounds.split()[1:] == ["大雪之夜主干路遍数", "4.6", "4–5", "遍", "留出", "相符"]
    area = next(line for line in text.splitlines() if line.endswith("偏高"))
    assert area.split()[2:] == ["59,173", "38,000–40,000", "m²", "校准", "偏高"]
    assert text.count("原因") == 1
    assert text.count("来源") == 3
    assert "Changchun 2019 [N]" in text


def test_verdicts_stand_under_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns line up although Chinese characters are two cells wide."""
    monkeypatch.delenv("COLUMNS", raising=False)
    lines = sanity_text(ROWS, "zh").splitlines()
    rows = [line for line in lines if line.endswith(("相符", "偏高", "无可比"))]
    ends = {"相符": 4, "偏高": 4, "无可比": 6}
    starts = {cell_len(line) - ends[line.split()[-1]] for line in rows}
    assert len(rows) == 3
    assert len(starts) == 1


def test_english() -> None:
    """Headings, roles and verdicts in English."""
    text = sanity_text(ROWS, "en")
    for word in ("published", "held out", "calibrated", "agrees", "above", "arithmetic", "why"):
        assert word in text
