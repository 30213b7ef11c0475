"""Several web processes, one set of counters."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import measuring
from tests.config.site import ROOT, scratch_site


def test_folders_of_servers_that_are_gone_are_removed(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(measuring.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv(measuring.VARIABLE, "")
    monkeypatch.delitem(sys.modules, "prometheus_client", raising=False)
    home = tmp_path / f"silian-measurements-{os.getuid()}"
    (home / "4194303").mkdir(parents=True)
    (home / str(os.getpid())).mkdir()
    measuring.share_measurements()
    assert os.environ[measuring.VARIABLE] == str(home / str(os.getppid()))
    assert not (home / "4194303").exists()
    assert (home / str(os.getpid())).exists()


def test_the_operators_own_folder_is_kept(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv(measuring.VARIABLE, str(tmp_path / "own"))
    monkeypatch.delitem(sys.modules, "prometheus_client", raising=False)
    measuring.share_measurements()
    assert (tmp_path / "own").is_dir()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Granian with two processes over a scratch installation."""
    folder = tmp_path_factory.mktemp("measured")
    with scratch_site(folder, migrated=True) as site:
        (folder / "static").mkdir()
        port = free_port()
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "config.wsgi:application",
        ]
        command += ["--port", str(port), "--workers", "2", "--log-level", "error"]
        names = {name: value for name, value in os.environ.items() if "PROMETHEUS" not in name}
        environment = {
            **names,
            "DATABASE_URL": site.url,
            "SILIAN_DATA_FOLDER": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
        }
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        try:
            wait_until_alive(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def wait_until_alive(address: str) -> None:
    for _ in range(150):
        try:
            read(f"{address}/health/live")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not start")


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read().decode()


def counted(text: str) -> float:
    lines = [line for line in text.splitlines() if line.startswith("silian_requests_total")]
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if 'route="kernel:live"' in line)


@pytest.mark.slow
def test_any_process_answers_for_all(server: str) -> None:
    before = counted(read(f"{server}/metrics"))
    for _ in range(40):
        read(f"{server}/health/live")
    totals = {counted(read(f"{server}/metrics")) for _ in range(6)}
    assert totals == {before + 40}
    assert re.search(r"silian_database_up 1\.0", read(f"{server}/metrics"))
