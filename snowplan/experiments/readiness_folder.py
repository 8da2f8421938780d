"""The folder of a readiness report: its figures, the runs they come from, and its documents."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from snowplan import __version__
from snowplan.analysis.readiness_report import Given, readiness_report
from snowplan.errors import RunError
from snowplan.experiments.one_run import digest_of
from snowplan.experiments.readiness_cases import NAME, Readiness
from snowplan.experiments.readiness_running import Ready
from snowplan.model.comparison import Job
from snowplan.results.reading import open_run
from snowplan.results.replications import Replication, digest_of_replications
from snowplan.results.run_folder import RunFolder, run_stem
from snowplan.results.store_identity import versions_beneath

Report = dict[str, Any]
Files = Mapping[str, bytes]
REPORT, RUNS = "readiness.json", "replications.jsonl"


def report_of(asked: Readiness, ready: Ready, facts: Mapping[str, Any]) -> Report:
    """`readiness.json`; `facts` are what plan, tables and files say, by the names of `Given`."""
    given = Given(
        rules=asked.rules,
        effort=asked.effort,
        quick=asked.indicative,
        scenarios=dict(zip(asked.ids, asked.scenarios, strict=True)),
        references={id_: open_run(path) for id_, path in ready.references.items()},
        made={"version": __version__, **versions_beneath()},
        failed=sorted(ready.failed),
        inputs=asked.comparison.inputs,
        **facts,
    )
    return readiness_report(asked.comparison, ready.replications, given)


def write_report(
    asked: Readiness,
    ready: Ready,
    found: Report,
    out_dir: Path,
    *,
    started: datetime,
    documents: Files,
    command: str,
) -> Path:
    """Write the folder of a report under `out_dir`, whole or not at all; its path."""
    stem = run_stem(NAME, digest_of_report(asked), started.astimezone())
    folder = RunFolder(out_dir, stem)
    with folder:
        folder.write_json(REPORT, found)
        folder.write_text(RUNS, lines_of(ready.replications))
        for name, data in sorted(documents.items()):
            folder.write_bytes(name, data)
        folder.manifest = manifest(asked, ready, started) | {"command": command}
    if folder.path is None:
        raise RunError(f"the folder {folder.stem} was not written")
    return folder.path


def lines_of(replications: Mapping[Job, Replication]) -> str:
    """Every run used, a line each, by variant, storm and run seed."""
    return "".join(f"{replications[job].payload()}\n" for job in sorted(replications))


def digest_of_report(asked: Readiness) -> str:
    """One hash of the scenarios, of how much is run and of the report's own figures."""
    parts = [digest_of(scenario) for scenario in asked.scenarios]
    told = [*parts, repr(asked.effort), repr(asked.rules.inputs)]
    return hashlib.sha256("\x1e".join(told).encode()).hexdigest()


def manifest(asked: Readiness, ready: Ready, started: datetime) -> dict[str, Any]:
    """Who made this folder, from what, when."""
    return {
        "snowplan": __version__,
        "study": NAME,
        "state": "finished" if not ready.failed else "some runs failed",
        "scenarios": list(asked.ids),
        "quick": asked.indicative,
        "references": {id_: path.name for id_, path in sorted(ready.references.items())},
        "runs": len(ready.replications),
        "reused": ready.reused,
        "failed": [{**job._asdict(), "error": ready.failed[job]} for job in sorted(ready.failed)],
        "begun": started.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "schematic": asked.scenarios[0].road_map.schematic,
        "digest": digest_of_replications(ready.replications),
        "inputs": dict(asked.comparison.inputs),
        "inputs_sha256": digest_of_report(asked),
    }
