"""Write the sample reports: what commands print in both languages, and the documents they make.

Into this folder, or into the one given. The last line of a print-out, the folder's path, is left
out: it differs from run to run.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

from snowplan.cli import main

SCENARIO, STUDY, TOWN = "heavy", "toy_depots", "toy_town"
HEADS = {
    "zh": "示例：大雪方案在示意图路网上的推演结果，许多输入是假设；不是实测，也不是承诺。",
    "en": "A sample: heavy snow on a schematic map, many inputs assumed; "
    "neither measured nor promised.",
}
STUDY_HEADS = {
    "zh": "示例：玩具镇储备点布局比较，示意图，小镇、降雪和储备点都是编造的。",
    "en": "A sample: depots compared on a schematic of an invented town, storms and all.",
}
TOWN_HEADS = {
    "zh": "示例：玩具镇，示意图，小镇、降雪和家底都是编造的。",
    "en": "A sample: a schematic of an invented town, its storms and means invented too.",
}
STREET = "主街"
PAGE, PAGE_LANG = "page.pdf", "zh"
LEDGER = "台账.xlsx"


def build(folder: Path) -> None:
    """Write one report a language of each."""
    os.environ.pop("COLUMNS", None)  # the width is that of a file, whoever asks
    with tempfile.TemporaryDirectory() as runs:
        for lang in HEADS:
            heavy(folder, lang, runs)
            depots(folder, lang, runs)
            readiness(folder, lang, runs)
            explained(folder, lang, runs)
        pack(folder, runs)
        everything(["init", str(Path(runs) / "init")])
        (folder / LEDGER).write_bytes((Path(runs) / "init" / LEDGER).read_bytes())


def heavy(folder: Path, lang: str, runs: str) -> None:
    """What `run heavy` prints."""
    line = ["--lang", lang, "run", SCENARIO, "--no-pictures", "--out", runs]
    write(folder / f"{SCENARIO}.{lang}.txt", HEADS[lang], printed(line)[0])


def depots(folder: Path, lang: str, runs: str) -> None:
    """What `compare toy_depots` prints, and its page."""
    line = ["--lang", lang, "compare", STUDY, "--workers", "1", "--out", runs]
    text, path = printed(line + ["--no-pictures"] * (lang != PAGE_LANG))
    write(folder / f"{STUDY}.{lang}.txt", STUDY_HEADS[lang], text)
    if lang == PAGE_LANG:
        (folder / f"{STUDY}.{lang}.pdf").write_bytes((path / PAGE).read_bytes())


def readiness(folder: Path, lang: str, runs: str) -> None:
    """What `readiness toy_town` prints, its PDF and, in Chinese, its workbook."""
    line = ["--lang", lang, "readiness", TOWN, "--workers", "1", "--out", f"{runs}/{lang}"]
    text, path = printed(line)
    write(folder / f"toy_readiness.{lang}.txt", TOWN_HEADS[lang], text)
    for ending in ("pdf", "xlsx") if lang == PAGE_LANG else ("pdf",):
        found = (path / f"readiness.{ending}").read_bytes()
        (folder / f"toy_readiness.{lang}.{ending}").write_bytes(found)


def explained(folder: Path, lang: str, runs: str) -> None:
    """What `explain` says of a street and of the whole run, and its chart."""
    _, path = printed(["--lang", lang, "run", TOWN, "--no-pictures", "--out", f"{runs}/explain"])
    chart = folder / f"toy_explain.{lang}.png"
    street = everything(["--lang", lang, "explain", str(path), STREET])
    whole = everything(["--lang", lang, "explain", str(path), "--chart", f"{runs}/{chart.name}"])
    chart.write_bytes((Path(runs) / chart.name).read_bytes())
    text = "\n".join(row for row in (street + "\n" + whole).splitlines() if runs not in row)
    write(folder / f"toy_explain.{lang}.txt", TOWN_HEADS[lang], text.strip() + "\n")


def pack(folder: Path, runs: str) -> None:
    """The sheets of work on paper."""
    file = Path(runs) / f"pack.{PAGE_LANG}.pdf"
    line = ["readiness", TOWN, "--pack", "-o", str(file), "--out", f"{runs}/{PAGE_LANG}"]
    everything(["--lang", PAGE_LANG, *line])
    (folder / f"toy_pack.{PAGE_LANG}.pdf").write_bytes(file.read_bytes())


def write(file: Path, head: str, text: str) -> None:
    """Write a print-out below its head."""
    file.write_text(f"{head}\n{text}", encoding="utf-8", newline="\n")


def printed(line: list[str]) -> tuple[str, Path]:
    """What a command prints on stdout, and the path in its last line."""
    *text, path = everything(line).splitlines(keepends=True)
    return "".join(text), Path(path.strip())


def everything(line: list[str]) -> str:
    """All that a command prints on stdout."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(line, standalone_mode=False)
    return out.getvalue()


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
