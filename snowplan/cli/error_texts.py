"""Words of errors, in Chinese and in English."""

from __future__ import annotations

ERROR_TEXTS: dict[str, tuple[str, str]] = {
    "error.input": (
        "输入有误，共 {n} 处；没有写任何文件",
        "wrong input: {n} faults; nothing was written",
    ),
    "error.input_one": (
        "输入有误，共 1 处；没有写任何文件",
        "wrong input: 1 fault; nothing was written",
    ),
    "error.fault": (
        "{place}：实际为 {found}；应为 {expected}",
        "{place}: found {found}; expected {expected}",
    ),
    "error.rest": ("改好后再查其余", "the rest is checked once these are mended"),
    "error.hint": ("；是否指 '{hint}'？", "; did you mean '{hint}'?"),
    "error.use": ("用法有误", "wrong use"),
    "error.run": ("推演失败", "the run failed"),
    "error.write": ("无法写出", "could not write"),
    "error.unforeseen": ("程序内部错误", "an error inside the program"),
    "error.debug": ("加 --debug 可看追踪", "add --debug for the traceback"),
    "error.interrupted": ("已中断", "interrupted"),
    # Wrong use of the command line
    "use.help": ("用法见 {path} --help", "for its use: {path} --help"),
    "use.no_option": ("没有选项 {name}", "there is no option {name}"),
    "use.no_command": ("没有命令 {name}", "there is no command {name}"),
    "use.near": ("{text}；是否指 {names}？", "{text}; did you mean {names}?"),
    "use.known": ("{text}；应为 {names}", "{text}; expected {names}"),
    "use.missing": ("缺少 {name}", "{name} is missing"),
    "use.extra": ("多余的内容：{names}", "unexpected: {names}"),
    "use.no_value": ("选项 {name} 后面要有值", "option {name} needs a value"),
    "use.takes_none": ("选项 {name} 不带值", "option {name} takes no value"),
    "use.range": ("{name}：{found} 不在范围 {range} 内", "{name}: {found} is not in {range}"),
    "use.choice": (
        "{name}：'{found}' 不是 {names} 之一",
        "{name}: '{found}' is not one of {names}",
    ),
    "use.number": ("{name}：'{found}' 不是数", "{name}: '{found}' is not a number"),
    "use.whole": ("{name}：'{found}' 不是整数", "{name}: '{found}' is not a whole number"),
    "use.is_file": (
        "{name}：'{found}' 是文件，应为文件夹",
        "{name}: '{found}' is a file, not a folder",
    ),
    "use.is_folder": (
        "{name}：'{found}' 是文件夹，应为文件",
        "{name}: '{found}' is a folder, not a file",
    ),
    "use.absent": ("{name}：'{found}' 不存在", "{name}: '{found}' does not exist"),
}  # fmt: skip
