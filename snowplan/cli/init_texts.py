"""Words of `snowplan init`, in Chinese and in English."""

from __future__ import annotations

INIT_TEXTS: dict[str, tuple[str, str]] = {
    "init": (
        "新建文件夹，内有可填写的 Excel 台账和用它的情景",
        "Make a folder with an Excel workbook of your tables and scenarios that use it",
    ),
    "init.folder": ("新文件夹的名字", "The name of a new folder"),
    "init.base": (
        "用这个情景的台账填写，只给它写一个情景；不写则为四个雪情等级",
        "Fill in this scenario's tables, for it alone; without: the four snow grades",
    ),
    "init.made": ("已建 {folder}：", "made {folder}:"),
    "init.next": (
        "在 Excel 或 WPS 里改 {book}，再核查：snowplan check {scenario}",
        "edit {book} in Excel or WPS, then: snowplan check {scenario}",
    ),
}
