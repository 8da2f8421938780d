"""Write the sample reports: what `snowplan run heavy --no-pictures` prints, in both languages.

Into this folder, or into the one given. The last line of the print-out, the run folder's path, is
left out: it differs from run to run.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

from snowplan.cli import main

SCENARIO = "heavy"
HEADS = {
    "zh": "示例：大雪方案在示意图路网上的推演结果，许多输入是假设；不是实测，也不是承诺。",
    "en": "A sample: heavy snow on a schematic map, many inputs assumed; "
    "neither measured nor promised.",
}


def build(folder: Path) -> None:
    """Write one report a language."""
    os.environ.pop("COLUMNS", None)  # the width is that of a file, whoever asks
    for lang, head in HEADS.items():
        text = f"{head}\n{printed(lang)}"
        (folder / f"{SCENARIO}.{lang}.txt").write_text(text, encoding="utf-8", newline="\n")


def printed(lang: str) -> str:
    """What the run prints on stdout, without the path."""
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as runs, contextlib.redirect_stdout(out):
        line = ["--lang", lang, "run", SCENARIO, "--no-pictures", "--out", runs]
        main(line, standalone_mode=False)
    return "".join(out.getvalue().splitlines(keepends=True)[:-1])


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
