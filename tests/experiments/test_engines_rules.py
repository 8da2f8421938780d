"""What a cluster must be: where it may be reached, and which versions it must run."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from snowplan import __version__
from snowplan.errors import RunError, UseError
from snowplan.experiments.engines import engine_for
from snowplan.experiments.engines.cluster_rules import (
    MUST_AGREE,
    check_threads,
    check_versions,
    checked_address,
    is_loopback,
    own_versions,
    versions_in,
)
from snowplan.experiments.engines.tasks import Tls
from tests.experiments import engine_tasks as tasks

FILES = Tls(Path("ca.pem"), Path("cert.pem"), Path("key.pem"))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("127.0.0.1:8786", "tcp://127.0.0.1:8786"),
        ("tcp://localhost:8786", "tcp://localhost:8786"),
        ("tcp://[::1]:8786", "tcp://[::1]:8786"),
        ("127.9.0.1:1", "tcp://127.9.0.1:1"),
    ],
)
def test_this_machine_may_be_reached_in_the_clear(given: str, meant: str) -> None:
    """The loopback network is 127.0.0.0/8 and ::1."""
    assert checked_address(given, None) == meant
    assert checked_address(given, FILES) == meant.replace("tcp", "tls")


@pytest.mark.parametrize(
    "given", ["tcp://10.0.0.5:8786", "node1:8786", "127.0.0.1.example.org:1", "0.0.0.0:8786"]
)
def test_another_machine_only_by_tls(given: str) -> None:
    """Whatever its name looks like."""
    with pytest.raises(UseError, match="another machine; expected TLS"):
        checked_address(given, None)
    assert checked_address(given, FILES) == "tls://" + given.removeprefix("tcp://")


@pytest.mark.parametrize(
    "given", ["", "localhost", "http://h:1", "tcp://h:port", "tcp://:1", "tcp://h:1/x", "tcp://h:0",
              "inproc://1"],
)  # fmt: skip
def test_what_is_no_address_is_refused(given: str) -> None:
    """The message shows what one looks like."""
    with pytest.raises(UseError, match="expected tcp://HOST:PORT"):
        checked_address(given, FILES)


def test_tls_asks_for_its_files(tmp_path: Path) -> None:
    """Without options, and with names of files that are not there."""
    with pytest.raises(UseError, match="--tls-ca, --tls-cert"):
        checked_address("tls://node1:8786", None)
    there = tmp_path / "ca.pem"
    there.touch()
    with pytest.raises(UseError, match=r"not found: .*cert\.pem, .*key\.pem$"):
        engine_for(
            tasks.shop(tasks.add), address="node1:8786",
            security=(there, tmp_path / "cert.pem", tmp_path / "key.pem"),
        )  # fmt: skip
    assert not is_loopback("::2")


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is None in sys.modules cannot be imported."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "snowplan.experiments.engines.cluster", raising=False)
    with pytest.raises(UseError, match=r'pip install "snowplan\[cluster\]"'):
        engine_for(tasks.shop(tasks.add), address="127.0.0.1:8786")


def test_own_versions_are_what_is_imported() -> None:
    """Python by its minor version, the others as the modules say."""
    own = dict(own_versions())
    assert tuple(own) == MUST_AGREE
    assert own["snowplan"] == __version__
    assert own["python"] == f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert own["numpy"] == np.__version__


def test_other_versions_are_refused_by_name() -> None:
    """Each member and each package that differs; a patch of Python does not."""
    packages = {"snowplan": "1.0", "python": "3.11.7.final.0", "numpy": "2.4.0", "distributed": "9"}

    def told(**changes: str | None) -> tuple[tuple[str, str | None], ...]:
        return versions_in({"packages": packages | changes})

    own = told()
    check_versions(own, {"scheduler": told(python="3.11.9.final.0"), "worker a": own})
    with pytest.raises(RunError) as refused:
        check_versions(own, {
            "worker b": told(snowplan=None, numpy="2.3.0"), "worker a": own,
            "scheduler": told(python="3.12.0.final.0"),
        })  # fmt: skip
    assert str(refused.value) == (
        "the cluster runs other versions: scheduler: python 3.12, expected 3.11; "
        "worker b: snowplan missing, expected 1.0, numpy 2.3.0, expected 2.4.0"
    )


def test_workers_of_several_threads_are_refused() -> None:
    """The message says how to start them."""
    check_threads({"tcp://a:1": 1})
    with pytest.raises(RunError, match=r"tcp://b:1 \(8\); .*--nthreads 1"):
        check_threads({"tcp://a:1": 1, "tcp://b:1": 8})
