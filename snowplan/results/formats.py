"""The page `docs/formats.md`, made from the declaration of the tables."""

from __future__ import annotations

from snowplan.results.log import EVENT_KINDS, REASONS
from snowplan.results.schema import Table
from snowplan.results.tables import TABLES

INTRO = """# Files of a run folder · 运行结果文件

<!-- Made by snowplan.results.formats from snowplan/results/tables.py; change it there. -->

`runs/<时间 time>-<情景 scenario>-<哈希 hash>/` 写全后才改名，从不覆盖；`manifest.json` 的 `files` 列出每个文件的 SHA-256。
The folder gets its name when it is whole and nothing is ever overwritten; `files` in `manifest.json` lists every file with its SHA-256.

所有 `_ms` 为情景开始以来的整毫秒；区间含起点、不含终点；"稳定"指直到模拟终点不再反复。
Every `_ms` is whole milliseconds since the scenario's start; intervals are half-open; *for good* means until the horizon.

| file 文件 | content 内容 |
|---|---|
| `manifest.json` | 版本、随机种子、每个输入与输出的 SHA-256、时间、状态、随机因素 · version, run seed, SHA-256 of every input and output, times, state, what varied |
| `scenario.toml` | 展开后的情景 · the scenario, resolved |
| `summary.json` | 汇总 · summary |
| `ledger.json` | 收支账：`{snow, deicer, machines, groups: {terms…, residual}}`，账目差额应为 0 · accounts; residual is 0 |
| `state.json` | 用 `--store-at` 要求时：各时刻的全部状态，供 `--from` 接着推演；含格式版本、情景的输入、内容的 SHA-256 · if asked for with `--store-at`: the whole state at those instants, for `--from`; with format version, the scenario's inputs and the SHA-256 of the content |
"""  # noqa: E501 - a row of a Markdown table is one line

SUMMARY = """
## `summary.json`

| key | 单位 unit | 含义 | meaning |
|---|---|---|---|
| `grade` | | 判定的雪情等级（模拟终点时） | the snow grade in force at the end |
| `snow_stops_ms` | ms | 雪停；没有降雪为 null | when snow stops; null if none fell |
| `snow_unfinished` | | 到模拟结束仍在下雪：此时没有时限，也不判定达标 | still snowing at the end of the run: then there are no limits and no verdicts |
| `classes.<road_class>.opened`, `.cleared` | | 通行、净路 | opening and clearing |
| `classes.<road_class>.hauled` | | 净且雪堆已运走；只计曾有雪堆的路段 | clean and the windrow gone; only sections on which one stood |
| `classes.<road_class>.cycle_lane`, `.pavement` | | 非机动车道、人行道净；只计有此部位的路段 | cycle lanes and pavements clean; only sections that have them |
| … `n` | | 本级由中心清扫的路段数 | sections of the class that the centre clears |
| … `never_blocked` | | 从未阻断（净路：从未不净）的路段数 | never blocked (cleared: never other than clean) |
| … `not_by_horizon` | | 模拟结束仍未通（未净）的路段数 | not by the horizon |
| … `timed` | | 有时刻的路段数 = n − never_blocked − not_by_horizon;分位数只按它们计算 | sections with a time; percentiles are over these alone |
| … `median_ms`, `p95_ms`, `last_ms` | ms | 中位、95 %、最后（按排序取值：第 ⌈p·timed⌉ 个）;没有则为 null | nearest rank: the ⌈p·timed⌉-th in order; null if there is none |
| … `limit_h` | h | 雪停后小时的时限（取严者） | limit in hours after snow stops (the stricter) |
| … `limit_kind` | | after_snow 或 by_clock | which limit binds |
| … `met` | | 全部路段是否达标；无时限或尚不能判断为 null | whether every section met it; null without limit or when still undecided |
| `hours` | h | 机械与运雪车作业和行驶的小时；运雪车含排队 | hours of machines and trucks at work or under way; trucks in line too |
| `cost_cny` | 元 | 融雪剂、燃料、司机、机械与运雪车台时、清雪工人 | de-icer, fuel, drivers, hire of machines and trucks, workers by hand |
| `hauling` | | 运雪；无装载机和运雪车为 null | hauling; null without loaders and trucks |
| … `loads`, `t`, `m3` | , t, m³ | 卸下的车次、吨数、体积（按车内密度） | loads, tonnes and volume unloaded (at the density in trucks) |
| … `loaded_t`, `in_trucks_t` | t | 装上车的；终点仍在车上的 | loaded; still in trucks at the end |
| … `loads_per_truck_day`, `span_h` | , h | 每车每天车次，天数自第一次装车到最后一次卸雪，至少一天 | loads a truck a day, days from the first loading to the last unloading, at least one |
| … `share_of_fallen`, `share_on_hauled`, `hauled_m2` | , , m² | 装走的占全部降雪、占曾有雪堆路段（含路侧）降雪之比；这些路段的面积 | loaded ÷ all snow; ÷ the snow of sections that had a windrow, sides included; their area |
| … `truck_waits_h`, `loader_waits_h` | h | 按原因的等待 | waits by cause |
| … `truck_early_h`, `loader_early_h` | h | 其中首次装车之前无活可干的 | of them, for want of work before the first loading |
| … `truck_km`, `truck_loaded_km` | km | 运雪车里程；其中重载 | distance of trucks; of it loaded |
| … `dumps_full` | | 告满的堆雪点 | dump points that were full |
| … `no_dump_ms` | ms | 首次有含融雪剂的雪而无堆雪点可收；没有则为 null | when a truck first held snow with de-icer that no dump point takes; null: never |
| `hand` | | 人工清雪与门前五包；无则为 null | hand work and frontage duty; null without both |
| … `worker_hours`, `m2`, `t` | h, m², t | 工时（在途和作业）、清雪面积、清走的雪 | hours of workers on the way and at work, area cleared, snow taken off |
| … `frontages`, `frontage_t`, `thrown_back_t` | , t, t | 履责的门前责任区处数、清走的雪、抛回路面的雪 | frontages cleared by their owners, snow taken off, snow thrown back |
"""  # noqa: E501 - as above


PHRASES = """
## `phrases.csv`, `phrases.json`

`snowplan phrases` 的结果；`phrases.csv` 每句话每项指标一行。
Results of `snowplan phrases`; `phrases.csv` has a row a phrase and measure.

| column | 含义 | meaning |
|---|---|---|
| `phrase`, `phrase_name` | 关闭的一句话，编号和名称 | the phrase that is off, key and name |
| `measure`, `measure_name` | 指标，编号和名称 | the measure, key and name |
| `meant` | 预案要这句话改善此项 | the plan means the phrase to better it |
| `unit` | 单位；时刻为雪停后（`hours_after` 为 start 则开始后）的 h | unit; instants are h after snow stops (after the start where `hours_after` is start) |
| `n` | 用到的成对推演数 | pairs of runs used |
| `on`, `off` | 全开、关此一句时的均值；不知则空 | means with all on and without the phrase; blank if unknown |
| `change`, `percent` | off − on 的均值；占 on 的百分比，时刻没有 | mean of off − on; per cent of on, none for instants |
| `low`, `high` | 变化的 95 % 区间，少于两对没有 | its 95 % interval, none below two pairs |
| `bound` | 有推演到终点仍未达到时：≥、≤ 变化的界，? 不定 | where runs ended at the horizon: ≥ or ≤ bounds the change, ? leaves it open |
| `on_at_least`, `off_at_least` | 均值含到终点仍未达到的推演 | the mean holds runs that ended at the horizon |
| `late_on`, `late_off` | 到终点仍未达到的路段数，各次之和 | sections not so far by the horizon, all runs together |
| `ended` | 两边都到终点的对数 | pairs of which both ended at the horizon |
| `by_counts` | 全部如此：按路段数判断 | all of them did: the counts decide |
| `verdict` | as_meant 如预案所愿、contrary 相反、no_difference 无差别、unclear 看不出差别、unknown 未知、neither 不分好坏 | more is neither better nor worse: neither |

`phrases.json`：`scenario`、`title`、`run_seeds`（随机种子）、`varied`、`indicative`（少于 5 次，仅供参考）、`hours_after`、`snow_stops_ms`、`horizon_ms`；`all_on.<measure>` 全开时的 `mean`、`n`、`at_least`、`late`；`phrases.<phrase>` 有 `measures.<measure>`（各列同上）、`meant`（要改善的各项和判断）、`price`（代价）、`moved`（变化最大的原因）、`identical`（与全开逐事件相同）、`same_clearing`（开工早晚不同而清雪不变）。
`phrases.json`: the study; `all_on.<measure>` means with all phrases on; `phrases.<phrase>` with `measures.<measure>` (columns as above), `meant` (what it is to better, and the verdict), `price` (what it costs), `moved` (what changed most), `identical` (every event the same), `same_clearing` (work began at another time, clearing did not).
"""  # noqa: E501 - as above

COMPARISON = """
## `comparison.csv`

`snowplan compare` 的结果：每个方案（基准除外）每项指标一行，决定性指标在前。`compare.json` 有同样的数字和其余全部。
Results of `snowplan compare`: a row a variant (but the baseline) and measure, deciding measures first. `compare.json` holds the same figures and all else.

| column | 含义 | meaning |
|---|---|---|
| `variant`, `variant_name` | 方案，编号和名称 | the variant, id and title |
| `measure`, `measure_name` | 指标，编号和名称 | the measure, key and name |
| `unit` | 单位；时刻为雪停后的 h，share 为 0 至 1 | unit; instants are h after the snow stops, share is 0 to 1 |
| `better` | less、more 何者为好；空为不分 | which is better; blank: neither |
| `decides` | 是否决定性指标 | whether it decides |
| `n` | 成对的推演数 | pairs of runs |
| `mean_baseline`, `mean` | 基准与此方案的均值 | means of the baseline and of the variant |
| `difference` | 此方案 − 基准，逐对之差的均值 | variant − baseline, mean over the pairs |
| `low`, `high`, `half_width` | 差别的区间及其半宽；逐件相同或少于两对则空 | its interval and half of it; blank where identical or below two pairs |
| `by` | 差别占基准均值的百分比 | per cent of the baseline's mean |
| `method` | t、bca（BCa 自助法）、same（逐件相同，恰为 0） | how the interval was made; same: identical, exactly 0 |
| `p`, `p_holm` | p 值；决定性指标经 Holm 校正的 p 值 | p; p after Holm, deciding measures alone |
| `asked`, `reached` | 要求的半宽，是否达到 | asked half-width, and whether it is reached |
| `verdict` | better 更好、worse 更差、more 更多、less 更少、no_difference 无差别、unclear 未分明、same 相同、unknown 无记录；uncorrected_… 未校正：非决定性指标，未作并比校正，只供参考 | the verdict |
| `late_baseline`, `late` | 到终点未达的路段数，各次之和 | sections not so far by the horizon, all runs together |
| `ended` | 两边都止于终点的对数，其差别按 0 计 | pairs of which both end at the horizon; their difference counts as 0 |
| `unknown` | 其中一边到终点仍不知是否按时的对数，不在 n 内 | pairs, not in n, of which one run ends before its limit with sections left |

## `limits.csv`

每个方案、降雪、道路等级（及其分区）的每个时限一行：全部路段按时的推演所占比例。
A row for each limit of a variant, storm and road class (and zone of it): the share of runs in which every section was in time.

| column | 含义 | meaning |
|---|---|---|
| `variant`, `variant_name` | 方案，编号和名称 | the variant, id and title |
| `storm`, `storm_name` | 降雪，编号和名称 | the storm, id and title |
| `road_class`, `road_class_name` | 道路等级，编号和名称 | road class, key and name |
| `zone`, `zone_name` | 分区，编号和名称；空为全区 | zone, id and name; blank: all of them |
| `aspect` | open 通行、clean 净路 | open, clean |
| `limit_h`, `limit_low_h`, `limit_high_h` | 时限，雪停后 h：各次推演的中位、最小、最大（随等级而不同） | the limit, h after the snow stops: median, least and most of all runs, as the grade may differ |
| `n`, `met`, `unknown` | 推演数，其中按时的，其中到终点仍不知是否按时的 | runs, those in time, and those that end before the limit with sections left |
| `share`, `low`, `high` | met / n，是可能的最小值；区间（Clopper–Pearson）：下端设不知者都误时，上端设其都按时 | met / n, the least that it can be; its interval (Clopper–Pearson): all unknown ones late for the low end, in time for the high end |
| `p90_h`, `p90_low`, `p90_high` | 最后一段完成时刻的第 90 百分位及其区间，雪停后 h；空为终点之后 | 90th percentile of the hour of the last section, and its interval, h after the snow stops; blank: beyond the horizon |
| `indicative` | 推演不足 36 次，仅供参考 | fewer than 36 runs: indicative only |
"""  # noqa: E501 - as above

COMPARED = """
## `compare.json`

`snowplan compare` 的全部结果；没有计时，同样的推演逐字节相同。没有的数为 null。
Everything that `snowplan compare` finds; no timings, so that the same runs give the same bytes. What there is not is null.

| key | 含义 | meaning |
|---|---|---|
| `study`, `title`, `title_en`, `source`, `map`, `schematic`, `confidence`, `run_seed`, `decide`, `primary`, `indifference`, `command` | 研究所问；得出同样结果的命令 | what the study asks; the command that gives the same |
| `first`, `cap`, `replications` | 首批、至多、基准实际推演的次数 | runs at first, at most, and those of the baseline |
| `varied` | 各次推演中变化的因素 | what varies from run to run |
| `stopped`, `not_reached` | 为何停止：reached 已够准、cap 到上限、fixed 次数已定、selected 已选出、no_figures 再推演也无用；未达到的 [方案, 指标] | why it ended: precise enough, at the cap, a fixed number, one selected, more runs of no use; [variant, measure] not reached |
| `variants`, `baseline` | 各方案：次数 `n`、储备点 `depots`、与基准的不同 `differences`（键、旧、新）、在几次后淘汰 `out_after` | each variant: its runs, depots, what differs from the baseline (key, old, new), after how many runs it was left out |
| `storms`, `snow_stops_ms` | 各场雪及权重；雪停时刻的中位 | each storm with its weight; median of the end of snow |
| `measures.<measure>` | 单位、小数位、何者为好、是否决定性 | unit, decimals, which is better, whether it decides |
| `means.<variant>.<measure>` | 均值及其区间 | mean and its interval |
| `differences.<variant>.<measure>` | 同 `comparison.csv`；`mean` 为差别，`skewness` 为偏度 | as `comparison.csv`; `mean` is the difference, with its skewness |
| `limits` | 同 `limits.csv` | as `limits.csv` |
| `common_numbers` | 同样的随机数使差别的方差缩小几倍：`ratios`、中位 `median`、最小 `least` | how many times less a difference varies for the draws in common |
| `depots.<variant>` | 各储备点每次推演的装料次数、等待、缺料、撒出、剩余 | by depot, a run: loads, waits, stock-outs, spread, left |
| `curves.<storm>.<variant>` | 通、净面积的千分数，每 `step_min` 分钟，`first_min` 起，以雪停为 0：中位和第 10、90 百分位 | per mille of the area open and clean, every `step_min` minutes from `first_min` on, 0 being the end of snow: median, 10th and 90th percentile |
| `sections`, `openings.<storm>.<variant>` | 路段；各段通行时刻的中位，雪停后 min：never 从未阻断、late 到终点未通 | sections; median of each one's opening, min after the snow stops: never blocked, late: not by the horizon |
| `selection` | 五种以上方案时的淘汰过程（KN） | how more than five variants were narrowed down (KN) |
| `binding` | 有无分得出的决定性指标；基准的机械时间去向，% | whether any deciding measure tells apart; where the baseline's machine time goes, % |
| `placement` | `plan depots`：各模型的解和界、各布局的两种名次、Kendall τ、次序相反的各对 | of `plan depots`: models with bounds, both ranks of each placement, Kendall's τ, pairs turned round |
| `failed` | 失败的推演及原因 | runs that failed, and why |
| `digest` | 全部推演数字的 SHA-256 | SHA-256 of the figures of all runs |

## `replications.csv`

每次推演一行：`variant`、`storm`、`run_seed`，然后每项指标一列，单位见[使用手册](users.md)；空为没有。时刻为雪停后 h，到终点未达的按终点计。
A row a run: `variant`, `storm`, `run_seed`, then a column for each measure in the unit told in [comparing.md](comparing.md); blank: none. Times are h after the snow stops; what was not done by the horizon counts the horizon.

存放处 `OUT/<研究>.replications/` 里有同样的数字、曲线和各路段时刻，一次推演一行，见 [comparing.md](comparing.md)；只供续算，不是交付的结果。
The store `OUT/<study>.replications/` holds the same figures with curves and openings, a line a run: see [comparing.md](comparing.md). It is there to go on from, not to hand on.
"""  # noqa: E501 - as above


def formats_page() -> str:
    """The whole page as Markdown."""
    listing = "".join(
        f"| `{table.file}` | {table.zh} · {table.en} |\n" for table in TABLES.values()
    )
    kinds = (
        "\n## 事件种类 · Kinds of events\n\n"
        + ", ".join(f"`{kind}`" for kind in EVENT_KINDS)
        + "\n\n原因 · reasons: "
        + ", ".join(f"`{reason}`" for reason in REASONS if reason)
        + "\n"
    )
    return (
        INTRO
        + listing
        + "".join(map(_section, TABLES.values()))
        + kinds
        + SUMMARY
        + COMPARISON
        + COMPARED
        + PHRASES
    )


def _section(table: Table) -> str:
    head = (
        f"\n## `{table.file}`\n\n{table.zh}。\n{table.en}.\n\n"
        "| column | dtype | 单位 unit | 含义 | meaning |\n|---|---|---|---|---|\n"
    )
    rows = "".join(
        f"| `{column.name}` | {column.dtype} | {column.unit} | {column.zh} | {column.en} |\n"
        for column in table.columns
    )
    return head + rows
