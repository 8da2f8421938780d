"""Words of the command line, in Chinese and in English."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # Help
    "main": (
        "清雪推演：按雪情等级推演清雪预案，逐条路说明何时能通、何时清净。",
        "Plan winter snow clearing: simulate the contingency plan storm by storm, road by road.",
    ),
    "demo": ("推演平城区大雪，给出结果文件夹", "Heavy snow on Pingcheng, one command to results"),
    "check": ("检查输入文件，一次列出所有错误", "Check input files and list all faults at once"),
    "run": ("推演一个情景", "Run a scenario"),
    "explain": ("说明一个路段为何在此时通、净", "Say why a section opened and cleared when it did"),
    "bench": ("测量推演速度", "Measure the speed of the engine"),
    "schema": ("列出文件应有的键和列", "Show the keys and columns that files may have"),
    "facts": ("列出给定数字及其来源", "Show the given figures and their sources"),
    "lang": ("语言：zh 中文，en 英文", "Language: zh Chinese, en English"),
    "debug": ("出错时显示程序追踪", "Show the traceback of an error"),
    "help": ("显示帮助", "Show this help"),
    "version": ("显示版本", "Show the version"),
    "check.scenario": (
        "情景文件，或自带情景的名称；不写则检查全部自带情景。",
        "A scenario file or the name of one that comes with the project; without: all of those.",
    ),
    "set": ("改一个键，可重复，如 snow.total_mm=12", "Change a key, repeatable: snow.total_mm=12"),
    "json": ("输出一个 JSON 对象", "Print one JSON object"),
    "facts.assumed": ("只列假设（A）", "Only the assumptions (A)"),
    "facts.tag": ("只列这些来源标记", "Only figures with these source tags"),
    "facts.rows": ("逐行列出，不合并", "Every row, none taken together"),
    "facts.table": ("表名，如 depots；不写则列全部", "A table such as depots; without: all"),
    "schema.what": (
        "scenario 情景、plan 预案、results 结果",
        "scenario, plan or results",
    ),
    # Headings of help
    "Usage": ("用法", "Usage"),
    "Options": ("选项", "Options"),
    "Commands": ("命令", "Commands"),
    # Errors
    "error.input": (
        "输入有误，共 {n} 处；没有写任何文件",
        "wrong input: {n} faults; nothing was written",
    ),
    "error.use": ("用法有误", "wrong use"),
    "error.run": ("推演失败", "the run failed"),
    "error.unforeseen": ("程序内部错误", "an error inside the program"),
    "error.debug": ("加 --debug 可看追踪", "add --debug for the traceback"),
    "error.interrupted": ("已中断", "interrupted"),
    # check
    "check.ok": ("{name}：无误", "{name}: no faults"),
    "check.title": ("情景", "scenario"),
    "check.time": ("时间", "time"),
    "check.snow": ("降雪", "snowfall"),
    "check.snow_text": (
        "{mm:g} mm（水当量），{hours:g} 小时有雪，气温 {low:g} 至 {high:g} °C",
        "{mm:g} mm w.e., {hours:g} h with snow, air {low:g} to {high:g} °C",
    ),
    "check.named_grade": ("指定等级 {grade}", "grade named: {grade}"),
    "check.map": ("路网", "map"),
    "check.map_text": (
        "{title}，{sections} 段，{km:.1f} km；中心清扫 {own} 段，{m2:.2f} 百万 m²",
        "{title}: {sections} sections, {km:.1f} km; the centre clears {own}, {m2:.2f} million m²",
    ),
    "check.lost": (
        "{n} 段从储备点到不了或回不来：{names}",
        "{n} sections cannot be driven to and from the depots: {names}",
    ),
    "check.schematic": ("示意图", "schematic"),
    "check.fleet": ("机械", "machines"),
    "check.depots": ("融雪剂", "de-icer"),
    "check.depots_text": ("{n} 处，{t:g} t", "{n} depots, {t:g} t"),
    "check.varies": ("变动", "varies"),
    "check.nothing": ("无", "nothing"),
    "check.changed": ("改动", "changed"),
    "check.notes": ("说明", "notes"),
    "check.files": ("文件", "files"),
    "check.waits": (
        "{name}：需要用户自备的文件，未检查",
        "{name}: needs files that the user brings, not checked",
    ),
    # facts
    "facts.count": ("{n} 个数字行，其中假设 {a}", "{n} rows of figures, {a} of them assumed"),
    "facts.alike": ("{n} 行同一来源", "{n} rows of one source"),
}  # fmt: skip


def words(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang`, with `values` filled in."""
    text = TEXTS[key][1 if lang == "en" else 0]
    return text.format(**values) if values else text
