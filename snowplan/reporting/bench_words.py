"""Words of the bench, in Chinese and in English."""

from __future__ import annotations

BENCH_WORDS: dict[str, tuple[str, str]] = {
    "cases": (
        "推演速度：36 小时降雪，CPU 时间，单进程",
        "Speed: a storm of 36 h, CPU time of one process",
    ),
    "name": ("算例", "case"),
    "segments": ("单向\n路段", "segments"),
    "machines": ("机械", "machines"),
    "passes": ("趟", "passes"),
    "hours": ("小时", "hours"),
    "events_per_pass": ("事件\n/趟", "events\na pass"),
    "us_per_pass": ("µs\n/趟", "µs a\npass"),
    "pass_over_timeout": ("趟\n÷空等", "pass ÷\ntimeout"),
    "times_bare_simpy": ("×裸\nSimPy", "× bare\nSimPy"),
    "times_bare_simpy_first": ("首次\n×裸", "first\nrun ×"),
    "bytes_per_segment": ("字节\n/段", "bytes a\nsegment"),
    "bytes_per_pass": ("字节\n/趟", "bytes\na pass"),
    "targets": ("与目标相比（前四行及内存为第一个算例）", "Against the targets (the first case)"),
    "figure": ("指标", "figure"),
    "found": ("实测", "found"),
    "reach": ("应达", "reach"),
    "aim": ("争取", "aim"),
    "verdict": ("结论", "verdict"),
    "target.times_bare_simpy": ("整场 ÷ 同数裸 SimPy 空等", "run ÷ as many bare timeouts"),
    "target.pass_over_timeout": ("一趟 ÷ 一次空等", "a pass ÷ one bare timeout"),
    "target.times_bare_simpy_first": (
        "进程首次推演 ÷ 裸 SimPy",
        "first run in a process ÷ bare timeouts",
    ),
    "target.events_per_pass": ("每趟 SimPy 事件数", "SimPy events a pass"),
    "target.fixed_fleet_cost_a_pass": (
        "机械不变，每趟成本随路段数的指数",
        "fixed fleet: exponent of the cost a pass",
    ),
    "target.fleet_in_proportion_total": (
        "机械按比例，总成本随路段数的指数",
        "fleet in proportion: exponent of the total",
    ),
    "target.bytes_per_segment": ("每单向路段字节", "bytes a segment, without matrix"),
    "target.bytes_per_pass": ("每趟日志字节", "bytes a logged pass"),
    "target.oracle_ratio": ("比 networkx 对照快（倍）", "times as fast as the networkx oracle"),
    "target.timelines_share": ("路况与时间线占推演", "states and timelines ÷ the run"),
    "target.group_cost": (
        "运雪、人工、门前五包全开 ÷ 只有机械，每事件",
        "an event with hauling and hand work ÷ machines only",
    ),
    "target.help_over_click": (
        "snowplan --help ÷ import click",
        "snowplan --help ÷ import click",
    ),
    "study_targets": (
        "多次推演：{study}，{runs} 次，{workers} 个进程",
        "Many runs: {study}, {runs} runs, {workers} workers",
    ),
    "target.study_overhead": (
        "研究开销 ÷ 各次推演（本机进程，CPU）",
        "around the runs ÷ the runs (local workers, CPU)",
    ),
    "target.cluster_overhead": (
        "研究开销 ÷ 各次推演（Dask，CPU）",
        "around the runs ÷ the runs (Dask, CPU)",
    ),
    "target.workers_gain": (
        "两个进程的增益 ÷ 空转进程的增益",
        "gain of two workers ÷ gain of two spinning processes",
    ),
    "target.estimate_off": (
        "预估时长偏差（倍），小研究",
        "estimate of the time, times off, a small study",
    ),
    "target.estimate_off_10": (
        "预估时长偏差（倍），10 倍次数",
        "estimate of the time, times off, ten times the runs",
    ),
    "readiness_targets": ("准备情况报告：{scenarios}", "A readiness report: {scenarios}"),
    "target.documents_share": (
        "出文件 ÷ 默认报告的推演（CPU）",
        "documents ÷ the runs of a default report (CPU)",
    ),
    "readiness_cost": (
        (
            "出文件 {documents_s:.1f} 秒；示意报告的推演 {quick_runs_s:.0f} 秒；"
            "默认报告约 {full_runs} 次推演，{full_runs_s:.0f} 秒（处理器时间）"
        ),
        (
            "documents {documents_s:.1f} s; runs of an indicative report {quick_runs_s:.0f} s; "
            "of a default one about {full_runs} runs, {full_runs_s:.0f} s (CPU)"
        ),
    ),
    "gains": (
        "同一分钟内，两个进程与一个之比：推演 {workers:.2f} 倍，空转 {spinning:.2f} 倍",
        (
            "in the same minute two workers do {workers:.2f} × the runs of one, "
            "and two spinning processes {spinning:.2f} × the turns of one"
        ),
    ),
    "met": ("已达争取值", "aim met"),
    "reached": ("已达；距争取值 {times:.2f} 倍", "reached; aim is {times:.2f} × away"),
    "missed": (
        "未达；距应达值 {reach:.2f} 倍，距争取值 {times:.2f} 倍",
        "missed: reach is {reach:.2f} × away, aim {times:.2f} ×",
    ),
    "unmeasured": ("未测", "not measured"),
    "oracle_same": (
        "快速调度与 networkx 对照逐字节相同：{rows} 行，SHA-256 {digest}",
        "fast dispatch and the networkx oracle agree to the byte: {rows} rows, SHA-256 {digest}",
    ),
    "oracle_differs": (
        "快速调度与 networkx 对照不同！{digest} ≠ {oracle}",
        "fast dispatch and the networkx oracle differ! {digest} ≠ {oracle}",
    ),
    "compared": (
        "机械按比例的总成本比较前 {hours:.0f} 小时",
        "totals with the fleet in proportion are compared over the first {hours:.0f} h",
    ),
    "skipped": ("未测 {name}：{reason}", "not measured: {name}: {reason}"),
}


def bench_word(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang`, with `values` filled in."""
    text = BENCH_WORDS[key][1 if lang == "en" else 0]
    return text.format(**values) if values else text
