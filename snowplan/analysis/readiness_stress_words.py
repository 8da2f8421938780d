"""The items of STRESS-DES (Monks et al. 2019, Journal of Simulation), answered in two languages.

Each row: item, key, Chinese, English; figures in { } come from the study itself.
"""

from __future__ import annotations

STRESS: tuple[tuple[str, str, str, str], ...] = (
    (
        "1.1",
        "purpose",
        "在下雪之前判断：以现有机械、人员、融雪剂和堆雪点，预案各级时限守得住哪些、守不住哪些。",
        (
            "To judge before the snow which limits of the plan can be held, grade by grade, with "
            "the machines, people, de-icer and dump points there are."
        ),
    ),
    (
        "1.2",
        "outputs",
        (
            "{limits} 项时限各自的守住概率和余量（小时）、能力边界（毫米）、再添一份能早的分钟"
            "，以及库存、运雪和到达。算法见 docs/readiness.md。"
        ),
        (
            "For {limits} limits the probability that they hold and the margin (h); the "
            "capability envelope (mm); minutes gained by one more of each means; stock, hauling "
            "and access. How each is reckoned stands in docs/readiness.md."
        ),
    ),
    (
        "1.3",
        "aims",
        (
            "情景 {scenarios} 个：{storms}。以概率 {p:g} 为准，降雪量按 {lowest:g}—{highest:g} 倍"
            "的 {factors} 级搜索，并逐区试再添一份。"
        ),
        (
            "{scenarios} scenarios: {storms}. A limit should hold with probability {p:g}; "
            "snowfall is searched over {factors} factors from {lowest:g} to {highest:g}; one "
            "more of each means is tried zone by zone."
        ),
    ),
    (
        "2.1",
        "overview",
        (
            "流程：预报与降雪 → 出动 → 决定（按预案次序）→ 行驶、装料、撒布、推雪、滚刷、人工、运"
            "雪 → 路段通、净、运。各步见 docs/model.md。"
        ),
        (
            "Flow: forecast and snow → call-out → decision by the plan's order → driving, "
            "loading, spreading, ploughing, brushing, hand work, hauling → sections open, clean, "
            "hauled. Each step stands in docs/model.md."
        ),
    ),
    (
        "2.2",
        "base_logic",
        (
            "离散事件：每台机械、每辆车、每队人按班次工作，每次干完就按预案挑下一件到期的活；雪按"
            "时间落下、被压实或融化。"
        ),
        (
            "Discrete events: every machine, truck and squad works its shifts and, when done, "
            "takes the next work due by the plan; snow falls, is packed and melts with time."
        ),
    ),
    (
        "2.3",
        "scenario_logic",
        (
            "各情景同图、同预案、同台账，只有天气、雪情等级和时长不同；求能力边界只改降雪量，放宽一样和“"
            "再添一份”只改所说的那一种。"
        ),
        (
            "Scenarios share map, plan and tables and differ in weather, grade and horizon "
            "alone; the envelope changes the snowfall only, a relief or one more only the means "
            "named."
        ),
    ),
    (
        "2.4",
        "algorithms",
        (
            "行车取最短时间路径；派活按（次序、到期时刻、路程时间、编号）取最先；能力边界逐次对半搜"
            "索；公式见 docs/model.md。"
        ),
        (
            "Ways are those of least travel time; work is taken by (rank, instant due, travel "
            "time, number); the envelope is searched by halving. Formulas stand in docs/model.md."
        ),
    ),
    (
        "2.5.1",
        "entities",
        (
            "路段 {sections} 段由本中心清（全图 {all_sections} 段、路口 {junctions} 个），机械 "
            "{machines} 台，运雪车 {trucks} 辆，人工班组 {squads} 队。"
        ),
        (
            "{sections} sections that the centre clears (of {all_sections}, with {junctions} "
            "junctions), {machines} machines, {trucks} trucks, {squads} squads."
        ),
    ),
    (
        "2.5.2",
        "activities",
        (
            "集结、行驶、装料、撒布、推、刷、刮、装雪、运雪、卸雪、人工清雪、修理；时长由距离、车"
            "速、雪深和抽样得出。"
        ),
        (
            "Muster, driving, loading, spreading, ploughing, brushing, grading, loading snow, "
            "hauling, unloading, hand work, repair; how long each takes follows from distance, "
            "speed, depth and what is drawn."
        ),
    ),
    (
        "2.5.3",
        "resources",
        (
            "储备点 {depots} 处、装料车位 {bays} 个，堆雪点 {dumps} 处、门 {gates} 个，班次 "
            "{shifts} 项，融雪剂库存。"
        ),
        (
            "{depots} depots with {bays} bays, {dumps} dump points with {gates} gates, {shifts} "
            "rows of shifts, stock of de-icer."
        ),
    ),
    (
        "2.5.4",
        "queues",
        (
            "装料车位、装载机旁、堆雪点门前排队，先到先办；没有班组、没有料、没有活也等，原因记入"
            "事件。"
        ),
        (
            "Lines at bays, loaders and gates, first come first served; waits for a crew, for "
            "stock or for work are recorded with their reasons."
        ),
    ),
    (
        "2.5.5",
        "entry_exit",
        (
            "机械、车辆和班组始终在系统内，上班即可派、下班即停；雪进（降落），出（融化、运走、留"
            "在绿带）。"
        ),
        (
            "Machines, trucks and squads stay in the system and are on or off duty; snow comes "
            "in as it falls and leaves by melting, hauling and on verges."
        ),
    ),
    (
        "3.1",
        "sources",
        (
            "给定数据 {facts} 行，每行有出处和标记，其中假设 {assumed} 行；另有路网的假设 "
            "{of_map} 项。`snowplan facts` 可查。"
        ),
        (
            "{facts} rows of given facts, each with source and tag, {assumed} of them assumed; "
            "{of_map} more are assumptions of the map. `snowplan facts` shows them."
        ),
    ),
    (
        "3.2",
        "pre_processing",
        "{files} 个输入文件按原样读入并严格检查，每个的 SHA-256 列在附录；{map_zh}",
        (
            "{files} input files are read as they are and checked strictly; the SHA-256 of each "
            "stands in this appendix. {map_en}"
        ),
    ),
    (
        "3.3",
        "input_parameters",
        "全部输入就是附录中的情景文本和所列文件；变动的量有 {varied} 项，见附录“降雪与推演”。",
        (
            "All inputs are the scenario texts of this appendix and the files listed; {varied} "
            "quantities vary, named under storms and runs in this appendix."
        ),
    ),
    (
        "3.4",
        "assumptions",
        "凡假设的数都列在“假设的数字”一节，连同文件和位置，供本单位逐项替换。",
        (
            "Every figure that is assumed is listed under assumptions with its file and place, "
            "for the centre to replace."
        ),
    ),
    (
        "4.1",
        "initialisation",
        (
            "从情景开始时刻起算：路上无雪（除非情景另给），机械在所属点；一场雪是有终点的过程，不"
            "设预热期。"
        ),
        (
            "Runs begin at the scenario's start with bare roads (unless the scenario says "
            "otherwise) and machines at their depots. A storm comes to an end: there is no "
            "warm-up."
        ),
    ),
    (
        "4.2",
        "run_length",
        "每次模拟 {told_h} h，到情景终点为止；终点后的时限记为未知。",
        (
            "Each run covers {told_h} h, to the scenario's horizon; limits "
            "beyond it are told as unknown."
        ),
    ),
    (
        "4.3",
        "estimation",
        (
            "各情景 {told_n} 次，能力边界每个倍数 {envelope_n} 次，“再添一份"
            "”{told_more} 次；比例用 Clopper–Pearson {confidence:g}% 区间，成对差用 t "
            "区间，能力边界的分位数用非中心 t。"
        ),
        (
            "{told_n} replications of each scenario, {envelope_n} of the "
            "envelope, {told_more} of one more; intervals of {confidence:g}%: "
            "Clopper-Pearson for shares, t for paired differences, the noncentral t for "
            "quantiles of the envelope."
        ),
    ),
    (
        "5.1",
        "software",
        "snowplan {version}，Python {python}，NumPy {numpy}；事件由 SimPy 推进。",
        "snowplan {version}, Python {python}, NumPy {numpy}; SimPy moves the events.",
    ),
    (
        "5.2",
        "random_sampling",
        (
            "每个对象、每种用途一条 Philox 随机流；第 r 次用随机种子起点加 r，各情景为 "
            "{first_seed}—{last_seed}，相比的方案遇到同样的运气。"
        ),
        (
            "One Philox stream for each entity and purpose; replication r draws with the first "
            "run seed plus r ({first_seed} to {last_seed} for the scenarios): what is compared "
            "meets the same luck."
        ),
    ),
    (
        "5.3",
        "execution",
        (
            "共 {runs} 次模拟（情景 {of_grades}、能力边界 {of_envelope}、放宽一样 {of_relief}、"
            "再添一份 {of_marginal}），失败 {failed} 次；同时发生的事按固定次序处理。"
        ),
        (
            "{runs} runs (scenarios {of_grades}, envelope {of_envelope}, reliefs {of_relief}, "
            "one more {of_marginal}), {failed} failed; what happens at one instant has a fixed "
            "order."
        ),
    ),
    (
        "5.4",
        "system",
        (
            "时钟为整毫秒，质量为整克；用几个进程、按什么次序跑，结果逐字节相同。耗时由 "
            "`snowplan bench` 测得。"
        ),
        (
            "The clock counts whole milliseconds, masses whole grams; results are the same to "
            "the byte for any number of workers and order of runs. `snowplan bench` measures the "
            "time."
        ),
    ),
    (
        "6.1",
        "sharing",
        "程序以 MIT 许可发布；同一版本、同样的输入文件和随机种子即可重算本报告的全部数字。",
        (
            "The program is released under the MIT licence; the same version, input files and "
            "run seeds give every figure of this report again."
        ),
    ),
)

SCHEMATIC = ("路网是示意图，不是实测。", "The map is a schematic, not surveyed.")
TO = ("—", " to ")  # from the least to the most
STORM = ("{title}（{mm:g} mm，{hours:g} h）", "{title} ({mm:g} mm in {hours:g} h)")
