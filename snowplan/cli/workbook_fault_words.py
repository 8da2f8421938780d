"""Words of faults in workbooks, in Chinese; English is the faults' own language."""

from __future__ import annotations

# What was found, where the program and not the user says it; {…} is carried over.
WORKBOOK_FOUND: tuple[tuple[str, str], ...] = (
    ("a formula without a value", "没有算出值的公式"),
    ("a date", "日期"),
    ("a time of day", "钟点"),
    ("a value far out", "很远处的值"),
    ("too long a text", "过长的文字"),
    ("a damaged file", "损坏的文件"),
    ("a damaged sheet", "损坏的工作表"),
    ("an old .xls file, or one with a password", "旧的 .xls 文件，或加了密码的文件"),
    ("no table", "没有台账的工作表"),
    ("no row of headings", "没有标题行"),
    ("a column without a heading", "没有标题的列"),
    ("an unknown sheet", "不认识的工作表"),
    ("merged cells {names}", "合并的单元格 {names}"),
    ("the same as column {names}", "与列 {names} 相同"),
    ("more than {names} MB", "超过 {names} MB"),
    ("no row for {names}", "没有 {names} 一行"),
    ("no crew for {names} in zone {zone}", "{zone} 区没有开 {names} 的班组"),
)
# English as the faults say it, Chinese; {…} is carried over.
WORKBOOK_EXPECTED: tuple[tuple[str, str], ...] = (
    ("a value", "值"),
    ("one sheet {names} only", "只有一张工作表“{names}”"),
    ("one of the sheets {names}", "下列工作表之一：{names}"),
    ("an Excel workbook (.xlsx)", "Excel 工作簿（.xlsx）"),
    ("an Excel workbook (.xlsx) without a password", "不加密码的 Excel 工作簿（.xlsx）"),
    ("an Excel workbook (.xlsx) that is not damaged", "完好的 Excel 工作簿（.xlsx）"),
    ("at most {high} MB", "不超过 {high} MB"),
    ("at most {high} MB unpacked", "解开后不超过 {high} MB"),
    ("cells up to row {low} and column {high}", "不超过第 {low} 行和列 {high} 的单元格"),
    (
        "at most {high} characters a cell and {most} a sheet",
        "每格不超过 {high} 字，每表不超过 {most} 字",
    ),
    ("cells that are not merged", "不合并的单元格"),
    ("either this file or {names}, not both", "这个文件或 {names}，只用其一"),
    ("a crew in {names} that can drive it", "{names} 中有能开它的班组"),
    ("a crew in {names} of this kind and zone", "{names} 中有这一组、这一区的班组"),
    ("a price of {names}", "有 {names} 的价格"),
    (
        "a shift of at most {high} h (call_out.rest.max_shift_h of the plan)",
        "班次不超过 {high} 小时（预案 call_out.rest.max_shift_h）",
    ),
    (
        'a place within {high} km of the roads (or depots = "auto")',
        '离道路不超过 {high} km 的地方（或 depots = "auto"）',
    ),
)
