"""Write the sample reports: what `run heavy` and `compare toy_depots` print, in both languages.

Into this folder, or into the one given; beside them the comparison's page. The last line of a
print-out, the folder's path, is left out: it differs from run to run.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

from snowplan.cli import main

SCENARIO, STUDY = "heavy", "toy_depots"
HEADS = {
    "zh": "示例：大雪方案在示意图路网上的推演结果，许多输入是假设；不是实测，也不是承诺。",
    "en": "A sample: heavy snow on a schematic map, many inputs assumed; "
    "neither measured nor promised.",
}
STUDY_HEADS = {
    "zh": "示例：玩具镇储备点布局比较，示意图，小镇、降雪和储备点都是编造的。",
    "en": "A sample: depots compared on a schematic of an invented town, storms and all.",
}
PAGE, PAGE_LANG = "page.pdf", "zh"


def build(folder: Path) -> None:
    """Write one report a language of each."""
    os.environ.pop("COLUMNS", None)  # the width is that of a file, whoever asks
    with tempfile.TemporaryDirectory() as runs:
        for lang, head in HEADS.items():
            line = ["--lang", lang, "run", SCENARIO, "--no-pictures", "--out", runs]
            write(folder / f"{SCENARIO}.{lang}.txt", head, printed(line)[0])
            line = ["--lang", lang, "compare", STUDY, "--workers", "1", "--out", runs]
            text, path = printed(line + ["--no-pictures"] * (lang != PAGE_LANG))
            write(folder / f"{STUDY}.{lang}.txt", STUDY_HEADS[lang], text)
            if lang == PAGE_LANG:
                (folder / f"{STUDY}.{lang}.pdf").write_bytes((path / PAGE).read_bytes())


def write(file: Path, head: str, text: str) -> None:
    """Write a print-out below its head."""
    file.write_text(f"{head}\n{text}", encoding="utf-8", newline="\n")


def printed(line: list[str]) -> tuple[str, Path]:
    """What a command prints on stdout, and the path in its last line."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(line, standalone_mode=False)
    *text, path = out.getvalue().splitlines(keepends=True)
    return "".join(text), Path(path.strip())


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
