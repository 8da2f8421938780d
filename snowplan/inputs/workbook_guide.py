"""The words of the workbook's first sheet, and of the page beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from snowplan.inputs.workbook_words import MAY_LACK, REMARK, SHEETS, SheetForm
from snowplan.model.scenario import Scenario

BOOK = {"zh": "台账.xlsx", "en": "ledger.xlsx"}
PAGE = "README.md"
TITLES = {"zh": "清雪台账", "en": "Tables of the snow clearing centre"}
ABOUT = {
    "zh": (
        "{book} 现填的是“{title}”情景所用的台账，数字大多是假设，请逐张改成本单位的实数。",
        "改好保存，在本文件夹里核查：snowplan check {scenario}。有错时写明工作表、行、列。",
        "无误后推演：snowplan run {scenario}，或出准备情况报告：snowplan readiness {scenarios}。",
        (
            "列可以换次序，空行不算；标题行上面可以加题名；不用的工作表可以整张删去，"
            "删去的表仍用程序自带的数字。工作表和标题不要改名。"
        ),
        (
            "机种、储备点、区、融雪剂、是否可从下拉框选；钟点写 20:00；编号按文字保存，"
            "007 不会变成 7。单位写在标题里，格子里只写数。"
        ),
        "只读结果不读公式：公式要让 Excel 算好再保存。",
    ),
    "en": (
        "{book} holds the tables of '{title}', mostly assumed: put in your own figures.",
        (
            "Save, then check in this folder: snowplan check {scenario}. "
            "Faults are told by sheet, row and column."
        ),
        (
            "Then run: snowplan run {scenario}, or write the readiness report: "
            "snowplan readiness {scenarios}."
        ),
        (
            "Columns may stand in any order, blank rows do not count, a title may stand above the "
            "headings. Delete a sheet to keep the project's own table. Do not rename sheets or "
            "headings."
        ),
        (
            "Kinds, depots, zones, de-icers, yes and no come from drop-downs; times read 20:00; "
            "ids are kept as text: 007 stays 007. Units stand in the headings, cells hold numbers."
        ),
        "Formulas are read as the values that Excel saved with them.",
    ),
}
BLANK = {"zh": "可空", "en": "may be blank"}


def guide_lines(
    scenario: Scenario, lang: str, used_by: Sequence[str]
) -> Iterator[tuple[str, bool]]:
    """The lines of the first sheet, and whether each is a heading."""
    yield TITLES[lang], True
    for number, line in enumerate(_about(scenario, lang, used_by), start=1):
        yield f"{number}. {line}", False
    for form in SHEETS:
        yield "", False
        yield form.words(lang), True
        yield from ((line, False) for line in _explained(form, lang))


def _explained(form: SheetForm, lang: str) -> Iterator[str]:
    """A line a column: heading and explanation."""
    colon = "：" if lang == "zh" else ": "
    for heading in (*form.headings, REMARK):
        name, note = (
            (heading.zh, heading.note_zh) if lang == "zh" else (heading.en, heading.note_en)
        )
        note = "" if note.casefold() == name.casefold() else note
        if heading.name in MAY_LACK and BLANK[lang] not in note:
            note = f"{note}；{BLANK[lang]}" if lang == "zh" else f"{note}; {BLANK[lang]}"
        yield f"  {heading.words(lang)}{colon}{note}" if note else f"  {heading.words(lang)}"


def page_text(scenario: Scenario, lang: str, used_by: Sequence[str]) -> str:
    """The page that lies beside the workbook."""
    points = "".join(f"- {line}\n" for line in _about(scenario, lang, used_by))
    return f"# {TITLES[lang]}\n\n{points}"


def _about(scenario: Scenario, lang: str, used_by: Sequence[str]) -> list[str]:
    """What to do with the workbook, a sentence or two a line."""
    study = scenario.study
    files = used_by or (f"{study.name}.toml",)
    title = study.title if lang == "zh" else study.title_en
    return [
        line.format(title=title, book=BOOK[lang], scenario=files[0], scenarios=" ".join(files))
        for line in ABOUT[lang]
    ]
