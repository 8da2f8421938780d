"""Words of `snowplan phrases`, in Chinese and in English."""

from __future__ import annotations

PHRASE_TEXTS: dict[str, tuple[str, str]] = {
    "phrases": (
        "八句话逐句关闭，比较各值多少",
        "Turn each of the plan's phrases off and see its worth",
    ),
    "phrases.scenario": (
        "情景文件，或自带情景的名称或标题；先八句话全开，再各关一句，随机数相同。",
        "A scenario file, or the name or title of a shipped one; all on, then each off alone.",
    ),
    "phrases.replications": (
        "推演次数：随机种子依次加一，逐次配对，得出区间（默认 1）",
        "Pairs of runs on run seeds one after the other, for intervals (1 by default)",
    ),
    "phrases.workers": (
        "同时使用的进程数（默认等于处理器数）；结果不因此而异",
        "Processes used at once (as many as processors); the results are the same",
    ),
    "phrases.turned_on": (
        "情景中关闭的这些也先打开再比较：{names}",
        "turned off in the scenario, turned on for the comparison: {names}",
    ),
}
