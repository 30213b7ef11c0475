"""A whole site of its own for these tests: database, web and worker as real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from config.embedded_postgres import EmbeddedPostgres, free_port
from config.serve import parse, start_processes
from config.supervisor import stop_processes
from tests.migrated_template import fill_migrated
from tests.reliability.writers import Visitor

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
CONVERSATIONS = 3
PATIENCE = 40.0


def until(happens: Callable[[], bool], *, what: str, seconds: float = PATIENCE) -> None:
    """Wait for something, or fail with what it was."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, f"did not happen in {seconds:.0f} s: {what}"
        time.sleep(0.1)


@dataclass
class Site:
    """Database, web and worker in ``folder``, started by the very code of ``./run``."""

    folder: Path
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    staged: dict[str, Any] = field(default_factory=dict)

    @property
    def postgres(self) -> EmbeddedPostgres:
        """With the settings of a real site: what is acknowledged is on disk."""
        return EmbeddedPostgres(folder=self.folder / "postgres")

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.postgres.url,
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "SILIAN_DATA_FOLDER": str(self.folder),
            "SILIAN_SITE_URL": f"http://{HOST}:{self.port}",
            "SILIAN_LOG_LEVEL": "ERROR",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'engines'}",
        }

    @property
    def web(self) -> subprocess.Popen[bytes]:
        return self.processes[0]

    @property
    def worker(self) -> subprocess.Popen[bytes]:
        return self.processes[1]

    def prepare(self) -> None:
        fill_migrated(self.postgres.ensure())
        self.staged = json.loads(self.run("tests.reliability.stage", str(CONVERSATIONS)))

    def run(self, module: str, *arguments: str) -> str:
        """A command of the site in a process of its own."""
        command = [sys.executable, "-m", module, *arguments]
        with patch.dict(os.environ, self.environment):
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start(self) -> None:
        with patch.dict(os.environ, self.environment):
            self.processes = start_processes(parse(["--port", str(self.port)]))
        until(self.answers, what="the site answers")

    def start_missing(self) -> None:
        """Start again what has ended, as the system's service manager does."""
        if all(process.poll() is None for process in self.processes):
            return
        stop_processes(self.processes)
        self.start()

    def answers(self) -> bool:
        return Visitor(port=self.port).status("/health/live") == 200

    def web_workers(self) -> list[int]:
        """The process numbers of the web server's own workers."""
        listed = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text()
        return [int(number) for number in listed.split()]

    def postmaster(self) -> int:
        return int((self.postgres.data / "postmaster.pid").read_text().split()[0])

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.postgres.url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        stop_processes(self.processes)
        self.postgres.stop()


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
