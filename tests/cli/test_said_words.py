"""Errors of engines and of the disk in Chinese."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from snowplan.cli.drawing import error_text
from snowplan.cli.said_words import SAID, said_zh
from snowplan.errors import RunError, UseError
from snowplan.experiments.engines.cluster_rules import (
    check_threads,
    check_versions,
    checked_address,
)
from snowplan.results.run_folder import told


def test_a_full_disk_says_what_to_do(tmp_path: Path) -> None:
    """In both languages: where, that the disk is full, and that the same command goes on."""
    with pytest.raises(RunError) as full, told("write", tmp_path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    zh, en = (error_text(full.value, lang) for lang in ("zh", "en"))
    assert f"无法写入 {tmp_path}：磁盘已满；腾出空间后，再用同一条命令即可接着做" in zh
    assert "No space left on device; free space, then the same command again" in en


@pytest.mark.parametrize("address", ["nowhere", "tcp://10.0.0.9:8786", "tls://10.0.0.9:8786"])
def test_faults_of_a_cluster_are_told_in_chinese(address: str) -> None:
    """What is wrong with an address has no English word but those to be typed."""
    with pytest.raises(UseError) as refused:
        checked_address(address, None)
    _is_chinese(error_text(refused.value, "zh"))


def test_other_threads_and_versions_are_told_in_chinese() -> None:
    """Who runs something else, and with what it should have been started."""
    for found in (
        lambda: check_threads({"tcp://127.0.0.1:1": 2}),
        lambda: check_versions((("numpy", "2"),), {"worker tcp://127.0.0.1:1": (("numpy", "1"),)}),
    ):
        with pytest.raises(RunError) as refused:
            found()
        _is_chinese(error_text(refused.value, "zh"))


def test_every_sentence_carries_over_what_it_has() -> None:
    """Each blank of the English stands in the Chinese; other sentences stay as they are."""
    for english, chinese in SAID:
        assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", chinese))
    assert said_zh("a sentence that nobody knows") == "a sentence that nobody knows"


def _is_chinese(text: str) -> None:
    """No two plain English words stand beside each other."""
    told = text.replace("dask worker ADDRESS", "").replace("worker tcp", "")
    assert not re.search(r"(?<![-\w])[a-z]{3,} [a-z]{3,}(?![-\w])", told), text
