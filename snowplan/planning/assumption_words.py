"""Chinese words for assumed figures and their sources; what is not known here stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from snowplan.inputs.workbook_words import SHEETS

FIGURES = {
    "passable_depth_mm": "可通行深度 mm", "clean_depth_mm": "净路深度 mm",
    "packed_ridge_mm": "压实雪棱 mm", "packed_scrape_mm": "可刮压实雪 mm",
    "deicer_plough_extra_mm": "撒后可多刮 mm", "expressway": "快速路", "main": "主干路",
    "secondary": "次干路", "branch": "支路", "lane": "街巷", "open_h": "通行时限 h",
    "clear_h": "净路时限 h", "haul_h": "运雪时限 h", "open_by": "通行钟点",
    "repeat_after_h": "再撒间隔 h", "dry_h": "无雪几小时算停 h", "muster_min": "集结 min",
    "fixed_start": "固定上班", "from": "从", "to": "到", "max_shift_h": "最长班时 h",
    "min_rest_h": "最短休息 h", "mutual_aid_km": "互助半径 km", "due_rounding_min": "到期取整 min",
    "next_depot_if_empty": "缺料去下一点", "min_strips": "梯队最少条数",
    "on_open": "通行也成梯队",
    "dump_rule": "堆雪点选法", "due_kg_m": "起运量 kg/m", "left_kg_m": "可留量 kg/m",
    "spot_min": "换位 min", "m2_h": "每人每小时 m²", "residual_mm": "留雪 mm",
    "trigger_mm": "起清深度 mm", "office_classes": "机关包的等级", "light_h": "小雪时限 h",
    "moderate_h": "中雪时限 h", "heavy_h": "大雪时限 h", "blizzard_h": "暴雪时限 h",
    "cny": "元", "unit": "单位", "kind": "种类", "zone": "分区", "start": "上班",
    "length_h": "班时 h", "crews": "班组", "lon": "经度", "lat": "纬度", "bays": "装料车位",
    "loading_kg_per_min": "装料 kg/min", "product": "品种", "stock_kg": "存量 kg", "gates": "门数",
    "unload_min": "卸车 min", "capacity_m3": "容量 m³", "filled_m3": "已用 m³", "green": "绿地",
    "coverage": "包干比例", "compliance": "履行比例", "delay_h": "迟 h",
    "thrown_back": "抛回路面比例",
    "work": "作业", "main_kph": "干路车速 km/h", "local_kph": "支路车速 km/h",
    "travel_kph": "空驶车速 km/h", "depth_k": "深度系数", "width_m": "作业宽 m",
    "rough_residual_mm": "支路留雪 mm", "ceiling_mm": "最大雪深 mm", "layer_mm": "每遍刮 mm",
    "classes": "可作业等级", "capacity_kg": "装载 kg", "crew_size": "每班人数",
    "fuel_l_per_h": "油耗 l/h", "load_m3_h": "装雪 m³/h", "depot": "所属点", "serviceable": "完好",
    "from_c": "从 °C", "hauled_kg_m3": "车中密度 kg/m³", "per_vehicle": "每车压实",
    "film_mm": "薄层 mm",
    "offset_c": "路面差 °C", "mean_h": "平均 h", "mm_h_c": "每度每时融 mm", "group": "组",
    "squads": "队数", "workers": "每队人数", "transport_kph": "转场 km/h", "hour": "小时",
    "vehicles_per_lane": "每车道车数", "travel_factor": "车速系数", "volume_m3": "车厢 m³",
    "loaded_kph": "重车 km/h", "empty_kph": "空车 km/h", "distribution": "分布", "a": "a", "b": "b",
    "lower": "下限", "upper": "上限", "on": "启用", "probability": "把握",
    "confidence": "区间置信度",
    "lowest": "最低倍数", "highest": "最高倍数", "ratio": "倍数比", "coarse": "先试倍数",
    "machines": "推刷机械", "spreaders": "撒布车", "stock": "融雪剂", "graders": "刮除机械",
    "trucks": "运雪车", "loaders": "装载机械", "dumps": "堆雪点", "hands": "人工", "light": "小雪",
    "moderate": "中雪", "heavy": "大雪", "blizzard": "暴雪", "step_kg": "一份 kg",
    "worst_streets": "列几条路", "least_gain_h": "最小改善 h", "least_gain_share": "最小改善比例",
}  # fmt: skip
SOURCES = {
    "nothing found; assumed": "未查到，假设",
    "no published figure found; assumed": "未查到公布的数字，假设",
    "no published residual depth found; assumed": "未查到公布的留雪深度，假设",
    "assumed": "假设",
    "repeat interval assumed": "再撒间隔为假设",
    "legal hours not looked up; assumed": "未查法定工时，假设",
    "assumed; off: as stated": "假设；未启用：按情景所给",
    "office hours: assumed": "办公时间：假设",
    "nothing found; assumed without operator and fuel": "未查到；假设，不含司机和燃油",
    "hire with fuel but without driver: nothing found; assumed": "租车含油不含司机：未查到，假设",
    "300-400 kg/m3: nothing published found; assumed": "300–400 kg/m³：未查到公布的数字，假设",
    "modelled on Linyi 2023 and Yantai 2018": "仿临沂 2023、烟台 2018",
    "assumed: traffic falls by about one step a class": "假设：交通量逐级递减约一档",
    "hired machines from the highest level up: assumed after Mudanjiang": (
        "社会机械最高级起出动：仿牡丹江，假设"
    ),
    "graders and ice-breakers on packed snow: Harbin 2012; depths assumed": (
        "刮雪破冰清压实雪：哈尔滨 2012；深度为假设"
    ),
    "clearing after Linyi 2023 and Yantai 2018; opening and hauling hours assumed": (
        "净路仿临沂 2023、烟台 2018；通行和运雪时限为假设"
    ),
    (
        "clearing after Linyi 2023 and Yantai 2018; open by 07:00 after Yantai 2015; opening and "
        "hauling hours assumed"
    ): "净路仿临沂 2023、烟台 2018，7 时前通行仿烟台 2015；通行和运雪时限为假设",
    "manual crews from 05:00: Datong Daily 2024-02-22; slow muster assumed": (
        "人工 5 时上班：大同日报 2024-02-22；慢速集结为假设"
    ),
    "echelon working: Datong and Shenyang news; size assumed": (
        "梯队作业：大同、沈阳报道；规模为假设"
    ),
    "tree strips of about 1.5 m on main roads, less on others: assumed": (
        "主干路树池带约 1.5 m，其余较窄：假设"
    ),
    "60 s beside 4 buckets of 45 s a truck: nothing found; assumed": (
        "一车 4 斗各 45 秒，另加 60 秒：未查到，假设"
    ),
    "cycle lanes on main and secondary roads alone; shares assumed": (
        "只有主次干路有非机动车道；比例为假设"
    ),
    "hired trucks with one crew a truck on two shifts of 12 h, as machines: assumed": (
        "社会运雪车一车一班组、两班各 12 h，同机械：假设"
    ),
    (
        "invented point on the schematic map (假定); 5 min to unload, gates, capacity and use so "
        "far assumed"
    ): "示意图上的虚设点；卸车 5 分钟、门数、容量和已用均为假设",
    (
        "invented point on the schematic map (假定); 5 min to unload, gates, capacity and use so "
        "far assumed; on green space, closed to snow with de-icer"
    ): "示意图上的虚设点；卸车 5 分钟、门数、容量和已用均为假设；在绿地上，不收含融雪剂的雪",
    (
        "count of 140 from Datong Daily (late 2023); split by kind assumed after the shares of "
        "Shenyang 2019; home depot assumed"
    ): "140 台见大同日报（2023 年末）；各类台数仿沈阳 2019，所属点为假设",
    "spread of the total around the stated storm assumed; off: the storm is as stated": (
        "总量围绕所给情景的离散为假设；未启用：按情景所给"
    ),
    "assumed; off: the forecast is as stated": "假设；未启用：按所给预报",
    "late comers after the promised 30 min (Hohhot 2014); mean assumed": (
        "承诺 30 分钟（呼和浩特 2014）之后的迟到；均值为假设"
    ),
    "around 20 min a load; spread assumed": "一次约 20 分钟；离散为假设",
    "around 5 min a truck; spread assumed": "一车约 5 分钟；离散为假设",
    "how finely the capability envelope is searched: assumed": "能力边界搜得多细：假设",
    "wide enough to lift a means that binds; assumed": "足以解除制约：假设",
    "less is the luck of the order of work: assumed": "再小只是作业次序的偶然：假设",
    (
        "own district first: 47 dump points tiered by district in Urumqi; no class is hauled "
        "whole, about 30 trucks carry off the marked key roads within a day or two; main roads "
        "that got de-icer come on top by [hauling.treated] off_green, and 32 trucks cannot hold"
        " that: assumed"
    ): (
        "先运本区：乌鲁木齐 47 处堆雪点按区分级；没有整级全运的路，约 30 辆车一两天运走标明的"
        "重点路；撒过融雪剂的主干路按 [hauling.treated] off_green 另加，32 辆车运不完：假设"
    ),
    (
        "2 workers, 800 m of road in 4 h, Beijing: 200-600 m2 an hour a worker; residual, "
        "trigger and classes assumed"
    ): ("北京 2 人 4 h 清 800 m 路：每人每小时 200–600 m²；留雪、起清深度和等级为假设"),
    ("driver 3,500 + 650 CNY a month, Fujian 2014; hourly figure assumed"): (
        "司机每月 3,500 + 650 元，福建 2014；每小时数为假设"
    ),
    ("workers 1,900-2,300 CNY a month, Fujian 2014; hourly figure assumed"): (
        "工人每月 1,900–2,300 元，福建 2014；每小时数为假设"
    ),
    (
        "crews rotate while machines run: Xincheng Environment, Datong Daily 2024-02-22; two "
        "shifts of 12 h and one crew a machine assumed"
    ): ("人歇车不歇：新成环境，大同日报 2024-02-22；两班各 12 h、一车一班组为假设"),
    (
        "manual crews from 05:00: Xincheng Environment, Datong Daily 2024-02-22; two shifts of "
        "8 h, one crew a squad, assumed"
    ): ("人工 5 时上班：新成环境，大同日报 2024-02-22；两班各 8 h、一队一班组为假设"),
    (
        "five areas 东南西北中 from Datong Daily (late 2023); place, bays, rate (7 t in 20 "
        "min) and 60 t assumed"
    ): ("东南西北中五片见大同日报（2023 年末）；位置、车位、装料速度（20 分钟 7 t）和 60 t 为假设"),
    (
        "门前五包: Datong Daily (late 2023) names the duty; coverage, compliance, delay and share "
        "thrown back assumed"
    ): ("门前五包见大同日报（2023 年末）；包干、履行、迟延和抛回比例为假设"),
    (
        "working speed 15 light and 5 heavy km/h from public Q&A pages; depth_k set so that 15 "
        "km/h falls to 5 km/h at the 50 mm ceiling; width, residual and fuel assumed"
    ): (
        "车速小雪 15、大雪 5 km/h 见公开问答；深度系数使 50 mm 时由 15 降到 5 km/h；宽度、留"
        "雪和油耗为假设"
    ),
    (
        "width 3.05-3.2 m and 75-125 L/100 km from US city and county plough plans; speed "
        "lowered for city traffic; large-plough depth factor 0.04 from a public productivity "
        "calculator; residual assumed"
    ): (
        "宽 3.05–3.2 m、油耗 75–125 L/100 km 见美国市县推雪预案；车速按城市交通调低；深度系数"
        " 0.04 见公开的工效计算；留雪为假设"
    ),
    (
        "load 7 t from 15-20 t a day in 2-3 loads (Grand Traverse county); spread width, speed "
        "and fuel assumed"
    ): ("每日 15–20 t 分 2–3 车，故一车 7 t（Grand Traverse 县）；撒布宽、车速和油耗为假设"),
    (
        "class of a 3 m3 bucket loader; 4 buckets of 45 s (Caterpillar: 45-55 s a cycle) for "
        "10.4 m3: 208 m3/h; speeds and fuel assumed"
    ): (
        "3 m³ 斗的装载机；10.4 m³ 需 4 斗，每斗 45 秒（卡特彼勒 45–55 秒）：208 m³/h；车速和"
        "油耗为假设"
    ),
    ("takes a thin layer each pass (Greater Sudbury); speed, width, layer and fuel assumed"): (
        "每遍刮薄薄一层（Greater Sudbury）；车速、宽度、层厚和油耗为假设"
    ),
    ("role on packed snow from Harbin 2012; none in the default fleet; figures assumed"): (
        "清压实雪见哈尔滨 2012；现有车队没有；数字为假设"
    ),
    (
        "100 office staff sent out at Yantai Laishan, 11 January; 200, squads of 20 and 20 km/h"
        " assumed"
    ): ("烟台莱山 1 月 11 日出动机关 100 人；200 人、每队 20 人和 20 km/h 为假设"),
    (
        "peak windows 07-09 and 17-19 with machines preferring to work outside them (Datong "
        "Daily 2024-02-22 for the evening); volumes and factors assumed"
    ): ("早晚高峰 7–9、17–19 时，机械尽量避开（晚高峰见大同日报 2024-02-22）；车流量和系数为假设"),
    (
        "10.4 m3 a load: Mudanjiang 55,000 m3 in 5,300 loads; 3.2 trucks a loader from an "
        "unnamed county (14 Dec 2023); zone, 30 km/h loaded and 40 km/h empty assumed"
    ): (
        "每车 10.4 m³：牡丹江 5,300 车运 55,000 m³；一台装载机配 3.2 辆车见某县（2023-12-14）"
        "；分区、重车 30、空车 40 km/h 为假设"
    ),
    ("around the time of loading one truck (45-55 s a cycle, Caterpillar); spread assumed"): (
        "围绕装一车的时间（每斗 45–55 秒，卡特彼勒）；离散为假设"
    ),
    ("service levels are judged by nine storms in ten: assumed; confidence as in comparisons"): (
        "十场雪守住九场为准：假设；区间置信度同方案比选"
    ),
    ("delivery within about a fortnight and 15-30 snow days a year (Shanxi, 2021): assumed"): (
        "约两周到货，每年 15–30 个雪日（山西 2021）：假设"
    ),
    "as asked by the centre's managers; assumed": "按中心管理者所提：假设",
}


def figures_zh(file: str, figures: Iterable[str]) -> str:
    """Names of figures: as the workbook heads the columns of that table, else as known here."""
    stem = PurePosixPath(file).stem
    of_table = {
        heading.name: heading.words("zh")
        for sheet in SHEETS if sheet.table == stem for heading in sheet.headings
    }  # fmt: skip
    return ", ".join(of_table.get(name) or FIGURES.get(name, name) for name in figures)


def source_zh(source: str) -> str:
    """A source in Chinese where it is one of those that recur."""
    return SOURCES.get(source, source)
