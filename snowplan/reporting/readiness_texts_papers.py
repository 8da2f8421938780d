"""Words on findings, assumptions and the appendix."""

from __future__ import annotations

PAPER_TEXTS: dict[str, tuple[str, str]] = {
    "findings": ("预案检查发现的问题", "What the check of the plan found"),
    "findings.says": (
        (
            "不经推演、只按数字核对预案所见，以该级最大的一场雪计；注明“本场”的，以报告所用的那场雪"
            "计。“做不到”：按所列速率无论如何做不到；“有缺口”：缺人、缺物或没有规定；“请留意”：也可"
            "能本意如此。"
        ),
        (
            "Found by arithmetic alone, without simulation, for the fullest storm of a grade; "
            "those marked own, for the storm of this report. Impossible: at the stated rates it "
            "cannot be done; gap: somebody or something is missing; note: it may be meant so."
        ),
    ),
    "findings.table": ("发现的问题", "Findings"),
    "findings.severity": ("轻重", "kind"),
    "findings.grades": ("雪级", "snow"),
    "findings.text": ("内容", "finding"),
    "findings.none": ("没有发现问题。", "Nothing was found."),
    "findings.own": ("{names}（本场）", "{names} (own)"),
    "findings.any": ("各级", "any"),
    "assumptions": (
        "假设的数字：请逐步换成本中心的实数",
        "Assumed figures: to be replaced by the centre's own",
    ),
    "assumptions.says": (
        (
            "下列表中的 {n} 行数字是假设（标记 A），没有本地出处，结论随之而变。同一文件、同一来源"
            "、相同的合并为一行，“处”是合并了几行。换数字：用“snowplan init”写出的工作簿，或 "
            "seeds/ 中的同名表。"
        ),
        (
            "The figures of these {n} rows are assumptions (tag A) without a local source; the "
            "verdicts rest on them. Alike ones of one file and source stand on one line, n of "
            "them. To replace them: the workbook of snowplan init, or the table of that name in "
            "seeds/."
        ),
    ),
    "assumptions.none": ("没有标为假设的数字。", "No figure is tagged as assumed."),
    "assumptions.table": ("假设的数字（标记 A）：{file}", "Assumed figures (tag A): {file}"),
    "assumptions.figure": ("数字", "figures"),
    "assumptions.where": ("用在", "where"),
    "assumptions.source": ("来源：{source}", "Source: {source}"),
    "assumptions.rows": ("处", "n"),
    "appendix": ("附录", "Appendix"),
    "appendix.scenarios": ("降雪与推演", "Storms and runs"),
    "appendix.scenarios_table": ("各场降雪", "Storms"),
    "appendix.grade": ("等级", "grade"),
    "appendix.mm": ("降雪 mm", "snow mm"),
    "appendix.hours": ("时长 h", "hours"),
    "appendix.air": ("气温 °C", "air °C"),
    "appendix.start": ("开始", "start"),
    "appendix.stops": ("雪停", "snow stops"),
    "appendix.horizon": ("推演 h", "horizon h"),
    "appendix.n": ("次数", "runs"),
    "appendix.failed": ("失败", "failed"),
    "appendix.folder": ("文件夹", "folder"),
    "appendix.reference": ("参照推演的文件夹", "Folders of the reference runs"),
    "appendix.runs": (
        (
            "推演次数：各级 {grades}，能力边界 {envelope}，放宽一样 {relief}，再添一份 {marginal}；"
            "另有 {failed} 次失败。"
        ),
        (
            "Runs: grades {grades}, envelope {envelope}, easing one kind {relief}, one more "
            "{marginal}; {failed} more failed."
        ),
    ),
    "appendix.made": (
        (
            "snowplan {version}，Python {python}，NumPy {numpy}；随机种子 {run_seed}，第 r 次推演用"
            "种子加 r。"
        ),
        (
            "snowplan {version}, Python {python}, NumPy {numpy}; run seed {run_seed}, replication "
            "r draws with the seed plus r."
        ),
    ),
    "appendix.varied": (
        "各次推演之间随机变动的：{names}。",
        "What varied from run to run: {names}.",
    ),
    "appendix.fixed": ("没有随机变动的因素。", "Nothing varied from run to run."),
    "appendix.seeds": ("{title}：种子 {span}。", "{title}: seeds {span}."),
    "appendix.ledgers": ("账目：参照推演", "Ledgers of the reference runs"),
    "appendix.ledgers_says": (
        "每克雪、每克融雪剂、每台机械的每毫秒都有去处；差额须为 0。",
        (
            "Every gram of snow and of de-icer, and every millisecond of each machine, is "
            "accounted for; the residual must be 0."
        ),
    ),
    "appendix.ledgers_table": (
        "账目（雪、融雪剂：吨；机械和班组时间：小时；差额：克或毫秒）",
        "Ledgers (snow, de-icer: t; time: h; residual: grams or milliseconds)",
    ),
    "appendix.account": ("账", "account"),
    "appendix.term": ("项", "term"),
    "appendix.inputs": ("输入文件", "Input files"),
    "appendix.inputs_table": ("输入文件及其 SHA-256", "Input files and their SHA-256"),
    "appendix.file": ("文件", "file"),
    "appendix.stress": ("STRESS-DES 报告项目", "STRESS-DES reporting items"),
    "appendix.stress_table": (
        "按 STRESS-DES（离散事件模拟研究的报告规范）逐项说明",
        "By STRESS-DES, the guideline for reports of discrete-event simulation",
    ),
    "appendix.item": ("项", "item"),
    "appendix.said": ("说明", "what holds here"),
    "appendix.toml": ("场景文件：{title}", "Scenario file: {title}"),
}  # fmt: skip
