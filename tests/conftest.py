"""What every test may ask for, and what holds for all of them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports matplotlib: no test opens a window.
os.environ["MPLBACKEND"] = "Agg"

# The same examples on every machine; how long one takes says nothing on a busy machine.
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

# A gate in the background ignores Ctrl-C, and so would the commands that it starts; tests send it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent


TERMINAL = ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as in a pipe, whatever terminal the tests are started from."""
    for name in TERMINAL:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data that may not be committed, kept beside the repository; skips where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data are not kept beside this checkout (../shared/data)")
    return folder
