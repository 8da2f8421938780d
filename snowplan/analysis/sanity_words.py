"""Words of the sanity table, in Chinese and in English; figures are filled in from the run
and from the rows of published figures, which are named by their ids."""

from __future__ import annotations

from snowplan.analysis.sanity_hauling_words import HAULING_WORDS

SANITY_WORDS: dict[str, tuple[str, str]] = {
    **HAULING_WORDS,
    "nothing": ("本次推演没有可比的作业", "this run did nothing that could be compared"),
    "unit.m2/h": ("m²/h", "m²/h"),
    "unit.m2": ("m²", "m²"),
    "unit.rounds": ("遍", "rounds"),
    "unit.km": ("km", "km"),
    "unit.doses": ("次", "doses"),
    "unit.h": ("h", "h"),
    # Roller brushes
    "brush_light.title": (
        "滚刷车净清扫面积，轻雪速度，作业时",
        "net m² an hour of sweeping by a roller brush, light speed",
    ),
    "brush_light.how": (
        (
            "{passes:,}/{of:,} 趟以轻雪速度（平均 {kph:.1f} km/h）：{m2:,.0f} m² ÷ {hours:,.0f} h"
            " = {gross:,.0f} m²/h；÷ {many:g} 至 {few:g} 遍"
        ),
        (
            "{passes:,} of {of:,} passes at light speed ({kph:.1f} km/h on average): {m2:,.0f} m²"
            " ÷ {hours:,.0f} h = {gross:,.0f} m²/h; ÷ {many:g} to {few:g} rounds"
        ),
    ),
    "brush_light.below": (
        "刷宽与 {kph:.1f} km/h 的乘积低于和平区 {heping_rollers:g} 台滚刷之数",
        "width times {kph:.1f} km/h is less than Heping's {heping_rollers:g} rollers did",
    ),
    "brush_light.above": (
        "此处只计刷雪的时间；和平区的 {heping_h:g} 小时里还有空驶和等待",
        "only sweeping is counted here; Heping's {heping_h:g} h hold driving and waiting, too",
    ),
    "brush_heavy.title": (
        "滚刷车净清扫面积，重雪速度，作业时",
        "net m² an hour of sweeping by a roller brush, heavy speed",
    ),
    "brush_heavy.how": (
        (
            "{width:.2f} m × {kph:.1f} km/h = {gross:,.0f} m²/h；÷ {many:g} 至 {few:g} 遍"
            "（本次 {slow:,}/{of:,} 趟这样慢）"
        ),
        (
            "{width:.2f} m × {kph:.1f} km/h = {gross:,.0f} m²/h; ÷ {many:g} to {few:g} rounds"
            " ({slow:,} of {of:,} passes of this run were so slow)"
        ),
    ),
    "brush_heavy.below": (
        (
            "雪深 {ceiling:g} mm 时速度由 {light:g} 降到 {kph:.1f} km/h，达不到和平区的数字："
            "那样的夜里滚刷只能跟在推雪车后面或在雪薄时刷"
        ),
        (
            "at {ceiling:g} mm the speed falls from {light:g} to {kph:.1f} km/h and cannot reach"
            " Heping's figure: there the brushes must have followed ploughs or swept thin snow"
        ),
    ),
    "brush_heavy.above": (
        "重雪速度 {kph:.1f} km/h 偏高：降速系数应加大",
        "the heavy speed of {kph:.1f} km/h is too high: speed should fall more with depth",
    ),
    "brush_under_way.title": (
        "滚刷车净清扫面积，含空驶",
        "net m² an hour under way by a roller brush, driving included",
    ),
    "brush_under_way.how": (
        (
            "{m2:,.0f} m² ÷（刷 {work_h:,.0f} h + 空驶 {drive_h:,.0f} h）= {gross:,.0f} m²/h；"
            "÷ {many:g} 至 {few:g} 遍"
        ),
        (
            "{m2:,.0f} m² ÷ ({work_h:,.0f} h sweeping + {drive_h:,.0f} h driving) ="
            " {gross:,.0f} m²/h; ÷ {many:g} to {few:g} rounds"
        ),
    ),
    "brush_under_way.below": (
        (
            "在外时间只有 {share:.0%} 在刷雪：刷 {work_km:,.0f} km，空驶 {drive_km:,.0f} km。"
            "动态派车按到期先后在全区调车，没有定车定段；只算刷雪时为 {sweeping:,.0f} 以上"
        ),
        (
            "only {share:.0%} of the time under way is sweeping: {work_km:,.0f} km swept,"
            " {drive_km:,.0f} km driven empty. Dispatch sends machines across a zone by what"
            " is due first and gives none its own streets; sweeping alone comes to"
            " {sweeping:,.0f} or more"
        ),
    ),
    "brush_under_way.above": (
        "空驶只占 {drive_km:,.0f} km，车在外时间 {share:.0%} 在刷雪，比和平区更连续",
        (
            "only {drive_km:,.0f} km are driven empty and {share:.0%} of the time is sweeping:"
            " more steadily than in Heping"
        ),
    ),
    # Rounds, kilometres
    "rounds_main.title": ("大雪之夜主干路遍数", "rounds over main roads in the heavy night"),
    "rounds_main.how": (
        "{worked:,.0f} m² ÷ {area:,.0f} m²（推 {ploughed:.1f} 遍，刷 {swept:.1f} 遍）",
        "{worked:,.0f} m² ÷ {area:,.0f} m² ({ploughed:.1f} by ploughs, {swept:.1f} by brushes)",
    ),
    "rounds_main.below": (
        "推 {ploughed:.1f} 遍、刷 {swept:.1f} 遍即净：触发雪深使同一条带少刷几遍",
        (
            "{ploughed:.1f} rounds of ploughs and {swept:.1f} of brushes leave it clean: the"
            " trigger depths ask for fewer"
        ),
    ),
    "rounds_main.above": (
        "推雪后滚刷每次跟进，推 {ploughed:.1f} 遍加刷 {swept:.1f} 遍；长春、莱山的遍数为往返趟数",
        (
            "brushes follow every plough: {ploughed:.1f} rounds and {swept:.1f}; Changchun"
            " and Laishan count trips"
        ),
    ),
    "km_a_vehicle.title": (
        "每车 {taiyuan_h:g} 小时备勤里程",
        "km a vehicle over a standby of {taiyuan_h:g} h",
    ),
    "km_a_vehicle.how": (
        "{km:,.0f} km ÷ {count} 台 ÷ {hours:.1f} h × {standby:g} h（平均 {kph:.1f} km/h）",
        (
            "{km:,.0f} km ÷ {count} machines ÷ {hours:.1f} h × {standby:g} h"
            " ({kph:.1f} km/h on average)"
        ),
    ),
    "km_a_vehicle.below": (
        "平均每车每小时 {kph:.1f} km，低于太原的 {their_kph:.1f} km：多数时间没有到期的活",
        (
            "{kph:.1f} km a vehicle and hour, below Taiyuan's {their_kph:.1f}: for most of the"
            " time nothing is due"
        ),
    ),
    "km_a_vehicle.above": (
        (
            "只算作业为 {worked:,.0f} km，空驶占里程 {deadhead:.0%}。推演中只要有活到期车就不停，"
            "平均 {kph:.1f} km/h；太原 {km_a_vehicle:g} km 只合 {their_kph:.1f} km/h，"
            "多数时间在原地备勤"
        ),
        (
            "work alone is {worked:,.0f} km; {deadhead:.0%} of the way is driven empty. In"
            " the run machines move whenever something is due, {kph:.1f} km/h on average;"
            " Taiyuan's {km_a_vehicle:g} km are {their_kph:.1f} km/h: standing by for most of"
            " the time"
        ),
    ),
    # Area, stock
    "m2_a_large.title": ("每台大型机械担负面积", "m² a large machine"),
    "m2_a_large.how": (
        "{area:.2f} 百万 m² ÷ {count} 台（小型除雪机除外）",
        "{area:.2f} million m² ÷ {count} machines (small ones aside)",
    ),
    "m2_a_large.below": (
        "路网机械清扫面积 {area:.2f} 百万 m² 偏小，或 {count} 台中并非都是大型机械",
        "the map's {area:.2f} million m² are few, or not all of the {count} are large",
    ),
    "m2_a_large.above": (
        (
            "支路和小巷占 {minor:.2f} 百万 m²，和平区只计 {heping_roads:g} 条路；"
            "不计则每台 {without:,.0f} m²。机种构成为假设，"
            "其中 {idle} 台本次没有清扫（装载、抛雪等）"
        ),
        (
            "branch roads and lanes make {minor:.2f} million m², Heping counts"
            " {heping_roads:g} roads;"
            " without them {without:,.0f} m² each. The split of the fleet is assumed, and"
            " {idle} of these did not clear in this run (loaders, blowers and the like)"
        ),
    ),
    "m2_a_machine.title": ("每台机械担负面积（含小型）", "m² a machine, small ones included"),
    "m2_a_machine.how": (
        "{area:.2f} 百万 m² ÷ {count} 台",
        "{area:.2f} million m² ÷ {count} machines",
    ),
    "m2_a_machine.below": (
        "路网机械清扫面积 {area:.2f} 百万 m² 偏小",
        "the map's {area:.2f} million m² are few",
    ),
    "m2_a_machine.above": (
        (
            "和平区 {heping_machines:g} 台里有 {heping_small:g} 台小型，这里假设小型较少；"
            "支路和小巷 {minor:.2f} 百万 m²，不计则每台 {without:,.0f} m²"
        ),
        (
            "{heping_small:g} of Heping's {heping_machines:g} are small, fewer are assumed here;"
            " branch roads and lanes make {minor:.2f} million m², without them"
            " {without:,.0f} m² each"
        ),
    ),
    "doses_in_stock.title": (
        "融雪剂存量可撒次数（每次 {beijing_dose:g} g/m²）",
        "full doses of {beijing_dose:g} g/m² in stock",
    ),
    "doses_in_stock.how": (
        "{stock:,.0f} t ÷ {area:.2f} 百万 m² = {per:.0f} g/m²；÷ {cap:g} g/m²",
        "{stock:,.0f} t ÷ {area:.2f} million m² = {per:.0f} g/m²; ÷ {cap:g} g/m²",
    ),
    "doses_in_stock.below": (
        (
            "各点 {stock:,.0f} t 为假设，按一场雪备料；北京的 {beijing_g_m2:g} g/m² 备一个雪季。"
            "本次用去 {spread:.0f} t（{share:.0%}）"
        ),
        (
            "the {stock:,.0f} t are assumed, for one storm; Beijing's {beijing_g_m2:g} g/m²"
            " were for a winter. This run used {spread:.0f} t ({share:.0%})"
        ),
    ),
    "doses_in_stock.above": (
        "各点 {stock:,.0f} t 为假设，本次只用 {spread:.0f} t（{share:.0%}）",
        "the {stock:,.0f} t are assumed; this run used only {spread:.0f} t ({share:.0%})",
    ),
    # Hours
    "hours_to_passable.title": (
        "开工到 95% 主干路稳定通行",
        "hours from the start of work to passable main roads (95 %)",
    ),
    "hours_to_passable.how": (
        "{begin} 开工，{end} 稳定通行，相隔 {hours:.1f} h",
        "work from {begin}, passable for good at {end}: {hours:.1f} h",
    ),
    "hours_to_passable.below": (
        "开工后 {falling:.1f} h 雪停，主干路早已通行：降雪慢于清雪",
        (
            "snow stops {falling:.1f} h after work begins and main roads are open by then: it"
            " falls more slowly than it is cleared"
        ),
    ),
    "hours_to_passable.above": (
        (
            "开工后雪还下 {falling:.1f} h（{stops} 止），通行在雪停时 {after:+.1f} h；"
            "公开的几夜清晨前雪已停（长春下了 {changchun_h:g} h）"
        ),
        (
            "snow falls for {falling:.1f} h after work begins (until {stops}); passable"
            " {after:+.1f} h from then. In the published nights it had stopped by the morning"
            " (Changchun: {changchun_h:g} h of snow)"
        ),
    ),
    "hours_to_bare.title": (
        "开工到 95% 主干路净",
        "hours from the start of work to bare main roads (95 %)",
    ),
    "hours_to_bare.how": (
        "{begin} 开工，{end} 净，相隔 {hours:.1f} h",
        "work from {begin}, clean for good at {end}: {hours:.1f} h",
    ),
    "hours_to_bare.below": (
        "开工后 {falling:.1f} h 雪停，其后 {after:.1f} h 即净",
        "snow stops {falling:.1f} h after work begins and {after:.1f} h later roads are clean",
    ),
    "hours_to_bare.above": (
        (
            "雪在开工后下了 {falling:.1f} h 才停（{stops}），停后 {after:.1f} h 净；"
            "“净”要求每条带松雪不超过 {clean:g} mm 且无压实雪，严于“基本见底”"
        ),
        (
            "snow falls for {falling:.1f} h after work begins (until {stops}) and roads are"
            " clean {after:.1f} h later; clean asks for at most {clean:g} mm and nothing packed on"
            " every strip, which is more than 'basically bare'"
        ),
    ),
}


def sanity_word(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang`, with `values` filled in."""
    text = SANITY_WORDS[key][1 if lang == "en" else 0]
    return text.format(**values) if values else text
