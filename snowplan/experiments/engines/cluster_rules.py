"""What a cluster must be: reached safely, and of the same versions as this process."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

import snowplan
from snowplan.errors import RunError, UseError
from snowplan.experiments.engines.tasks import Tls
from snowplan.results.store_identity import versions_beneath

MUST_AGREE = ("snowplan", "python", "numpy", "distributed")
Versions = tuple[tuple[str, str | None], ...]


def checked_address(address: str, security: Tls | None) -> str:
    """The address in full; with TLS files it is `tls://`. Raises UseError.

    Another machine is spoken to in the clear never: whoever reads the line could run programs.
    """
    whole = address if "://" in address else f"tcp://{address}"
    try:
        parts = urlsplit(whole)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in {"tcp", "tls"} or parts.path:
        raise UseError(
            f"cluster address: found '{address}'; expected tcp://HOST:PORT or tls://HOST:PORT"
        )
    if security is not None:
        return f"tls://{parts.netloc}"
    if parts.scheme == "tls":
        raise UseError(f"{address} needs --tls-ca, --tls-cert and --tls-key")
    if not is_loopback(host):
        raise UseError(
            f"{address} is another machine; expected TLS (--tls-ca, --tls-cert and --tls-key), "
            "or a tunnel to it on 127.0.0.1"
        )
    return whole


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_files(security: Tls) -> None:
    """Raises UseError for TLS files that are not there."""
    missing = [
        str(path) for path in (security.ca, security.cert, security.key) if not path.is_file()
    ]
    if missing:
        raise UseError(f"TLS files not found: {', '.join(missing)}")


def own_versions() -> Versions:
    """What this process runs."""
    return (
        ("snowplan", snowplan.__version__),
        *versions_beneath().items(),
        ("distributed", _installed("distributed")),
    )


_installed = cache(version)


def versions_in(told: Mapping[str, Any]) -> Versions:
    """The same from what a process of the cluster tells of itself (`Client.get_versions`)."""
    packages = told["packages"]
    python = ".".join(str(packages["python"]).split(".")[:2])
    return tuple((name, python if name == "python" else packages.get(name)) for name in MUST_AGREE)


def check_versions(own: Versions, others: Mapping[str, Versions]) -> None:
    """Raises RunError that names who in the cluster runs something else than this process."""
    told = (differing(who, own, theirs) for who, theirs in sorted(others.items()))
    wrong = [text for text in told if text]
    if wrong:
        raise RunError("the cluster runs other versions: " + "; ".join(wrong))


def differing(who: str, expected: Versions, theirs: Versions) -> str:
    """What someone runs otherwise than expected; "" where nothing."""
    found = [
        f"{name} {other or 'missing'}, expected {mine}"
        for (name, mine), (_, other) in zip(expected, theirs, strict=True)
        if mine != other
    ]
    return f"{who}: {', '.join(found)}" if found else ""


def check_threads(threads: Mapping[str, int]) -> None:
    """Raises RunError for workers of several threads: only one of them could work."""
    wrong = [f"{who} ({count})" for who, count in sorted(threads.items()) if count > 1]
    if wrong:
        raise RunError(
            f"workers with several threads: {', '.join(wrong)}; expected one each: "
            "dask worker ADDRESS --nthreads 1 --nworkers N"
        )
