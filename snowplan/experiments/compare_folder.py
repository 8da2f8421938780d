"""The folder of a comparison: the study, its report, every run's figures, tables and pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from snowplan import __version__
from snowplan.analysis.comparison_report import report
from snowplan.analysis.duty import centre_sections
from snowplan.analysis.replication_figures import keys_of
from snowplan.errors import RunError
from snowplan.experiments.comparing import Compared
from snowplan.experiments.one_run import varied
from snowplan.model.comparison import Comparison, Job
from snowplan.model.network import build_network
from snowplan.results.givens import sections_frame
from snowplan.results.replications import Replication
from snowplan.results.run_folder import RunFolder, csv_bytes, run_stem

Report = dict[str, Any]
Present = Callable[[Mapping[str, Any]], Mapping[str, bytes]]


def report_of(comparison: Comparison, compared: Compared) -> Report:
    """`compare.json`: what the runs of a comparison say; see docs/comparing.md."""
    failed = [{**job._asdict(), "error": compared.failed[job]} for job in sorted(compared.failed)]
    own = [scenario for (name, _), scenario in comparison.scenarios.items()
           if name == comparison.baseline]  # fmt: skip
    quantities = dict.fromkeys(name for scenario in own for name in varied(scenario))
    return report(
        comparison,
        compared.replications,
        stopped=compared.stopped,
        stages=compared.stages or None,
        failed=failed,
        schematic=own[0].road_map.schematic,
        sections=list(centre_sections(roads_of(comparison))["section"]),
        varied=list(quantities),
    )


def roads_of(comparison: Comparison) -> pd.DataFrame:
    """The sections of the map on which all is compared, by id."""
    scenario = comparison.scenarios[comparison.baseline, comparison.storms[0].id]
    return sections_frame(build_network(scenario.road_map))


def write_comparison(
    comparison: Comparison,
    replications: Mapping[Job, Replication],
    found: Mapping[str, Any],
    out_dir: Path,
    *,
    started: datetime,
    present: Present,
) -> Path:
    """Write the folder of a comparison under `out_dir`, whole or not at all; its path.

    `found` is the report; `present` makes its tables and pictures (name → content).
    """
    files = present(found)
    stem = run_stem(f"compare-{comparison.name}", study_digest(comparison), started.astimezone())
    folder = RunFolder(out_dir, stem)
    with folder:
        folder.write_text("study.toml", comparison.toml)
        folder.write_json("compare.json", found)
        frame = replications_frame(comparison, replications)
        folder.write_bytes("replications.csv", csv_bytes(frame))
        for file, content in sorted(files.items()):
            folder.write_bytes(file, content)
        folder.manifest = manifest(comparison, found, started)
    if folder.path is None:
        raise RunError(f"the folder {folder.stem} was not written")
    return folder.path


def replications_frame(
    comparison: Comparison, replications: Mapping[Job, Replication]
) -> pd.DataFrame:
    """One row a run, by variant, storm and run seed: its figures, sections late, and its digest."""
    rows = [replications[job] for job in sorted(replications)]
    keys = keys_of(comparison, replications)
    late = [key for key in keys if any(row.late.get(key) for row in rows)]
    columns: dict[str, list[Any]] = {
        name: [getattr(row.job, name) for row in rows] for name in Job._fields
    }
    columns |= {key: [row.values.get(key) for row in rows] for key in keys}
    columns |= {f"late:{key}": [row.late.get(key, 0) for row in rows] for key in late}
    columns["snow_stops_ms"] = [row.snow_stops_ms for row in rows]
    columns["events_sha256"] = [row.events_sha256 for row in rows]
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})


def study_digest(comparison: Comparison) -> str:
    """One hash of the study: its files, what is run, how often at first and at most."""
    settings = (comparison.run_seed, comparison.replications, comparison.cap)
    parts = [*map("\x1f".join, comparison.inputs), comparison.toml, *map(str, settings)]
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()


def manifest(comparison: Comparison, found: Mapping[str, Any], started: datetime) -> dict[str, Any]:
    """Who made this folder, from what, when."""
    return {
        "snowplan": __version__,
        "study": "compare",
        "state": "finished" if not found["failed"] else "some runs failed",
        "scenario": comparison.name,
        "title": comparison.title,
        "title_en": comparison.title_en,
        "run_seeds": [comparison.run_seed, comparison.run_seed + found["replications"] - 1],
        "begun": started.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "schematic": found["schematic"],
        "varied": found["varied"],
        "stopped": found["stopped"],
        "digest": found["digest"],
        "inputs": dict(comparison.inputs),
        "inputs_sha256": study_digest(comparison),
    }
