"""What ``./run`` does when one of its processes ends by itself."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from config.embedded_postgres import EmbeddedPostgres, PostgresUnavailable
from config.supervisor import (
    MOST_QUICK_DEATHS,
    QUICK_SECONDS,
    Child,
    Database,
    GivenUp,
    end_group,
    wait_before_restart,
)


def child_that_runs(code: str) -> Child:
    return Child(title="网页服务", command=[sys.executable, "-c", code])


def dead(child: Child) -> None:
    child.start().wait(timeout=20)


def test_each_quick_death_doubles_the_wait() -> None:
    waits = [wait_before_restart(deaths=[0.0] * count, now=1.0) for count in (1, 2, 3, 4)]
    assert waits == [0.5, 1.0, 2.0, 4.0]


def test_deaths_long_ago_do_not_count() -> None:
    deaths = [0.0, 1.0, 2.0, 3.0, QUICK_SECONDS + 10]
    assert wait_before_restart(deaths=deaths, now=QUICK_SECONDS + 10) == 0.5


def test_too_many_quick_deaths_end_the_trying() -> None:
    assert wait_before_restart(deaths=[0.0] * MOST_QUICK_DEATHS, now=1.0) is None


def test_a_dead_process_is_started_again_after_its_wait(capsys: pytest.CaptureFixture[str]) -> None:
    child = child_that_runs("import time; time.sleep(60)")
    child.start().kill()
    assert child.process is not None
    child.process.wait(timeout=20)
    child.look(now=100.0)
    child.look(now=100.4)
    assert child.process is None
    child.look(now=100.5)
    assert child.process is not None
    assert child.process.poll() is None
    end_group(child.process)
    assert child.process.wait(timeout=20) == -9
    assert capsys.readouterr().err == (
        "网页服务意外停止（被信号 9 终止），0.5 秒后重新启动。\n网页服务已重新启动。\n"
    )


def test_a_process_that_never_runs_is_given_up_with_a_sentence() -> None:
    child = child_that_runs("raise SystemExit(3)")
    for moment in range(MOST_QUICK_DEATHS - 1):
        dead(child)
        child.look(now=float(moment))
    dead(child)
    with pytest.raises(GivenUp, match="网页服务一分钟内退出 5 次（退出码 3），不再重启"):
        child.look(now=float(MOST_QUICK_DEATHS))


def test_what_a_dead_process_left_running_is_ended() -> None:
    inner = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'input()'])"
    child = child_that_runs(f"{inner}; raise SystemExit(1)")
    dead(child)
    group = child.process
    assert group is not None
    child.look(now=0.0)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and running_in_group(group.pid):
        time.sleep(0.05)
    assert not running_in_group(group.pid)


def running_in_group(group: int) -> list[str]:
    """Processes of the group that are not zombies."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, number = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        found += [stat.parent.name] if int(number) == group and state != "Z" else []
    return found


class BrokenPostgres(EmbeddedPostgres):
    def postmaster_lives(self) -> bool:
        return False

    def ensure(self) -> str:
        raise PostgresUnavailable("内嵌数据库没有启动。")


def test_a_database_that_cannot_start_is_given_up_with_its_reason(tmp_path: Path) -> None:
    database = Database(postgres=BrokenPostgres(folder=tmp_path))
    assert not any(database.look(now=moment) for moment in (0.0, 1.0, 3.0, 10.0))
    with pytest.raises(GivenUp, match="数据库一分钟内退出 5 次（内嵌数据库没有启动），不再重启"):
        database.look(now=20.0)
