"""Words of Mudanjiang's 48 h beside a run of it, in Chinese and in English."""

from __future__ import annotations

HAULING_WORDS: dict[str, tuple[str, str]] = {
    "unit.m3": ("m³", "m³"),
    "unit.loads": ("车", "loads"),
    "unit.share": ("份额", "share"),
    "mudanjiang_truck_m3.title": ("每车方量", "m³ a truckload"),
    "mudanjiang_truck_m3.how": (
        "{m3:,.0f} m³ ÷ {loads:,} 车",
        "{m3:,.0f} m³ ÷ {loads:,} loads",
    ),
    "mudanjiang_truck_m3.below": (
        "有车未装满就卸：处理过的雪与别的雪不同车，或换机械时雪已装完",
        (
            "some trucks unload before they are full: snow with de-icer is kept apart, or what lay"
            " there was gone"
        ),
    ),
    "mudanjiang_truck_m3.above": (
        "运雪车的容积大于公开数字折合的每车方量",
        "the trucks are larger than the published load",
    ),
    "mudanjiang_loads.title": (
        "雪停后 {mudanjiang_h:g} 小时运雪车次",
        "loads in {mudanjiang_h:g} h after the snow",
    ),
    "mudanjiang_loads.how": (
        "{trucks:,} 辆车、{loaders:,} 台装载机和抛雪机；此时段之外另有 {outside:,} 车",
        "{trucks:,} trucks, {loaders:,} loaders and blowers; {outside:,} loads outside these hours",
    ),
    "mudanjiang_loads.below": (
        (
            "车不少而转得慢：{gate:.0%} 的时间在堆雪点排队，{line:.0%} 排队等装，{way:.0%} 在路上，"
            "{idle:.0%} 无活；堆雪点的位置、门数和 5 分钟卸车都是假设"
        ),
        (
            "trucks are many and turn slowly: {gate:.0%} of their time in line at the dump points,"
            " {line:.0%} in line for a loader, {way:.0%} on the way, {idle:.0%} with nothing due;"
            " places, gates and the time to unload are assumed"
        ),
    ),
    "mudanjiang_loads.above": (
        (
            "推演中车的时间 {gate:.0%} 在堆雪点排队，{line:.0%} 排队等装，{way:.0%} 在路上，"
            "{idle:.0%} 无活；牡丹江的路程、排队和工时没有公开数字，无从对照；路网、堆雪点和"
            "装载机台数是代用或假设"
        ),
        (
            "here trucks spend {gate:.0%} of their time in line at the dump points, {line:.0%} in"
            " line for a loader, {way:.0%} on the way, {idle:.0%} with nothing due; nothing is"
            " published of Mudanjiang's ways, lines and hours; roads, dump points and loaders stand"
            " in for its own"
        ),
    ),
    "mudanjiang_m3.title": (
        "雪停后 {mudanjiang_h:g} 小时运雪方量",
        "m³ hauled in {mudanjiang_h:g} h after the snow",
    ),
    "mudanjiang_m3.how": (
        "{loads:,} 车，按 {density:g} kg/m³",
        "{loads:,} loads at {density:g} kg/m³",
    ),
    "mudanjiang_m3.below": (
        "车次少（见上一行），每车方量一样",
        "there are fewer loads (see the row above), each as large",
    ),
    "mudanjiang_m3.above": (
        "车次多（见上一行），每车方量一样",
        "there are more loads (see the row above), each as large",
    ),
    "mudanjiang_loads_a_day.title": ("每车每天车次", "loads a truck in 24 h"),
    "mudanjiang_loads_a_day.how": (
        (
            "雪停后 {mudanjiang_h:g} h 内 {loads:,} 车 ÷ {trucks:,} 辆 ÷ {days:g} 天（主表下的每车"
            "每天 {daily:.1f} 车另计雪停前的，自第一次装车到最后一次卸雪 {span_h:,.1f} h）；车的"
            "时间 {gate:.0%} 在堆雪点排队，{line:.0%} 等装，{way:.0%} 在路上，{idle:.0%} 无活"
        ),
        (
            "{loads:,} loads in {mudanjiang_h:g} h after the snow ÷ {trucks:,} trucks ÷ {days:g}"
            " days (the {daily:.1f} a day below the main table count those before its end too, over"
            " {span_h:,.1f} h from the first loading to the last unloading); of the trucks' time"
            " {gate:.0%} in line at the dump points, {line:.0%} for a loader, {way:.0%} on the way,"
            " {idle:.0%} with nothing due"
        ),
    ),
    "mudanjiang_loads_a_day.below": (
        (
            "堆雪点排队占 {gate:.0%}：位置、门数和卸车时间是假设，不是牡丹江的，选堆雪点的规则影响"
            "最大（试 --set plan.hauling.dump_rule）"
        ),
        (
            "{gate:.0%} of the time goes into lines at the dump points: their places, gates and"
            " minutes are assumed, not Mudanjiang's, and the rule that chooses among them matters"
            " most (try --set plan.hauling.dump_rule)"
        ),
    ),
    "mudanjiang_loads_a_day.above": (
        (
            "在路上只占 {way:.0%}，堆雪点排队占 {gate:.0%}：位置、门数、卸车时间和路网是假设或"
            "代用，选堆雪点的规则影响最大（试 --set plan.hauling.dump_rule）"
        ),
        (
            "only {way:.0%} of the time is spent on the way and {gate:.0%} in line at the dump"
            " points: places, gates, minutes and roads are not Mudanjiang's, and the rule that"
            " chooses among dump points matters most (try --set plan.hauling.dump_rule)"
        ),
    ),
    "mudanjiang_share.title": (
        "运走的雪占应运路段落雪的份额",
        "share of the snow of the hauled streets that was hauled",
    ),
    "mudanjiang_share.how": (
        "装车 {loaded:,.0f} t ÷ {fallen:,.0f} t（{m2:.2f} 百万 m² 上的落雪，含雪停前装的）",
        (
            "{loaded:,.0f} t loaded ÷ {fallen:,.0f} t that fell on {m2:.2f} million m², loads"
            " before the end of the snow included"
        ),
    ),
    "mudanjiang_share.below": (
        "到模拟结束还有雪堆未运（见每车每天车次），路边留雪也不运",
        ("windrows still lie at the end (see loads a truck), and what verges take is not hauled"),
    ),
    "mudanjiang_share.above": (
        "推演中路边容雪少，几乎全部推下的雪都要运；公开数字按估计的密度折算",
        (
            "verges take little here, so that nearly all that is ploughed is hauled; the published"
            " share rests on an assumed density"
        ),
    ),
}
