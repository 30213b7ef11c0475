"""Keeps the processes of ``./run`` alive: starts again what died, gives up when that is vain."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from config.embedded_postgres import EmbeddedPostgres, PostgresUnavailable

STOP_SECONDS = 15
LOOK_SECONDS = 0.25
QUICK_SECONDS = 60.0  # what has run this long did not die of how it was started
MOST_QUICK_DEATHS = 5
FIRST_WAIT = 0.5
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


class Stopped(Exception):
    """Somebody asked the program to end."""


class GivenUp(Exception):
    """A sentence for the person at the terminal: what died again and again."""


def wait_before_restart(*, deaths: Sequence[float], now: float) -> float | None:
    """Seconds to wait after the last of these deaths, longer each time; None is too many."""
    quick = sum(now - death < QUICK_SECONDS for death in deaths)
    if quick >= MOST_QUICK_DEATHS:
        return None
    return float(FIRST_WAIT * 2 ** max(quick - 1, 0))


def exit_words(code: int) -> str:
    return f"被信号 {-code} 终止" if code < 0 else f"退出码 {code}"


def tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


@dataclass(kw_only=True)
class Deaths:
    """When something died lately, and what follows from it."""

    title: str
    moments: list[float] = field(default_factory=list)

    def note(self, *, cause: str, now: float) -> float:
        """Note a death and say it; the moment from which it may be started again."""
        self.moments = [*self.moments[-MOST_QUICK_DEATHS:], now]
        seconds = wait_before_restart(deaths=self.moments, now=now)
        if seconds is None:
            raise GivenUp(
                f"{self.title}一分钟内退出 {MOST_QUICK_DEATHS} 次（{cause}），不再重启，全部停止。"
                "请看上面的报错，或运行 .venv/bin/silian doctor 查找原因，处理后再次 ./run。"
            )
        tell(f"{self.title}意外停止（{cause}），{seconds:g} 秒后重新启动。")
        return now + seconds


@dataclass(kw_only=True)
class Child:
    """One process, started again when it ends."""

    title: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: Deaths = field(init=False)
    start_from: float = 0.0

    def __post_init__(self) -> None:
        self.deaths = Deaths(title=self.title)

    def start(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(
            self.command, start_new_session=True, preexec_fn=end_with_parent
        )
        return self.process

    def look(self, *, now: float) -> None:
        """Notice a death; start again when its time has come."""
        if self.process is None:
            if now >= self.start_from:
                self.start()
                tell(f"{self.title}已重新启动。")
        elif (code := self.process.poll()) is not None:
            end_group(self.process)
            self.process = None
            self.start_from = self.deaths.note(cause=exit_words(code), now=now)


@dataclass(kw_only=True)
class Database:
    """The embedded database, started again on its old port when its postmaster is gone."""

    postgres: EmbeddedPostgres
    deaths: Deaths = field(default_factory=lambda: Deaths(title="数据库"))
    start_from: float | None = None

    def look(self, *, now: float) -> bool:
        """Whether it lives; notices a death, starts again when its time has come."""
        if self.start_from is None:
            if self.postgres.postmaster_lives():
                return True
            self.start_from = self.deaths.note(cause="进程已不在", now=now)
        if now < self.start_from:
            return False
        return self.restart(now=now)

    def restart(self, *, now: float) -> bool:
        try:
            os.environ["DATABASE_URL"] = self.postgres.ensure()
        except PostgresUnavailable as reason:
            self.start_from = self.deaths.note(cause=str(reason).rstrip("。"), now=now)
            return False
        self.start_from = None
        tell("数据库已重新启动，已保存的数据不受影响。")
        return True


def supervise(children: Sequence[Child], *, database: Database | None) -> None:
    """Watch until somebody stops it (``Stopped``) or a restart helps no more (``GivenUp``)."""
    while True:
        address = os.environ.get("DATABASE_URL")
        alive = database is None or database.look(now=time.monotonic())
        if os.environ.get("DATABASE_URL") != address:  # its old port was taken meanwhile
            stop_processes([child.process for child in children if child.process])
        for child in children if alive else ():
            child.look(now=time.monotonic())
        time.sleep(LOOK_SECONDS)


def end_with_parent(*, by: signal.Signals = signal.SIGTERM) -> None:
    """Let a process end when ``./run`` is killed, so that the port is free for the next start."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, by)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a dead process left behind: its own workers hold the port."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def stop_processes(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            end_group(process)
