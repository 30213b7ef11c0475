"""``./run`` starts again whatever of it dies, while people go on using the site."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.embedded_postgres import EmbeddedPostgres, free_port
from config.supervisor import STOP_SECONDS
from tests.migrated_template import fill_migrated
from tests.reliability.site import kill, until
from tests.reliability.test_run import started
from tests.reliability.writers import Visitor

pytestmark = pytest.mark.slow
SECONDS_TO_RECOVER = 15  # a quiet machine needs about three


@dataclass(frozen=True, kw_only=True)
class Running:
    process: subprocess.Popen[str]
    data: Path
    port: int
    log: Path

    def child(self, word: str) -> int:
        """The process number of the child whose command holds the word."""
        own = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for number in own.split():
            if word in Path(f"/proc/{number}/cmdline").read_text():
                return int(number)
        return 0

    def is_ready(self) -> bool:
        return Visitor(port=self.port).status("/health/ready") == 200

    def said(self, sentence: str) -> bool:
        return sentence in self.log.read_text()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("run")
    port = free_port()
    fill_migrated(EmbeddedPostgres(folder=folder / "data" / "postgres").ensure())
    process = started(data=folder / "data", port=port, log=folder / "log")
    yield Running(process=process, data=folder / "data", port=port, log=folder / "log")
    process.send_signal(signal.SIGINT)  # Ctrl-C still ends everything
    assert process.wait(timeout=2 * STOP_SECONDS) == 0
    assert not EmbeddedPostgres(folder=folder / "data" / "postgres").is_running()


@pytest.mark.parametrize(
    ("word", "title"), [("granian", "网页服务"), ("config\0worker", "后台办理进程")]
)
def test_a_killed_process_comes_back(running: Running, word: str, title: str) -> None:
    victim = running.child(word)
    kill(victim)
    until(
        lambda: running.child(word) not in (0, victim),
        what="it is started again",
        seconds=SECONDS_TO_RECOVER,
    )
    until(running.is_ready, what="the site answers", seconds=SECONDS_TO_RECOVER)
    assert running.said(f"{title}意外停止（被信号 9 终止）")
    assert running.process.poll() is None


def test_a_killed_database_comes_back_and_the_web_finds_it(running: Running) -> None:
    pid_file = running.data / "postgres" / "data" / "postmaster.pid"
    kill(int(pid_file.read_text().split()[0]))
    until(lambda: running.said("数据库意外停止"), what="it is noticed", seconds=SECONDS_TO_RECOVER)
    until(
        lambda: running.said("数据库已重新启动，已保存的数据不受影响。"),
        what="it is started again",
        seconds=SECONDS_TO_RECOVER,
    )
    until(running.is_ready, what="the site answers", seconds=SECONDS_TO_RECOVER)
