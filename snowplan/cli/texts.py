"""Words of the command line, in Chinese and in English."""

from __future__ import annotations

from snowplan.cli.compare_texts import COMPARE_TEXTS
from snowplan.cli.error_texts import ERROR_TEXTS
from snowplan.cli.explain_texts import EXPLAIN_TEXTS
from snowplan.cli.init_texts import INIT_TEXTS
from snowplan.cli.phrase_texts import PHRASE_TEXTS
from snowplan.cli.plan_texts import PLAN_TEXTS
from snowplan.cli.readiness_texts import READINESS_TEXTS
from snowplan.cli.store_texts import STORE_TEXTS

TEXTS: dict[str, tuple[str, str]] = (
    PHRASE_TEXTS | ERROR_TEXTS | EXPLAIN_TEXTS | STORE_TEXTS | COMPARE_TEXTS | PLAN_TEXTS
    | READINESS_TEXTS
    | INIT_TEXTS
) | {
    # Help
    "main": (
        "清雪推演：按雪情等级推演清雪预案，逐条路说明何时能通、何时清净。",
        "Plan winter snow clearing: simulate the contingency plan storm by storm, road by road.",
    ),
    "demo": ("推演平城区大雪，给出结果文件夹", "Heavy snow on Pingcheng, one command to results"),
    "check": (
        "检查输入文件，列出所有错误，再核查预案",
        "List all faults of input files, then check the plan",
    ),
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
        "scenario 情景、plan 预案、tables 台账、results 结果；不写则列出这些",
        "scenario, plan, tables or results; without: these topics",
    ),
    "schema.topics": ("可列出的文件种类：", "Topics:"),
    "schema.scenario": ("情景文件的键", "keys of scenario files"),
    "schema.study": ("研究文件的键（比较储备点布局）", "keys of study files (compare placements)"),
    "schema.plan": ("预案文件的键", "keys of plan files"),
    "schema.tables": (
        "台账各表的列：机械、储备点、班组、运雪车、堆雪点等",
        "columns of your tables: machines, depots, crews, trucks, dump points and others",
    ),
    "schema.results": ("结果文件的列", "columns of result files"),
    "bench.quick": ("只测约 5,000 段的算例", "Only the case of about 5,000 segments"),
    "bench.study": (
        "测量多次推演：研究的开销、进程的增益、预估的偏差（两三分钟）",
        "Measure many runs: a study's overhead, what workers gain, its estimate (a few minutes)",
    ),
    "bench.map": ("济南路网 GraphML 文件", "The GraphML file of Jinan's streets"),
    "bench.weather": ("逐时天气 CSV 文件", "The CSV file of hourly weather"),
    "bench.measuring": ("正在测量 {name} …", "measuring {name} …"),
    "bench.left_out": ("--quick 不测", "left out by --quick"),
    "bench.no_files": (
        "没有路网或天气文件，用 --map 和 --weather 指定（{fault}）",
        "no street or weather file; name them with --map and --weather ({fault})",
    ),
    # Headings of help
    "Usage": ("用法", "Usage"),
    "Options": ("选项", "Options"),
    "Commands": ("命令", "Commands"),
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
    "check.sizes": (
        (
            "本图机械清扫 {m2:.2f} 百万 m²；公开数字推得 {cleared_bracket} 百万 m²"
            "（缺省 {cleared_default}，按机械 {cleared_by_fleet}，按人口 {cleared_by_population}；"
            "来源：snowplan facts published）"
        ),
        (
            "machines clear {m2:.2f} million m² on this map; published figures give "
            "{cleared_bracket} million (default {cleared_default}, by fleet {cleared_by_fleet}, "
            "by population {cleared_by_population}; sources: snowplan facts published)"
        ),
    ),
    "check.lost": (
        "{n} 段从储备点到不了或回不来：{names}",
        "{n} sections cannot be driven to and from the depots: {names}",
    ),
    "check.schematic": ("示意图", "schematic"),
    "check.fleet": ("机械", "machines"),
    "check.depots": ("融雪剂", "de-icer"),
    "check.depots_text": ("{n} 处，{t:g} t", "{n} depots, {t:g} t"),
    "check.varies": ("随机因素", "varies"),
    "check.nothing": ("无", "nothing"),
    "check.changed": ("改动", "changed"),
    "check.notes": ("说明", "notes"),
    "check.files": ("文件", "files"),
    "check.waits": (
        "{name}：需要用户自备的文件，未检查",
        "{name}: needs files that the user brings, not checked",
    ),
    "check.findings": ("预案核查：{n} 条", "the plan read as a plan: {n} findings"),
    "check.no_findings": ("预案核查：未发现问题", "the plan read as a plan: nothing found"),
    "check.col_severity": ("判断", "finding"),
    "check.col_grades": ("雪情", "snow"),
    "check.col_finding": ("内容与出处", "what, and where it is written"),
    "check.col_found": ("现有", "found"),
    "check.col_needed": ("所需", "needed"),
    "check.own_storm": ("（本情景）", "(this storm)"),
    "check.findings_note": (
        (
            "不可能：按给定速度，所有机械和人员满速、不空驶、不故障、融雪剂化到最多也做不到，是算术证明。"
            "各等级按该级最大雪量 24 小时均匀降下计，（本情景）按本情景的雪计。"
        ),
        (
            "Impossible: at the stated rates, with everybody at full speed, no driving, no failure "
            "and the most that de-icer melts, it cannot be done; arithmetic proves it. Each grade "
            "is its fullest storm, evenly over 24 h; (this storm) is the scenario's own."
        ),
    ),
    "check.fail": (
        "预案核查有“不可能”或“缺口”时以退出码 4 结束",
        "Exit with 4 if the plan has impossible limits or gaps",
    ),
    # facts
    "facts.count": ("{n} 个数字行，其中假设 {a}", "{n} rows of figures, {a} of them assumed"),
    "facts.alike": ("{n} 行同一来源", "{n} rows of one source"),
    # run, demo
    "run.scenario": (
        "情景文件，或自带情景的名称或标题，如 heavy 或 大雪。",
        "A scenario file, or the name or title of one that comes with the project, such as heavy.",
    ),
    "out": ("结果写到此文件夹下（默认 runs）", "Folder for run folders (runs by default)"),
    "run_seed": ("随机种子，代替情景中的", "Run seed instead of the scenario's"),
    "no_pictures": ("不画图", "Draw no pictures"),
    "at": (
        "路网图的时刻：开始后的小时数，可重复",
        "An instant of the network picture, hours after the start; repeatable",
    ),
    "sanity": (
        "把结果与已发表数字并列，列出算式",
        "Print ours beside published figures, with the arithmetic",
    ),
    "store_at": (
        "在此时刻存下全部状态（state.json）：当地时间如 2026-01-16T03:00，或开始后的小时数，可重复",
        (
            "Store the whole state (state.json) at this instant: a local time such as "
            "2026-01-16T03:00, or hours after the start; repeatable"
        ),
    ),
    "since": (
        "从一次推演存下的状态接着推演：结果文件夹@时刻",
        "Go on from a state that a run has stored: RUN@TIME",
    ),
    "now": (
        "从手填的现状（CSV 表）开始推演，近似",
        "Begin from a state filled in by hand (CSV tables); approximate",
    ),
    "run.approximate": (
        "近似：从手填的 {begin} 现状开始，不是推演存下的状态。",
        "Approximate: begins at {begin} from a state filled in by hand, not one that a run stored.",
    ),
    "run.continued": (
        "接着推演：从 {run} 在 {at} 存下的状态开始，此前的结果取自该次推演。",
        "Goes on from {at}, as stored by {run}; what came before is from that run.",
    ),
    "run.now_and_from": (
        "--now 与 --from 只能用一个：或从手填的现状开始，或从存下的状态接着推演",
        "--now or --from, not both: begin from a state filled in by hand, or from a stored one",
    ),
    "run.bad_store": (
        "--store-at {text}：应为 {begin} 与 {end} 之间的时刻",
        "--store-at {text}: expected an instant between {begin} and {end}",
    ),
    "run.bad_at": (
        "--at {hours:g}：应在 0 与 {end:g} 小时之间",
        "--at {hours:g}: expected hours from 0 to {end:g}",
    ),
    "run.progress": ("推演", "simulating"),
    "run.drawing": ("整理结果并画图", "results and pictures"),
    "run.work": ("作业", "work"),
    "run.work_text": (
        "{km:,.0f} km，其中空驶 {deadhead:,.0f} km（{percent:.0f} %）；{hours:,.0f} 台时",
        "{km:,.0f} km, {deadhead:,.0f} km of it deadhead ({percent:.0f} %); {hours:,.0f} machine h",
    ),
    "run.costs": ("消耗", "used"),
    "run.costs_text": (
        (
            "融雪剂已撒 {t:,.1f} t，车上余 {hoppers:,.1f} t，库存 {depots:,.1f} t；"
            "燃油 {fuel:,.0f} L，费用 {cny:,.0f} 元"
        ),
        (
            "{t:,.1f} t of de-icer spread, {hoppers:,.1f} t left in hoppers, {depots:,.1f} t in "
            "depots; {fuel:,.0f} L of fuel, {cny:,.0f} yuan"
        ),
    ),
    "run.exposure": ("积雪影响", "exposure"),
    "run.exposure_text": (
        "{value:,.0f} mm·h（等级权重 × 松雪深 × 时间，各路段之和）",
        "{value:,.0f} mm·h (class weight × loose depth × time, summed over sections)",
    ),
    "run.deicer": ("融雪剂", "de-icer"),
    "run.too_cold": (
        "未撒布：路面温度低于停用温度",
        "none was spread: the pavement was below the cut-off temperature",
    ),
    "run.packed": ("压实雪", "packed"),
    "run.packed_text": (
        "模拟结束仍有 {m2:,.0f} m² 压实雪",
        "{m2:,.0f} m² are still packed at the end",
    ),
    "run.ledger": ("收支账", "ledgers"),
    "run.ledger_text": (
        (
            "账目差额：雪 {snow} g，融雪剂 {deicer} g，机械时间 {machines} ms，"
            "运雪与人工时间 {groups} ms"
        ),
        (
            "residuals: snow {snow} g, de-icer {deicer} g, machines' time {machines} ms, "
            "time of hauling and hands {groups} ms"
        ),
    ),
    "run.lost": ("到不了", "no way"),
    "run.schematic": (
        "路网为示意图，长度与位置不可用于测量",
        "the map is a schematic; lengths and places are not to be measured on it",
    ),
    "run.off": ("已关闭", "off"),
}  # fmt: skip


def words(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang`, with `values` filled in."""
    text = TEXTS[key][1 if lang == "en" else 0]
    return text.format(**values) if values else text
