"""The workbook of a centre's tables: its sheets and headings in Chinese and in English."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from snowplan.inputs.read_table import plain
from snowplan.inputs.table_columns import INPUT_TABLES

HEADING = re.compile(r"(?P<name>.+?)(\((?P<unit>[^()]*)\))?")
UNITS = {
    "kg": ("kg", "千克", "公斤"),
    "kg/min": ("kg/min", "kg/分钟", "kg/分", "千克/分钟", "公斤/分钟"),
    "h": ("h", "小时", "hours"),
    "min": ("min", "分钟", "minutes"),
    "m³": ("m3", "立方米", "方"),
    "km/h": ("km/h", "公里/小时", "千米/小时"),
    "°": ("°", "度", "degrees"),
    "0–1": ("0–1", "0-1"),
}
YES_NO_WORDS = (("是", "true"), ("否", "false"), ("yes", "true"), ("no", "false"))


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its name in the tables, its words, the sort of its cells, its unit.

    Sorts are text, number, time, yes_no, date, and whatever names are known of: kind, depot, zone,
    product, group, machine.
    """

    name: str
    zh: str
    en: str
    sort: str
    unit: str = ""
    note_zh: str = ""
    note_en: str = ""

    def words(self, lang: str) -> str:
        """The heading as the form has it: `库存量（kg）`, `Stock (kg)`."""
        if not self.unit:
            return self.zh if lang == "zh" else self.en
        return f"{self.zh}（{self.unit}）" if lang == "zh" else f"{self.en} ({self.unit})"


@dataclass(frozen=True, slots=True)
class SheetForm:
    """One sheet: the table that it stands for, its words, its columns.

    `may_be_empty` where headings without a row mean that there is none of it.
    """

    table: str
    zh: str
    en: str
    headings: tuple[Heading, ...]
    may_be_empty: bool = False

    def words(self, lang: str) -> str:
        """The sheet's name."""
        return self.zh if lang == "zh" else self.en


def _headings(table: str, *rows: tuple[str, ...]) -> tuple[Heading, ...]:
    """Columns with the units of the CSV tables, and their explanations where they need none."""
    of_csv = {column.name: column for column in INPUT_TABLES.get(table, ())}
    found = []
    for row in rows:
        heading = Heading(row[0], row[1], row[2], row[3], "", *row[4:])
        column = of_csv.get(heading.name)
        if column is not None:
            heading = replace(
                heading,
                unit=column.unit,
                note_zh=heading.note_zh or column.zh,
                note_en=heading.note_en or column.en,
            )
        found.append(heading)
    return tuple(found)


ID = ("id", "编号", "Id", "text", "各不相同，如 推雪车-01；改了编号，随机数也随之改变",
      "each its own; another id draws other random numbers")  # fmt: skip
ZONE = ("zone", "区", "Zone", "zone")
LON = ("lon", "经度", "Longitude", "number", "WGS 84 经度，小数度", "WGS 84, decimal degrees")
LAT = ("lat", "纬度", "Latitude", "number", "WGS 84 纬度，小数度", "WGS 84, decimal degrees")
NAME = ("name", "名称", "Name", "text")

MACHINES = SheetForm("machines", "机械", "Machines", _headings(
    "machines", ID, ("kind", "机种", "Kind", "kind"),
    ("depot", "所属储备点", "Home depot", "depot", "储备点的编号或名称", "a depot's id or name"),
    ("serviceable", "可用", "Serviceable", "yes_no", "是：可出动；否：停用",
     "yes if it may go out"),
))  # fmt: skip
DEPOTS = SheetForm("depots", "储备点", "Depots", _headings(
    "depots", ID, NAME, ZONE, LON, LAT, ("bays", "装料车位", "Bays", "number"),
    ("loading_kg_per_min", "装料速度", "Loading rate", "number"),
))  # fmt: skip
STOCKED = _headings(
    "depots", ("product", "融雪剂", "De-icer", "product"),
    ("stock_kg", "库存量", "Stock", "number", "现存量，kg（1 t = 1000 kg）",
     "what is there now, kg (1 t = 1000 kg)"),
)  # fmt: skip
STOCKS = SheetForm("stocks", "库存", "Stocks", (
    Heading("depot", "储备点", "Depot", "depot", "", "储备点的编号或名称，每处一行",
            "a depot's id or name, one row each"),
    *STOCKED,
))  # fmt: skip
CREWS = SheetForm("crews", "班组", "Crews", _headings(
    "crews", ID, ZONE, ("kind", "所开机种", "Drives", "crew_kind", "机种、运雪车，或人工班组的组",
                      "a kind of machine, truck, or a group of squads"),
    ("start", "上班", "Start", "time"), ("length_h", "班次时长", "Shift length", "number"),
    ("crews", "班组数", "Crews", "number"),
))  # fmt: skip
TRUCKS = SheetForm("trucks", "运雪车", "Trucks", _headings(
    "trucks", ID, ZONE, ("volume_m3", "每车装雪", "Load", "number"),
    ("loaded_kph", "重车车速", "Speed loaded", "number"),
    ("empty_kph", "空车车速", "Speed empty", "number"),
), may_be_empty=True)  # fmt: skip
DUMPS = SheetForm("dump_points", "堆雪点", "Dump points", _headings(
    "dump_points", ID, NAME, ("name_en", "英文名", "English name", "text"), ZONE, LON, LAT,
    ("gates", "卸雪门数", "Gates", "number"), ("unload_min", "卸雪时间", "Unloading", "number"),
    ("capacity_m3", "容量", "Room", "number"), ("filled_m3", "已用", "Filled", "number"),
    ("green", "绿地", "Green space", "yes_no", "是：绿地，不收含融雪剂的雪",
     "yes on green space: takes no snow with de-icer"),
), may_be_empty=True)  # fmt: skip
SQUADS = SheetForm("squads", "人工班组", "Squads", _headings(
    "squads", ID, ZONE, ("group", "组", "Group", "group", "清雪组、乡村公司、机关及辅助单位",
                         "clearing, rural companies, office staff"),
    ("squads", "队数", "Squads", "number"), ("workers", "每队人数", "Workers a squad", "number"),
    ("transport_kph", "转场车速", "Transport", "number"),
    ("sections", "所包路段", "Sections", "text"),
), may_be_empty=True)  # fmt: skip
FRONTAGE = SheetForm("frontage", "门前五包", "Frontage", _headings(
    "frontage", ZONE, ("coverage", "责任区份额", "Coverage", "number"),
    ("compliance", "履责份额", "Compliance", "number"),
    ("delay_h", "雪停后多久清", "Delay", "number"),
    ("thrown_back", "抛回路面", "Thrown back", "number"),
), may_be_empty=True)  # fmt: skip
REPAIRS = SheetForm("repairs", "检修", "Repairs", (
    Heading("machine", "机械", "Machine", "machine", "",
            "机械表中的编号；列在这里即不能出动，修好后删去此行",
            "an id of the machines; listed means out of service, delete the row when mended"),
    Heading("sent", "送修日期", "Sent in", "date", "", "可空", "may be blank"),
    Heading("back", "预计修复", "Expected back", "date", "", "可空；只供查看，不会自动放行",
            "may be blank; told, never acted on"),
    Heading("reason", "原因", "Reason", "text", "", "可空", "may be blank"),
), may_be_empty=True)  # fmt: skip

SHEETS = (
    MACHINES, DEPOTS, STOCKS, CREWS, TRUCKS, DUMPS, SQUADS, FRONTAGE, REPAIRS,
)  # fmt: skip
BY_TABLE = {form.table: form for form in SHEETS}
MAY_LACK = frozenset({"sections", "sent", "back", "reason"})  # columns that may be blank
GUIDE = ("说明", "Guide")
LISTS = ("选项", "Lists")
REMARK = Heading("remark", "备注", "Remarks", "text", "", "随意填写，程序不读",
                 "anything; not read")  # fmt: skip
SOURCE = (
    Heading("source", "来源", "Source", "text"),
    Heading("tag", "标记", "Tag", "text"),
)


def form_of(name: str) -> SheetForm | None:
    """The sheet of this name, Chinese or English or the table's own."""
    wanted = plain(name)
    for form in SHEETS:
        if wanted in {plain(form.zh), plain(form.en), plain(form.table)}:
            return form
    return None


def passed_over(name: str) -> bool:
    """True for sheets that hold no table: the guide and the lists behind the drop-downs."""
    return plain(name) in {plain(each) for each in (*GUIDE, *LISTS)}


def columns_of(form: SheetForm) -> tuple[Heading, ...]:
    """Every column that a sheet may have."""
    stocked = STOCKED if form is DEPOTS else ()
    return (*form.headings, *stocked, *SOURCE, REMARK)


def heading_of(form: SheetForm, text: str) -> tuple[Heading | None, bool]:
    """The column that a heading means, and whether a unit that it names is the column's."""
    found = HEADING.fullmatch(plain(text).rstrip("*"))
    if found is None:
        return None, True
    for heading in columns_of(form):
        if plain(text) == heading.name:
            return heading, True
        if found["name"] in {plain(heading.zh), plain(heading.en)}:
            unit = found["unit"]
            known = {plain(each) for each in UNITS.get(heading.unit, ())}
            return heading, unit is None or unit in known
    return None, True
