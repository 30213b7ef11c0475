"""``./run`` as a person at a terminal meets it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from config.embedded_postgres import EmbeddedPostgres, free_port
from config.serve import port_problem
from config.supervisor import STOP_SECONDS
from tests.reliability.site import ROOT, until
from tests.reliability.writers import Visitor

pytestmark = pytest.mark.slow
NOT_HANDED_ON = re.compile(r"SILIAN_|DATABASE_URL|DJANGO_SETTINGS_MODULE")
SECONDS_TO_START = 180  # the bar of a first start; migrating is most of it


def surroundings(folder: Path, **given: str) -> dict[str, str]:
    """The variables of a plain terminal, with the data elsewhere."""
    plain = {name: value for name, value in os.environ.items() if not NOT_HANDED_ON.match(name)}
    return {**plain, "SILIAN_DATA_FOLDER": str(folder), **given}


def begin(*arguments: str, env: dict[str, str], output: IO[str] | int) -> subprocess.Popen[str]:
    """``./run`` past its installation, which the environment of the tests already is."""
    command = [sys.executable, "-m", "config.serve", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    )  # fmt: skip


def said(*arguments: str, env: dict[str, str]) -> tuple[int, str]:
    process = begin(*arguments, env=env, output=subprocess.PIPE)
    text, _ = process.communicate(timeout=SECONDS_TO_START)
    return process.returncode, text


def test_it_explains_itself(tmp_path: Path) -> None:
    code, text = said("--help", env=surroundings(tmp_path))
    assert code == 0
    for word in ("./run", "--port", "--host", "--empty", "默认 8000"):
        assert word in text


def test_a_taken_port_is_said_before_anything_is_touched(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, text = said("--port", str(port), env=surroundings(tmp_path))
    assert code == 1
    assert text == f"端口 {port} 已被占用。请换一个，例如 ./run --port {port + 1}。\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("port", ["0", "70000"])
def test_a_port_that_does_not_exist_is_refused(port: str, tmp_path: Path) -> None:
    code, text = said("--port", port, env=surroundings(tmp_path))
    assert (code, text) == (1, f"端口 {port} 不存在，请在 1 到 65535 之间选择。\n")


def test_a_setting_that_makes_no_sense_is_refused_before_anything_is_touched(
    tmp_path: Path,
) -> None:
    env = surroundings(tmp_path, SILIAN_JURISDICTION="青澜")
    code, text = said("--empty", "--port", str(free_port()), env=env)
    assert code == 1
    assert "设置有误，程序没有启动。" in text
    assert "Traceback" not in text
    assert not list(tmp_path.iterdir())


def test_it_is_killed_starts_again_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    data = tmp_path / "data"
    port = free_port()
    process = started(data=data, port=port, log=tmp_path / "first")
    process.kill()
    process.wait()
    until(lambda: port_problem(host="127.0.0.1", port=port) is None, what="the port is free")

    process = started(data=data, port=port, log=tmp_path / "second")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=STOP_SECONDS) == 0
    text = (tmp_path / "second").read_text()
    assert f"四链已就绪：http://127.0.0.1:{port}" in text
    assert "Traceback" not in text
    assert not EmbeddedPostgres(folder=data / "postgres").is_running()


def started(*, data: Path, port: int, log: Path) -> subprocess.Popen[str]:
    """``./run`` with its data elsewhere, as soon as it can serve."""
    with log.open("w") as output:
        process = begin("--empty", "--port", str(port), env=surroundings(data), output=output)
    try:
        until(
            lambda: Visitor(port=port).status("/health/ready") == 200,
            what="the site answers",
            seconds=SECONDS_TO_START,
        )
    except AssertionError:
        process.kill()
        process.wait()
        raise
    return process
