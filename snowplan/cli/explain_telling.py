"""Tells an explanation of `snowplan explain` in one language, in local time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from snowplan.cli.texts import words

if TYPE_CHECKING:
    import pandas as pd

    from snowplan.analysis.explaining import Chain, Explanation
    from snowplan.clock import Clock
    from snowplan.results.reading import RunRecord

MANY = 12  # sections of a road that are listed


class Teller:
    """Tells an explanation in one language, in local time."""

    def __init__(self, record: RunRecord, sections: pd.DataFrame, lang: str) -> None:
        self.clock = clock_of(record.manifest["clock"])
        clock = record.manifest["clock"]
        self.stops_ms: int | None = clock["snow_stops_ms"]
        self.snowing = self.stops_ms is not None and self.stops_ms >= clock["horizon_ms"]
        self.roads = dict(zip(sections["section"], sections["road"], strict=True))
        self.lang = lang

    def sentence(self, key: str, **values: object) -> str:
        """A sentence of the texts."""
        return words(f"explain.{key}", self.lang, **values)

    def name(self, group: str, value: object) -> str:
        """A value of a closed list in words."""
        from snowplan.words import name_of

        return name_of(group, str(value), self.lang)

    def at(self, t_ms: object, seconds: bool = False) -> str:
        """Month, day and time of day, or the time of day to the second."""
        local = self.clock.local(int(str(t_ms)))
        return local.strftime("%H:%M:%S" if seconds else "%m-%d %H:%M")

    def place(self, section: object) -> str:
        """A section with its road's name."""
        road = self.roads.get(str(section))
        return f"{road} {section}" if road else str(section)

    def listing(self, found: pd.DataFrame, name: str) -> list[str]:
        """A road's sections with their times; nothing for one section."""
        if len(found) == 1:
            return []
        shown = found.head(MANY)
        lines = [self.sentence("road", name=name, n=len(found))]
        for row in shown.to_dict("records"):
            times = [self._time(row[key]) for key in ("opened_ms", "cleared_ms")]
            lines.append(
                self.sentence("road_row", id=row["section"], opened=times[0], cleared=times[1])
            )
        if len(found) > MANY:
            lines.append(self.sentence("more", n=len(found) - MANY))
        return [*lines, self.sentence("last", id=found.iloc[0]["section"]), ""]

    def _time(self, t_ms: Any) -> str:
        import pandas as pd

        if pd.isna(t_ms):
            return self.sentence("never")
        return self.sentence("always") if t_ms == 0 else self.at(t_ms)

    def lines(self, told: Explanation) -> list[str]:
        """The whole explanation."""
        row = told.section
        head = self.sentence(
            "head",
            place=self.place(row["section"]),
            road_class=self.name("class", row["road_class"]),
            zone=self.name("zone", row["zone"]),
            length=row["length_m"],
            area=row["area_m2"],
            passes=row["passes"] or 0,
        )
        lines = [head]
        if not told.story:
            return [*lines, self.sentence("not_ours")]
        if self.snowing:
            lines.append(self.sentence("snowing"))
        elif self.stops_ms is not None:
            lines.append(self.sentence("stops", time=self.at(self.stops_ms)))
        for aspect, chain in (("opened", told.opened), ("cleared", told.cleared)):
            lines += ["", self.result(aspect, row), *self.chain(aspect, chain)]
        if told.section["cleared_ms"] is None or told.section["opened_ms"] is None:
            lines.append(self._last_work(told.last_work))
        return [*lines, *self.beside(told), "", *self.story(told)]

    def beside(self, told: Explanation) -> list[str]:
        """What became of the windrow, the cycle lanes and the pavements."""
        from snowplan.reporting.beside_text import side_lines, windrow_lines

        row = told.section
        windrow = windrow_lines(row, told.loads, self.at, self.lang)
        sides = side_lines(row, told.sides, self.at, self.lang)
        return [*([""] if windrow or sides else []), *windrow, *sides]

    def result(self, aspect: str, row: Mapping[str, Any]) -> str:
        """When, against which limit."""
        state = row["open_state" if aspect == "opened" else "clear_state"]
        t_ms = row[f"{aspect}_ms"]
        text = self.sentence(f"{aspect}_{state}", time="" if t_ms is None else self.at(t_ms))
        limit, met = (
            ("limit_open_h", "met_open") if aspect == "opened" else ("limit_clear_h", "met_clear")
        )
        if row[limit] is not None:
            known = row[met]
            verdict = "undecided" if known is None else "met" if known else "missed"
            text += self.sentence("limit", hours=row[limit], verdict=self.sentence(verdict))
        return text

    def chain(self, aspect: str, chain: Chain | None) -> list[str]:
        """The steps that led to it."""
        from snowplan.reporting.beside_text import thrown_back

        if chain is None:
            return []
        steps = [
            self.sentence(f"{aspect}_since", time=self.at(chain.since_ms))
            + thrown_back(chain.thrown_g, self.lang)
        ]
        by, arrival = chain.by, chain.arrival
        if by is None or arrival is None:
            return self._numbered([*steps, self.sentence("by_itself", time=self.at(chain.t_ms))])
        kind = self.name("event", by["kind"])
        if chain.previous is not None:
            steps.append(
                self.sentence("previous", kind=kind, time=self.at(chain.previous["end_ms"]))
            )
        if chain.elsewhere:
            parts = ", ".join(f"{self.name('class', c)} {n}" for c, n in chain.elsewhere.items())
            count = sum(chain.elsewhere.values())
            steps.append(self.sentence("elsewhere", kind=kind, n=count, parts=parts))
        if chain.before is not None:
            steps.append(self._before(chain.before, str(by["machine"])))
        steps.append(self._drive(arrival))
        if chain.team_wait is not None:
            steps.append(self.sentence("team", time=self.at(chain.team_wait["end_ms"])))
        steps.append(self._work(by, kind, chain.visit))
        return self._numbered(steps)

    def _work(self, by: Mapping[str, Any], kind: str, visit: int) -> str:
        return self.sentence(
            "work", start=self.at(by["start_ms"], True), end=self.at(by["end_ms"], True), kind=kind,
            machine=by["machine"], crew=by["crew"] or "-", n=visit,
            direction=self.sentence(str(by["direction"])),
            strips=_strips(by["strip_from"], by["strip_to"]),
        )  # fmt: skip

    def _before(self, before: Mapping[str, Any], machine: str) -> str:
        kind = self.name("event", before["kind"])
        if before["kind"] == "wait":
            kind = f"{kind} ({self.name('reason', before['reason'])})"
        where = f" {self.place(before['section'])}" if before["section"] is not None else ""
        return self.sentence(
            "before", machine=machine, start=self.at(before["start_ms"]),
            end=self.at(before["end_ms"]), what=f"{kind}{where}",
        )  # fmt: skip

    def _drive(self, arrival: Mapping[str, Any]) -> str:
        from snowplan.units import ms_hours

        if arrival["kind"] != "travel":
            return self.sentence("decided", time=self.at(arrival["start_ms"]))
        minutes = ms_hours(int(arrival["end_ms"]) - int(arrival["start_ms"])) * 60
        metres = arrival["distance_m"] or 0.0
        return self.sentence(
            "driven", time=self.at(arrival["decided_ms"]), metres=metres, minutes=minutes
        )

    def _last_work(self, row: Mapping[str, Any] | None) -> str:
        if row is None:
            return self.sentence("no_work")
        kind = self.name("event", row["kind"])
        return self.sentence(
            "last_work", time=self.at(row["end_ms"]), kind=kind, machine=row["machine"]
        )

    def story(self, told: Explanation) -> list[str]:
        """Every crossing."""
        rows = [f"  {self.at(t)}  {self.name('told_state', state)}" for t, state in told.story]
        return [self.sentence("story"), *rows]

    @staticmethod
    def _numbered(steps: list[str]) -> list[str]:
        return [f"  {number}. {step}" for number, step in enumerate(steps, start=1)]


def clock_of(given: Mapping[str, Any]) -> Clock:
    """The clock of a run, from its manifest."""
    from snowplan.clock import Clock

    return Clock(datetime.fromisoformat(given["start"]), given["timezone"])


def _strips(first: Any, last: Any) -> str:
    """Strips counted from 1 at the centre, as people count."""
    return f"{int(first) + 1}" if first == last else f"{int(first) + 1}–{int(last) + 1}"
