"""Made-up replications and identities, for the tests of the store."""

from __future__ import annotations

from snowplan.model.comparison import Job
from snowplan.results.replications import Replication
from snowplan.results.store_identity import Case, Identity, sha256_of

VARIANTS, STORMS, SEEDS = ("today", "south", "四点"), ("mild", "cold"), range(1, 6)


def identity(
    *, version: str = "1.0", depots: str = "five", costs: str = "c0", variants: tuple[str, ...] = ()
) -> Identity:
    """The identity of a made-up study; what is given stands for what its inputs say.

    `depots` are those of the variant `south`.
    """
    cases = {}
    for variant in variants or VARIANTS:
        for storm in STORMS:
            parts = {
                "depots": depots if variant == "south" else variant,
                "costs": costs,
                "files": costs,
            }
            cases[variant, storm] = Case(sha256_of([version, storm, parts]), parts)
    files = {"seeds/costs.csv": sha256_of(costs), "scenarios/heavy.toml": sha256_of("heavy")}
    return Identity("made_up", version, "0" * 64, {"numpy": "2.4"}, files, cases)


def jobs() -> list[Job]:
    """Thirty runs."""
    return [Job(v, s, seed) for seed in SEEDS for v in VARIANTS for s in STORMS]


def replication(job: Job, shift: float = 0.0) -> Replication:
    """What a made-up run finds: a function of its job alone (and of `shift`, for a false one)."""
    x = int(sha256_of(list(job))[:8], 16) / 7 + shift
    return Replication(
        job=job,
        values={"open_last/main": x, "exposure": None, "fuel_l": float(round(x)), "met": 1},
        late={"open_last/main": job.run_seed % 3},
        curves={"opened/main": (0, round(x) % 1000, 1000)},
        opened_min=(-1, round(x) % 99, -2),
        depots={"储备点 1": {"loads": 3, "loading_wait_h": x / 3}},
        snow_stops_ms=None if job.storm == "cold" else 3_600_000,
        events_sha256=sha256_of(x),
    )
