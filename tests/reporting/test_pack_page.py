"""The paper pack can be printed on both sides and followed without a phone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from snowplan.analysis.work_orders import Order
from snowplan.reporting.pack_page import pack_pdf
from snowplan.reporting.pack_words import PACK_WORDS

NASTY = '校园路 #panic("x") $\\frac{1}{$ *b* _i_ @r'


def _order(number: int, road: str) -> dict[str, Any]:
    hour, minute = divmod(20 * 60 + 5 * number, 60)
    day, hour = divmod(hour, 24)
    at = f"01-{15 + day} {hour:02d}:{minute:02d}"
    own = Order("plough", road, "a", "b", number % 2 == 0, "", "", 3, 2, "", 0, 0, ())._asdict()
    own |= {"place": {"title_zh": "", "title_en": ""}, "start": at, "end": at,
            "start_ms": number * 300_000}  # fmt: skip
    return own


def _sheet(machine: str, zone: str, orders: int, kind: str = "plough") -> dict[str, Any]:
    crew = {"group": "crew-east-plough-night", "shift": "20:00", "number": "01", "start_ms": 0,
            "start": "01-15 20:00"}  # fmt: skip
    depot = {
        "id": "d",
        "zone": zone,
        "near": "a",
        "title_zh": "东区储备点",
        "title_en": "East depot",
        "far": zone == "west",
    }
    rows = [_order(number, NASTY if number == 1 else "正街") for number in range(1, orders + 1)]
    dumps = [
        depot | {"title_zh": name, "shut": shut} for name, shut in (("甲", False), ("乙", True))
    ]
    return {"machine": machine, "kind": kind, "zone": zone, "depot": depot, "crews": [crew],
            "spreads": kind == "spreader",
            "refills": [depot | {"km": 3.2}] if kind == "spreader" else [],
            "dumps": dumps if machine == "plough-001" else [],
            "orders": rows}  # fmt: skip


def _pack() -> dict[str, Any]:
    """Three sheets, of one page, of several and of a spreader."""
    return {
        "title_zh": "大雪", "title_en": "Heavy snow", "map_zh": "图", "map_en": "map",
        "schematic": True, "start": "2026-01-15 16:00", "snow_stops": "", "reference": "run",
        "roads_en": {"正街": "High Street", "北街": "North Street"},
        "junctions": {"a": "正街×北街", "b": "正街端点"},
        "zones": [{"id": "east", "title_zh": "东区", "title_en": "East"},
                  {"id": "west", "title_zh": "西区", "title_en": "West"}],
        "sheets": [_sheet("plough-001", "east", 5), _sheet("plough-002", "east", 130),
                   _sheet("spreader-001", "west", 3, "spreader")],
    }  # fmt: skip


def _pages(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page, by another program."""
    (folder / "pack.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", str(folder / "pack.pdf"), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext")


@needs_poppler
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sheet_begins_on_a_front_and_ends_with_its_log(lang: str, tmp_path: Path) -> None:
    """Odd first pages, numbered within the sheet, contents that name them; every line is there."""
    pages = _pages(pack_pdf(_pack(), lang).pdf, tmp_path)
    log = PACK_WORDS["log"][lang == "en"].split("{")[0].strip()
    firsts = {}
    for machine in ("plough-001", "plough-002", "spreader-001"):
        own = [n for n, page in enumerate(pages, 1) if n > 1 and machine in page]
        firsts[machine] = own[0]
        assert own[0] % 2 == 1
        assert own == list(range(own[0], own[-1] + 1))
        assert log in pages[own[-1] - 1]
        for place, number in enumerate(own, 1):
            numbers = [int(n) for n in re.findall(r"\d+", pages[number - 1].splitlines()[-1])]
            assert numbers[-2:] == [place, len(own)]
            assert numbers[0] == number  # as the contents name it
    for machine, first in firsts.items():
        assert re.search(rf"{machine}\D*[.\s]+{first}\b", pages[0])
    text = "\n".join(pages)
    assert all(re.search(rf"^\s*{n}\s+\d\d:\d\d", text, re.MULTILINE) for n in range(1, 131))


@needs_poppler
def test_junctions_are_named_as_a_driver_sees_them(tmp_path: Path) -> None:
    """On its own road a crossing is called by the other one; names are words and never markup."""
    pages = _pages(pack_pdf(_pack(), "zh").pdf, tmp_path)
    assert "北街 ⇄ 正街端点" in pages[2]
    assert '#panic("x")' in pages[2]
    assert "东区储备点（近 正街×北街）" in pages[2]
    english = _pages(pack_pdf(_pack(), "en").pdf, tmp_path)
    assert "High Street" in english[2]
    assert "North Street ⇄" in english[2]


@needs_poppler
def test_a_sheet_tells_what_its_machine_needs(tmp_path: Path) -> None:
    """De-icer is spoken of on spreaders' sheets alone; a dump shut to treated snow says so; a
    depot of another zone, too; the rules have two cases in which a line is left out."""
    pages = _pages(pack_pdf(_pack(), "zh").pdf, tmp_path)
    ploughs = "".join(page for page in pages if "plough-00" in page and "目录" not in page)
    spreader = "".join(page for page in pages if "spreader-001" in page and "目录" not in page)
    assert "融雪剂 kg" in spreader
    assert "缺料" in spreader
    assert "融雪剂 kg" not in ploughs
    assert "缺料" not in ploughs
    assert "乙（近 正街×北街），不收含融雪剂的雪" in ploughs
    assert "甲（近 正街×北街）；" in ploughs
    assert "本区无储备点" in spreader
    assert "不跳项" not in ploughs + spreader
    assert "只有两种情况可以跳项" in ploughs.replace("\n", "")


def test_the_same_pack_is_the_same_bytes_and_lacks_no_letter() -> None:
    """Nothing of the day stands in it; a letter that the font lacks is named."""
    page = pack_pdf(_pack(), "zh")
    assert page == pack_pdf(_pack(), "zh")
    assert page.missing == ""
    odd = _pack()
    odd["sheets"][0]["orders"][1]["road"] = "𰻞街"
    assert pack_pdf(odd, "zh").missing == "𰻞"
