"""Words on means: machines, de-icer, people, hauling."""

from __future__ import annotations

MEANS_TEXTS: dict[str, tuple[str, str]] = {
    "machines": ("机械：完好与需要", "Machines: serviceable and needed"),
    "machines.says": (
        (
            "在册 {listed} 台，完好 {serviceable} 台，停用或在修 {repair} 台；因班组不足待命 "
            "{standby} 台。{short}"
        ),
        (
            "{listed} listed, {serviceable} serviceable, {repair} out of service; {standby} "
            "stand by for lack of crews. {short}"
        ),
    ),
    "machines.short": (
        "完好台数连算术下限都不够的有：{names}。",
        "Fewer serviceable than even the arithmetic needs: {names}.",
    ),
    "machines.enough": (
        "各区各类完好台数都不少于算术下限；不少于下限不等于够用。",
        "No zone has fewer than the arithmetic needs at least; that does not mean enough.",
    ),
    "machines.short_storm": ("{title}：{kinds}", "{title}: {kinds}"),
    "machines.short_kind": ("{kind}（{zones}）", "{kind} ({zones})"),
    "machines.table": ("各区各类机械", "Machines by zone and kind"),
    "machines.listed": ("在册", "listed"),
    "machines.serviceable": ("完好", "fit"),
    "machines.repair": ("停修", "out"),
    "machines.crews": ("班组", "crews"),
    "machines.standby": ("待命", "standby"),
    "machines.needed": ("算术下限（不等于够用）", "at least, by arithmetic"),
    "machines.peak": ("推演中同时出动最多", "most at work in the runs"),
    "machines.note": (
        (
            "推演中同时出动最多：同时作业、行驶或装料的最多台数（各次推演的中位数），是实际要用的台"
            "数。算术下限：全速不停、不空驶、不等待、不故障，把本区这类作业做一遍正好在时限内的台数"
            "；没有这么多一定不够，有这么多未必够，时限仍可能守不住。× 表示完好台数不够下限；— 表示"
            "本级没有这类作业或无法预先计算。班组：各班次最少至最多。待命：完好而最大班次也没有班组"
            "的台数。"
        ),
        (
            "Most at work in the runs: working, driving or loading at one time (median); so many "
            "are really used. At least, by arithmetic: so many do one round of the zone's work of "
            "that kind within the limits, at full rate without driving, waiting or failure; with "
            "fewer it cannot be done, with as many limits may be missed nevertheless. ×: fewer are "
            "fit than that; —: no such work at that grade, or not to be reckoned before. Crews: "
            "least to most of a shift. Standby: fit, yet without a crew in the largest shift."
        ),
    ),
    "machines.missed": (
        (
            "{names}：没有一类机械少于算术下限，推演中仍有时限守不住；差在路上、等待、故障和作业次"
            "序，见后面“能力边界”“时间用在哪里”两章。"
        ),
        (
            "{names}: no kind falls short of the arithmetic, yet limits are missed in the runs: "
            "driving, waiting, failures and the order of work make the difference (see the "
            "chapters on how much snow can be held and on what held the city back)."
        ),
    ),
    "machines.mended": ("停用和在修的机械", "Machines out of service"),
    "machines.mended_none": ("没有停用或在修的机械。", "No machine is out of service."),
    "machines.machine": ("编号", "machine"),
    "machines.depot": ("停放点", "depot"),
    "machines.why": ("说明", "note"),
    "machines.none": ("没有登记机械。", "No machines are listed."),
    # De-icer
    "deicer": ("融雪剂：够撒几遍、够几场", "De-icer: how many doses, how many storms"),
    "deicer.says": (
        (
            "{depots} 个储备点共存 {stock} 吨。一遍：把储备点所管的路面按预案撒一次的用量{dose}。再"
            "订货点：订货到货前可能下的几场雪要用掉的量（以 {p} 的把握），存量低于它就该订货；缺少"
            "其中某级降雪的推演时没有这个数。{below}"
        ),
        (
            "Depots: {depots}, {stock} t in stock. A dose treats once all that the plan treats "
            "around the depot{dose}. Re-order point: what the storms that may fall before a "
            "delivery take, with probability {p}; below it, order. It is not known where a grade "
            "that may come was not run. {below}"
        ),
    ),
    "deicer.at": (
        "（按{title}：{dose} g/m²，路面 {pavement} °C）",
        " ({title}: {dose} g/m² at {pavement} °C of the pavement)",
    ),
    "deicer.below": ("现已低于再订货点：{names}。", "Below it now: {names}."),
    "deicer.fine": ("已知的都不低于再订货点。", "None is known to be below it."),
    "deicer.none": ("没有融雪剂储备点。", "There are no depots."),
    "deicer.table": ("各储备点存量", "Stocks by depot"),
    "deicer.depot": ("储备点", "depot"),
    "deicer.product": ("品种", "product"),
    "deicer.stock": ("存量 t", "stock t"),
    "deicer.dose": ("一遍 t", "dose t"),
    "deicer.doses": ("够几遍", "doses"),
    "deicer.reorder": ("再订货点 t", "re-order t"),
    "deicer.low": ("低于再订货点", "below"),
    "deicer.storms_table": (
        "每场用量、够几场、缺料次数",
        "Tonnes a storm, storms until empty, stock-outs",
    ),
    "deicer.used": ("用量 t", "used t"),
    "deicer.storms": ("够几场", "storms"),
    "deicer.outs": ("缺料", "out"),
    "deicer.note": (
        (
            "用量是装出量，含雪停时还在料斗里的。够几场：存量除以每场平均装出量；— 表示该级不装料；"
            "≥、<：有推演把料装完或缺料，本来还会用得更多。再订货点按撒出的量加一次料斗余料推算。"
            "缺料：每场撒布车到点而无料的平均次数。"
        ),
        (
            "Used is what was loaded, what is left in hoppers included. Storms: stock by what a "
            "storm takes on the mean; — where none is loaded; ≥, <: a run emptied the depot or "
            "found no stock, and would have taken more. The re-order point is what is spread, and "
            "once what hoppers still hold. Out: times a spreader found no stock, a storm on the "
            "mean."
        ),
    ),
    # People
    "people": ("人员：班组、集结与人工", "People: crews, muster and hand work"),
    "people.shifts": ("各班次班组数对机械数", "Crews against machines by shift"),
    "people.shift": ("班次", "shift"),
    "people.hours": ("{start} 起 {h} h", "{start}, {h} h"),
    "people.short": ("缺", "short"),
    "people.says": (
        "表中为“班组/机械”；班组少于机械的，多出的机械在该班次无人开。{short}",
        "Crews/machines; where crews are fewer, machines stand in that shift. {short}",
    ),
    "people.lacks": ("共缺 {n} 个班组：{names}。", "Crews short: {n} ({names})."),
    "people.lack": ("{zone}{kind} {start} 班缺 {n}", "{zone} {kind}, {start} shift: {n}"),
    "people.full": ("没有缺口。", "None is short."),
    "people.muster": (
        "集结：从出动令到各班组开始作业的分钟数",
        "Muster: minutes from call-out to start",
    ),
    "people.muster_says": (
        "预案承诺 {promised} 分钟内集结、{start} 分钟内开始作业。",
        "The plan promises muster within {promised} min and a start within {start} min.",
    ),
    "people.median": ("中位", "median"),
    "people.p90": ("九成以内", "90 % within"),
    "people.most": ("最慢", "slowest"),
    "people.over": ("九成超过承诺", "beyond the promise"),
    "people.hands": ("各区人工（班组/人）", "Hand workers by zone (squads/workers)"),
    "people.none": ("没有登记班组。", "No crews are listed."),
    # Hauling
    "hauling": ("清运：运雪车与堆雪点", "Hauling: trucks and dump points"),
    "hauling.trucks": ("运雪车", "Trucks"),
    "hauling.truck_count": ("运雪车（辆）", "trucks"),
    "hauling.load": ("每车 m³", "load m³"),
    "hauling.says": (
        "{trucks} 辆运雪车；能收含融雪剂的雪的堆雪点余量共 {room} m³{shut}。",
        "{trucks} trucks; dump points that take snow with de-icer have room for {room} m³{shut}.",
    ),
    "hauling.shut_room": (
        "，另有 {room} m³ 在绿地上（*），不收这种雪，不计入合计",
        "; another {room} m³ on green space (*) is shut to such snow and not in the total",
    ),
    "hauling.must": ("须运之雪（估算）", "to be hauled (estimate)"),
    "hauling.note": (
        (
            "够几场：余量除以每场的量。运来的量是推演中实际运到的；须运之雪照预案检查的算法估算，含"
            "人工清到路边的雪，折成堆雪点里的体积，没有分到各点。— 表示该级不运雪。"
        ),
        (
            "Storms: room by what a storm brings. What came is what the runs brought; what must be "
            "hauled is estimated as in the check of the plan, with what hands bring to the kerb, "
            "as it would lie in the dumps, not by dump point. —: nothing is hauled at that grade."
        ),
    ),
    "hauling.weakest": ("最先满的：{names}。", "Full first: {names}."),
    "hauling.first_full": (
        "{title}，{name}，运来的量够 {storms} 场",
        "{title}, {name}, after {storms} storms of what came",
    ),
    "hauling.unmet": (
        "{names}：运雪未能每次都在时限内做完，运来的量偏少；全部运完，能容的场数比“够几场”少。",
        (
            "{names}: hauling was not always done in time, so that less came than should; with all "
            "of it hauled the room lasts for fewer storms than told."
        ),
    ),
    "hauling.none": ("没有运雪车或堆雪点。", "There are neither trucks nor dump points."),
    "hauling.dumps": ("堆雪点能装几场雪", "Dump points in storms"),
    "hauling.dump": ("堆雪点", "dump point"),
    "hauling.room": ("余量 m³", "room m³"),
    "hauling.brought": ("每场 m³", "m³"),
    "hauling.storms": ("够几场", "storms"),
}  # fmt: skip
