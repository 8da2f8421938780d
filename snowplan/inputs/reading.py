"""Opening what users wrote: regular files only, UTF-8, every file's SHA-256 kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from snowplan.errors import Fault, Faults
from snowplan.given import given_root, known_names, resolve
from snowplan.inputs.read_table import ReadTable, Spoken
from snowplan.model.roads import RoadMap

URL = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:/|^\\\\|^//")
FAR_LETTER = re.compile("[\u0400-\u07ff]")
COLUMN, WORD = "column ", re.compile(r"\w+")
CHINESE = re.compile("[\u3400-\u9fff]")
UTF8 = "text in UTF-8 (from Excel: save as CSV UTF-8)"
WINDOWS_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
UNITS = {
    "m3_m": "m³/m",
    "m3_h": "m³/h",
    "m2_h": "m²/h",
    "kg_m": "kg/m",
    "mm_per_h": "mm/h",
    "mm_h_c": "mm/h/°C",
    "kg_per_min": "kg/min",
    "l_per_h": "l/h",
    "g_per_g": "g/g",
    "kg_m3": "kg/m³",
    "g_m2": "g/m²",
    "m_s": "m/s",
    "mm_we": "mm w.e.",
    "mm": "mm",
    "kph": "km/h",
    "km": "km",
    "min": "minutes",
    "kg": "kg",
    "cny": "CNY",
    "h": "hours",
    "m3": "m³",
    "m": "m",
    "c": "°C",
}


def unit_of(name: str) -> str:
    """The unit that a key or column name ends in; "" where it names none."""
    for suffix, unit in UNITS.items():
        if name == suffix or name.endswith(f"_{suffix}"):
            return unit
    return ""


def a_number(name: str, kind: str = "a number") -> str:
    """What a number of this name should look like: `a number of mm, written without the unit`."""
    unit = unit_of(name)
    return f"{kind} of {unit}, written without the unit" if unit else kind


@dataclass(slots=True)
class Reading:
    """One reading of a scenario, or of those of a study: faults so far, files opened, maps read."""

    beside: Path
    faults: Faults = field(default_factory=Faults)
    files: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)  # file → id → row, faulty too
    maps: dict[tuple[Path, Path], RoadMap | None] = field(default_factory=dict)  # by map, classes
    tables: dict[Path, ReadTable] = field(default_factory=dict)  # sheets of a workbook
    labels: dict[str, Mapping[str, str]] = field(default_factory=dict)  # their columns' words
    spoken: Spoken = field(default_factory=Spoken)

    def branch(self) -> Reading:
        """A reading of its own that shares maps and headings: faults and files start anew."""
        return Reading(self.beside, maps=self.maps, labels=self.labels)

    def shown(self, path: Path) -> str:
        """The file as messages name it: relative where that is possible."""
        whole = path.resolve()
        for folder in (given_root(), self.beside.resolve(), Path.cwd()):
            if whole.is_relative_to(folder):
                return whole.relative_to(folder).as_posix()
        return str(path)

    def recorded(self, path: Path) -> str:
        """The file as results name it: never a path of this machine."""
        shown = self.shown(path)
        return f"{path.parent.name}/{path.name}" if Path(shown).is_absolute() else shown

    def find(self, name: str, beside: Path, file: str, where: str, key: str) -> Path | None:
        """The path that a user wrote, or None after a fault for what is missing or no file."""
        if URL.match(name):
            self.faults.add(file, where, key, name, "a file on this machine, not an address")
            return None
        if Path(name).stem.lower() in WINDOWS_DEVICES:
            self.faults.add(file, where, key, name, "a file, not a device")
            return None
        path = resolve(name, beside)
        if path is None:
            near = known_names(name, beside)
            self.faults.add(file, where, key, name, "a file or folder that exists", near)
        elif not path.is_file() and not path.is_dir():
            self.faults.add(file, where, key, name, "a file, not a device")
            return None
        return path

    def note(self, path: Path) -> bytes | None:
        """The bytes of a regular file, its SHA-256 kept; None after a fault."""
        file = self.shown(path)
        if not path.is_file():
            expected = "a file" if path.exists() else "a file that exists"
            near = known_names(path.name, path.parent)
            self.faults.add(file, "", "", path.name, expected, near)
            return None
        try:
            data = path.read_bytes()
        except OSError as error:
            self.faults.add(file, "", "", str(error.strerror), "a file that can be read")
            return None
        self.files[self.recorded(path)] = hashlib.sha256(data).hexdigest()
        return data

    def ids(self, file: str) -> list[str]:
        """The ids of a table's rows, of faulty ones too."""
        return sorted(self.rows.get(file, ()))

    def where(self, file: str, name: str) -> str:
        """`row 18`, where the thing of this id stands; `id NAME` for what stands in no row."""
        row = self.rows.get(file, {}).get(name)
        return f"id {name}" if row is None else f"row {row}"

    def labelled(self, fault: Fault) -> Fault:
        """A fault of a workbook with its columns as the sheet has them: `column C 机种`."""
        labels = self.labels.get(fault.file, {})
        if not fault.field.startswith(COLUMN):
            return fault
        names = fault.field.removeprefix(COLUMN)
        shown = WORD.sub(lambda found: labels.get(found[0], found[0]), names)
        return replace(fault, field=f"{COLUMN}{shown}")

    def faulty(self, *files: str) -> bool:
        """True when a fault was noted in one of these files."""
        return any(fault.file in files for fault in self.faults.items)

    def text(self, path: Path) -> str | None:
        """The text of a UTF-8 file, with or without a byte-order mark; None after a fault."""
        data = self.note(path)
        if data is None:
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            found = "GBK text" if _is_gbk(data) else f"byte 0x{data[error.start]:02x}"
            self.faults.items.append(Fault(self.shown(path), f"line {line}", "", found, UTF8))
            return None
        if reads_as_gbk(data, text):
            found = text.splitlines()[_first_odd_line(text)][:40]
            self.faults.add(self.shown(path), "", "", found, f"{UTF8}, not in GBK")
            return None
        self.texts[self.shown(path)] = text
        return text


def reads_as_gbk(data: bytes, text: str) -> bool:
    """True when UTF-8 makes letters of far countries of what GBK reads as Chinese.

    校园路 in GBK happens to be valid UTF-8. No table of ours holds Cyrillic to N'Ko letters.
    """
    if not FAR_LETTER.search(text) or CHINESE.search(text):
        return False
    return _is_gbk(data)


def _is_gbk(data: bytes) -> bool:
    """True when GBK makes Chinese of the bytes."""
    try:
        return bool(CHINESE.search(data.decode("gb18030")))
    except UnicodeDecodeError:
        return False


def _first_odd_line(text: str) -> int:
    return next(n for n, line in enumerate(text.splitlines()) if FAR_LETTER.search(line))
