"""Head, findings, assumptions and appendix of a readiness report, from files and stored runs."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.oracles.readiness_files import Files, Row

BESIDE = ("source", "source_zh", "tag")


def stage(variant: str, storm: str) -> str:
    """What a run was made for."""
    named = {"more": "marginal", "relief": "relief"}
    return named.get(variant.partition(":")[0], "envelope" if "*" in storm else "grades")


def head(files: Files) -> Row:
    """`head`, without names."""
    stages = Counter(stage(variant, storm) for variant, storm, _ in files.runs)
    first = files.first
    m2 = sum(one["length_m"] * one["width_m"] for one in files.cleared)
    title = tomllib.loads((files.root / first["map"] / "map.toml").read_text(encoding="utf-8"))
    return {
        "quick": files.manifest["quick"],
        "probability": files.probability,
        "confidence": files.confidence,
        "run_seed": first["run_seed"],
        "map": {"schematic": title["schematic"]},
        "scenarios": [_scenario(files, name) for name in files.names],
        "runs": {
            **{one: stages[one] for one in ("grades", "envelope", "relief", "marginal")},
            "failed": len(files.manifest["failed"]),
        },
        "area_km2_cleared": round(m2 / 1e6, 2),
        "sections": len(files.cleared),
        "machines": len(files.table("machines.csv")),
    }


def _scenario(files: Files, name: str) -> Row:
    told = files.toml(name)
    snow = told["snow"]
    return {
        "id": name, "grade": files.grade(name), "snow_mm": float(snow["total_mm"]),
        "snow_h": float(snow["duration_h"]), "air_c": float(snow["air_c"]),
        "horizon_h": float(told["horizon_h"]), "replications": len(files.own(name)),
        "failed": sum(
            (job["variant"], job["storm"]) == ("today", name) for job in files.manifest["failed"]
        ),
        "reference": files.manifest["references"][name],
    }  # fmt: skip


# ---- facts -----------------------------------------------------------------------------------


def facts(files: Files) -> list[tuple[str, dict[str, str], str, str]]:
    """(file, figures, source, tag) of every tagged row or table that the report rests on."""
    tables = [
        name for name in files.manifest["inputs"]
        if name.endswith((".csv", ".toml")) and not name.startswith(("maps/", "scenarios/"))
    ]  # fmt: skip
    found = [fact for name in sorted(tables) for fact in _facts(files.input(name), name)]
    return [fact for fact in found if fact[3]]


def _facts(path: Path, name: str) -> Iterator[tuple[str, dict[str, str], str, str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                figures = {key: value for key, value in row.items() if key not in BESIDE}
                yield name, figures, row["source"], row["tag"]
        return
    tables: list[Mapping[str, Any]] = [tomllib.loads(path.read_text(encoding="utf-8-sig"))]
    while tables:
        table = tables.pop()
        plain = {k: v for k, v in table.items() if not isinstance(v, dict) and k not in BESIDE}
        tables += [value for value in table.values() if isinstance(value, dict)]
        if plain:
            figures = {key: str(value) for key, value in plain.items()}
            yield name, figures, table.get("source", ""), table.get("tag", "")


def assumed_rows(files: Files) -> Counter[tuple[str, str, int]]:
    """How often (file, source, number of facts) stands in the list of what is assumed."""
    groups = Counter(
        (file, source, tuple(figures)) for file, figures, source, tag in facts(files) if tag == "A"
    )
    lines = Counter((file, source, n) for (file, source, _), n in groups.items())
    title = tomllib.loads(
        (files.root / files.first["map"] / "map.toml").read_text(encoding="utf-8")
    )
    for _ in title.get("assumed", []):
        lines[Path(files.first["map"]).name, f"{title['title']} / {title['title_en']}", 1] += 1
    return lines


def assumed_words(files: Files) -> dict[tuple[str, str], str]:
    """By file and source, all assumed values one after the other."""
    found: dict[tuple[str, str], str] = {}
    for file, figures, source, tag in facts(files):
        if tag == "A":
            found[file, source] = f"{found.get((file, source), '')} {' '.join(figures.values())}"
    return found


# ---- appendix --------------------------------------------------------------------------------


def appendix(files: Files) -> Row:
    """`appendix`, without texts."""
    names = sorted(files.manifest["inputs"])
    return {
        "inputs": [{"file": name, "sha256": _digest(files.input(name))} for name in names],
        "tags": dict(Counter(tag for *_, tag in facts(files) if tag)),
        "ledgers": {name: _balanced(files.json(name, "ledger.json")) for name in files.names},
        "seeds": {name: [run["job"][2] for run in files.own(name)] for name in files.names},
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _balanced(ledger: Row) -> Row:
    """A run's ledgers with what is left over reckoned anew: in less all that it became."""
    into = {"snow": ("initial", "fallen"), "deicer": ("delivered",)}
    rest = {"machines": ("intervals", "horizon"), "groups": ("intervals", "horizon")}
    found = {}
    for account, terms in ledger.items():
        own = {term: value for term, value in terms.items() if term != "residual"}
        if account in into:
            gone = sum(value for term, value in own.items() if term not in into[account])
            own["residual"] = sum(own[term] for term in into[account]) - gone
        elif account in rest:
            own["residual"] = own["intervals"] - own["horizon"]
        found[account] = own
    return found
