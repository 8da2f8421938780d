"""Words on the clearance in time: tables by class and zone, curves, maps, streets, access."""

from __future__ import annotations

TIME_TEXTS: dict[str, tuple[str, str]] = {
    "timeline": ("清雪进程", "The clearance in time"),
    "timeline.by_zone": (
        "各级道路各区最后一段何时通、何时净",
        "When the last section of each class and zone is done",
    ),
    "timeline.says": (
        (
            "小时自雪停起算，负数为雪停之前（各次推演的中位数）；“未断”：从未阻断（或始终洁净），没"
            "有时刻；—：居中的那次推演到终点仍未达到；空白：该区没有这级道路。“*”：有的推演到终点仍"
            "有路段未达到。"
        ),
        (
            "Hours after snow stops, negative before (medians over the runs); never: never blocked "
            "(or always clean), so that there is no hour; —: in the median run not reached by the "
            "end; blank: the zone has no such road. *: in some runs sections were left at the end "
            "of the simulation."
        ),
    ),
    "timeline.table": (
        "{title}：最后一段通行、净路（雪停后小时）",
        "{title}: last section open, clean (h after snow)",
    ),
    "timeline.untouched": ("未断", "never"),
    "streets.never": ("从未阻断", "never"),
    "timeline.open": ("通", "open"),
    "timeline.clean": ("净", "clean"),
    "timeline.curves": ("进程曲线", "Curves"),
    "timeline.curves_picture": (
        "可通行（左）与已净（右）的面积占比，各次推演的中位数",
        "Share of area open (left) and clean (right), medians over the runs",
    ),
    "timeline.hours": ("雪停后小时", "hours after snow stops"),
    "timeline.opened": ("可通行 %", "% open"),
    "timeline.cleaned": ("已净 %", "% clean"),
    "timeline.stops": ("雪停", "snow stops"),
    "timeline.map": ("各路段何时通行", "When each section is open"),
    "timeline.map_picture": (
        "各路段何时通行（雪停后小时，各次推演的中位数{schematic}）",
        "When each section is open (h after snow stops, medians{schematic})",
    ),
    "timeline.schematic": ("；路网为示意图，不可量取", "; schematic map, not to be measured"),
    "timeline.within": ("≤ {h} h", "≤ {h} h"),
    "timeline.between": ("{low}–{high} h", "{low}–{high} h"),
    "timeline.beyond": ("> {h} h", "> {h} h"),
    "timeline.never": ("到终点未通", "not open by the end"),
    "timeline.other": ("非本中心养护", "other operator"),
    "timeline.none": ("没有需要清扫的路段。", "There are no sections to clear."),
    # Streets
    "streets": ("最慢的 {n} 条街", "The {n} slowest streets"),
    "streets.says": (
        "按各次推演中最后一段通行时间的中位数排列，再按净路。小时自雪停起算；从未阻断的没有通行时刻。",
        (
            "By the median of the time when the last section is open, then clean. Hours after snow "
            "stops; never: it was never blocked."
        ),
    ),
    "streets.table": ("最慢的街道：{title}", "Slowest streets: {title}"),
    "streets.road": ("街道", "street"),
    "streets.class": ("等级", "class"),
    "streets.sections": ("路段", "sections"),
    "streets.km": ("长 km", "km"),
    "streets.opened": ("通行 h", "open h"),
    "streets.cleared": ("净路 h", "clean h"),
    "streets.late": ("终点未净", "left"),
    "streets.note": (
        "“终点未净”：到推演终点仍未净的路段数（平均）；—：居中的那次推演到终点仍未达到。",
        (
            "Left: sections not clean by the end of the simulation (mean); —: in the median run "
            "not reached by the end."
        ),
    ),
    # Access
    "access": (
        "医院、车站等重点部位何时接通",
        "When hospitals, stations and other places are joined",
    ),
    "access.says": (
        (
            "接通：从开始下雪起多少分钟后，经已通行的路段与主路网（快速路、主干路全通时最大的连通部"
            "分）的大半连上并一直保持；0 为始终未断。中位、九成：半数、九成的推演不晚于此。断开：其"
            "间与主路网断开的分钟数（中位）。"
        ),
        (
            "Joined: minutes after the onset of snow until the place is connected for good, over "
            "open sections, to most of the main network (the largest connected part of expressways "
            "and main roads when all are open); 0: never cut off. Half, 90 %: half, nine tenths "
            "of the runs no later. Apart: minutes cut off meanwhile (median)."
        ),
    ),
    "access.table": (
        "重点部位接通时间（分钟，开始下雪后）",
        "Access to places (minutes after onset)",
    ),
    "access.place": ("重点部位", "place"),
    "access.median": ("中位", "half"),
    "access.p90": ("九成", "90 %"),
    "access.apart": ("断开", "apart"),
    "access.none": ("地图上没有标出重点部位。", "The map names no such places."),
    "access.note": (
        "“*”：有的推演到终点仍未接通；—：居中（或九成）的那次推演到终点仍未接通。",
        "*: in some runs not joined by the end; —: nor in the median run (or that of the 90 %).",
    ),
}  # fmt: skip
