"""Before anything is installed, ./run says in a sentence what stands in its way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import start


def test_an_old_python_is_named(monkeypatch: Any) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(start.CannotStart, match="需要 Python 3.11 或更高版本，当前是 3.10.4"):
        start.require_python()


def test_a_full_disk_is_named_before_the_installation(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(start, "PYTHON", tmp_path / "none")
    usage = shutil.disk_usage(tmp_path)._replace(free=12_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(start.CannotStart, match="磁盘空间不足.*只剩 12 MB"):
        start.require_disk()


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "磁盘已满"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES ... Hash mismatch", "校验值不符"),
        ("ConnectionError: Name or service not known", "无法从软件源安装依赖"),
    ],
)
def test_a_failed_installation_is_explained(output: str, words: str) -> None:
    assert words in start.install_failure(output)


def test_the_same_lock_is_installed_once(monkeypatch: Any, tmp_path: Path) -> None:
    calls: list[list[str]] = []

    def install(command: list[str], **given: Any) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(subprocess, "run", install)
    lock = tmp_path / "base.lock"
    for content in ("one", "one", "two"):
        lock.write_text(content)
        start.install(lock)
    assert len(calls) == 2
    assert all("--require-hashes" in command for command in calls)


def test_a_failed_installation_is_tried_again(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(
        subprocess, "run", lambda command, **given: subprocess.CompletedProcess(command, 1, "", "x")
    )
    lock = tmp_path / "base.lock"
    lock.write_text("one")
    for _ in range(2):
        with pytest.raises(start.CannotStart, match="无法从软件源安装依赖"):
            start.install(lock)


def test_the_reason_ends_the_program_without_a_trace(monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 0))
    assert start.main(["run"]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("需要 Python 3.11")
    assert "Traceback" not in printed.err
