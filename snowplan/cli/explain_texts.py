"""Words of `snowplan explain`, in Chinese and in English."""

from __future__ import annotations

EXPLAIN_TEXTS: dict[str, tuple[str, str]] = {
    "explain.run": (
        "结果文件夹，或 latest（当前文件夹下 ./runs 中最近一次）",
        "A run folder, or latest: the newest in ./runs of this folder",
    ),
    "explain.section": (
        "路段号或路名；不写则说明什么拖住了全城",
        "A section's id, or a road's name; without: what held the city back",
    ),
    "explain.chart": (
        "另画一张图，存为 .png 或 .svg 文件",
        "Draw a chart too, into a .png or .svg file",
    ),
    "explain.chart_ending": (
        "--chart {file}：文件名应以 .png 或 .svg 结尾",
        "--chart {file}: expected a file that ends in .png or .svg",
    ),
    "explain.drawn": ("图：{file}", "chart: {file}"),
    "explain.nothing_to_draw": ("始终为净，没有可画的。", "It was always clean: nothing to draw."),
    "explain.no_due": (
        "这次结果由较早版本写成，没有记下各处从何时起待作业，不能分解时间；重新推演即可。",
        (
            "An earlier version wrote this run: it does not tell from when work was due, so that "
            "time cannot be taken apart. Run the scenario again."
        ),
    ),
    "explain.looked": (
        "latest 指当前文件夹下 ./runs 中最近一次结果：{run}",
        "latest is the newest run in ./runs of this folder: {run}",
    ),
    "explain.road": ("{name}：{n} 段", "{name}: {n} sections"),
    "explain.road_row": (
        "  {id}  通 {opened}  净 {cleared}",
        "  {id}  open {opened}  clean {cleared}",
    ),
    "explain.more": ("  …… 另有 {n} 段", "  … and {n} more"),
    "explain.last": ("以下说明最后净的一段：{id}", "explained below, the last to be clean: {id}"),
    "explain.never": ("模拟结束仍未达到", "not by the end"),
    "explain.always": ("始终如此", "always"),
    "explain.head": (
        "{place}（{road_class}，{zone}，{length:,.0f} m，{area:,.0f} m²，作业 {passes} 趟）",
        "{place} ({road_class}, {zone}, {length:,.0f} m, {area:,.0f} m², {passes} passes)",
    ),
    "explain.not_ours": (
        "不由中心清扫，或已封闭：没有时刻可说明。",
        "Not cleared by the centre, or closed: it has no times to explain.",
    ),
    "explain.stops": ("雪停 {time}。", "Snow stopped at {time}."),
    "explain.snowing": (
        "到模拟结束仍在下雪，不判定时限。",
        "Still snowing at the end of the run: no limit is judged.",
    ),
    "explain.opened_never_blocked": ("通行：始终通行，从未阻断。", "Open: never blocked."),
    "explain.opened_opened": ("通行：{time} 起稳定通行。", "Open for good from {time}."),
    "explain.opened_not_by_horizon": (
        "通行：模拟结束仍未通。",
        "Open: not by the end of the simulation.",
    ),
    "explain.cleared_never_blocked": ("净路：始终为净。", "Clean: always."),
    "explain.cleared_cleared": ("净路：{time} 起稳定为净。", "Clean for good from {time}."),
    "explain.cleared_not_by_horizon": (
        "净路：模拟结束仍未净。",
        "Clean: not by the end of the simulation.",
    ),
    "explain.limit": (
        "时限为雪停后 {hours:.1f} h：{verdict}。",
        " The limit is {hours:.1f} h after snow stops: {verdict}.",
    ),
    "explain.met": ("达标", "met"),
    "explain.missed": ("未达标", "missed"),
    "explain.undecided": ("未到时限", "undecided"),
    "explain.opened_since": ("{time} 起阻断。", "It was blocked from {time}."),
    "explain.cleared_since": ("{time} 起不净。", "It was not clean from {time}."),
    "explain.by_itself": (
        "{time} 无机械在此：车辆碾压或融化使积雪降到限度以下。",
        "At {time} no machine was here: traffic or melting brought the snow below the threshold.",
    ),
    "explain.previous": (
        "此前最近一次{kind} {time} 结束。",
        "The {kind} before that ended at {time}.",
    ),
    "explain.elsewhere": (
        "此后本区{kind}先做了别处 {n} 趟：{parts}。",
        "Since then {kind} in this zone made {n} passes elsewhere: {parts}.",
    ),
    "explain.before": (
        "{machine} 此前 {start} 至 {end} {what}。",
        "Before, {machine} was busy from {start} to {end}: {what}.",
    ),
    "explain.decided": ("{time} 决定来此，已在路口。", "At {time} it chose this; it stood there."),
    "explain.driven": (
        "{time} 决定来此，空驶 {metres:,.0f} m，{minutes:.1f} 分钟。",
        "At {time} it chose this and drove {metres:,.0f} m, {minutes:.1f} minutes.",
    ),
    "explain.team": ("等梯队到齐，至 {time}。", "It waited for its team until {time}."),
    "explain.work": (
        "{machine} {kind}，在此第 {n} 趟：{start} 至 {end}，{direction}第 {strips} 条（{crew}）。",
        "{machine}, {kind}, pass {n} here: {start} to {end}, {direction}, strip {strips} ({crew}).",
    ),
    "explain.forward": ("顺向", "forward"),
    "explain.backward": ("逆向", "backward"),
    "explain.no_work": ("模拟结束前没有机械来过。", "No machine came before the end."),
    "explain.last_work": (
        "最后一次作业 {time}：{machine} {kind}。",
        "The last work ended at {time}: {machine}, {kind}.",
    ),
    "explain.story": ("经过：", "States:"),
}
