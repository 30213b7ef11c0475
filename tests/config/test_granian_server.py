"""The web server of ``./run`` ends when told to again and again, as a dying parent tells it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from config.embedded_postgres import free_port
from tests.reliability.site import ROOT, until

pytestmark = pytest.mark.slow
APPLICATION = """
def application(environ, start_response):
    start_response("200 OK", [])
    return [b"here"]
"""


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1) as response:
            return bool(response.read() == b"here")
    except OSError:
        return False


def test_it_ends_however_often_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "tiny.py").write_text(APPLICATION)
    port = free_port()
    command = [sys.executable, "-m", "config.granian_server", "--interface", "wsgi"]
    process = subprocess.Popen(
        [*command, "tiny:application", "--port", str(port), "--workers", "2"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    until(lambda: answers(port), what="it serves")
    for _ in range(200):
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGUSR1)
    assert process.wait(timeout=15) == 0
    assert not answers(port)
