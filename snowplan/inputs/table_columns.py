"""Columns of the tables that a user may bring, for `snowplan schema`: name, unit, what it is.

`source` and `tag` may stand in every one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

ZONE = ("zone", "", "区，路网的区名", "zone, by the map's names")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an input table; `may_lack` where it may be left out or blank."""

    name: str
    unit: str
    zh: str
    en: str
    may_lack: bool = False


def _columns(
    *rows: tuple[str, str, str, str], may_lack: tuple[str, ...] = ()
) -> tuple[Column, ...]:
    return tuple(Column(*row, may_lack=row[0] in may_lack) for row in rows)


# By the table's name, without `.csv`.
INPUT_TABLES: dict[str, tuple[Column, ...]] = {
    "machine_types": _columns(
        ("kind", "", "机种", "kind of machine"),
        ("zh", "", "中文名", "Chinese name"),
        (
            "work", "", "作业：plough 推、sweep 扫、spread 撒、grade_packed 铲、load_snow 装、none",
            "what it does: plough, sweep, spread, grade_packed, load_snow, none",
        ),
        ("main_kph", "km/h", "在快速路、主次干路的作业速度", "working speed on wide roads"),
        (
            "local_kph", "km/h", "在支路、背街小巷的作业速度",
            "working speed on branch roads and lanes",
        ),
        ("travel_kph", "km/h", "空驶速度", "speed without work"),
        ("depth_k", "", "雪深使速度下降的系数", "how depth slows the work"),
        ("width_m", "m", "作业宽度", "working width"),
        ("residual_mm", "mm", "一趟后留雪", "snow left after a pass"),
        ("rough_residual_mm", "mm", "在粗糙路面一趟后留雪", "the same on rough pavement"),
        ("ceiling_mm", "mm", "可清的最大雪深", "deepest snow it can take"),
        ("layer_mm", "mm", "一趟铲下的压实雪", "packed snow taken in a pass"),
        (
            "classes", "", "可去的道路等级，空格分开",
            "road classes it may work on, with blanks between",
        ),
        ("capacity_kg", "kg", "料斗容量；没有则 0", "hopper; 0 without one"),
        ("crew_size", "", "每班人数", "people in a crew"),
        ("fuel_l_per_h", "l/h", "油耗", "fuel"),
        (
            "load_m3_h", "m³/h", "装车能力，装载机和抛雪机才有",
            "snow loaded an hour, loaders and blowers",
        ),
        may_lack=("load_m3_h",),
    ),
    "machines": _columns(
        ("id", "", "编号", "id"),
        ("kind", "", "机种", "kind of machine"),
        ("depot", "", "所属储备点", "home depot"),
        ("serviceable", "", "true 可用，false 停用", "true if it may go out"),
    ),
    "depots": _columns(
        ("id", "", "编号", "id"),
        ("name", "", "名称", "name"),
        ZONE,
        ("lon", "°", "经度", "longitude"),
        ("lat", "°", "纬度", "latitude"),
        ("bays", "", "装料车位", "loading bays"),
        ("loading_kg_per_min", "kg/min", "每车位装料速度", "loading rate of a bay"),
        ("product", "", "融雪剂品种", "de-icer"),
        ("stock_kg", "kg", "库存", "stock"),
    ),
    "crews": _columns(
        ("id", "", "编号", "id"),
        ZONE,
        (
            "kind", "", "所开的机种，或 truck，或人工班组的组",
            "the kind of machine they drive, truck, or a group of squads",
        ),
        ("start", "", "上班钟点，如 20:00", "start of the shift, such as 20:00"),
        ("length_h", "h", "班次长度", "length of the shift"),
        ("crews", "", "班组数", "number of crews"),
    ),
    "trucks": _columns(
        ("id", "", "编号", "id"),
        ZONE,
        ("volume_m3", "m³", "每车装雪体积", "snow a load"),
        ("loaded_kph", "km/h", "重车车速", "speed loaded"),
        ("empty_kph", "km/h", "空车车速", "speed empty"),
    ),
    "dump_points": _columns(
        ("id", "", "编号", "id"),
        ("name", "", "名称", "name"),
        ("name_en", "", "英文名", "English name"),
        ZONE,
        ("lon", "°", "经度", "longitude"),
        ("lat", "°", "纬度", "latitude"),
        ("gates", "", "同时卸雪的门数", "gates, a truck at each"),
        ("unload_min", "min", "一车卸雪时间", "time to unload a truck"),
        ("capacity_m3", "m³", "容量", "room"),
        ("filled_m3", "m³", "已用", "used already"),
        (
            "green", "", "true 为绿地，off_green 时不收含融雪剂的雪",
            "true on green space: under off_green no snow with de-icer",
        ),
    ),
    "squads": _columns(
        ("id", "", "编号", "id"),
        ZONE,
        (
            "group", "", "clearing 环卫、office 机关、rural 乡村公司",
            "clearing (sanitation), office (office staff), rural (rural companies)",
        ),
        ("squads", "", "队数", "squads"),
        ("workers", "", "每队人数", "workers a squad"),
        ("transport_kph", "km/h", "转场车速", "speed between places"),
        (
            "sections", "", "所包路段号，空格分开；空白为全区",
            "ids of their sections, with blanks between; blank for the zone's",
        ),
        may_lack=("sections",),
    ),
    "frontage": _columns(
        ZONE,
        (
            "coverage", "0–1", "人行道中归门前责任区的份额",
            "share of pavements with a frontage duty",
        ),
        ("compliance", "0–1", "履责的份额", "share whose owners do it"),
        ("delay_h", "h", "雪停后多久清", "hours after snow stops"),
        ("thrown_back", "0–1", "抛回路面的份额", "share thrown back on the road"),
    ),
}  # fmt: skip
