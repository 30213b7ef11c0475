"""Prepare this checkout and hand over to the program in its virtual environment.

Standard library only: it runs before anything is installed. It makes ``.venv/``, installs the
hash-checked lock when the lock has changed, and then becomes ``.venv/bin/silian``.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
NEEDED_BYTES = 2_000_000_000
LOCKS = {"run": "base.lock", "test": "test.lock"}


class CannotStart(Exception):
    """A reason, in a sentence for the person at the terminal, why the program cannot start."""


def require_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        raise CannotStart(
            f"需要 Python 3.11 或更高版本，当前是 {found}。请安装后用 python3.11 重试。"
        )


def require_disk() -> None:
    free = shutil.disk_usage(ROOT).free
    if not PYTHON.exists() and free < NEEDED_BYTES:
        raise CannotStart(
            f"磁盘空间不足：首次安装约需 2 GB，{ROOT} 所在分区只剩 {free // 1_000_000} MB。"
        )


def make_environment() -> None:
    if PYTHON.exists():
        return
    print("建立运行环境 .venv …", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotStart(
            "无法建立虚拟环境。Debian/Ubuntu 请先安装 python3-venv。原因："
            + (made.stderr or made.stdout).strip()[-300:]
        )


def installed_digest(lock: Path) -> Path:
    return VENV / f"installed-{lock.stem}.sha256"


def install(lock: Path) -> None:
    """Install the locked packages unless this exact lock is installed already."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    mark = installed_digest(lock)
    if mark.exists() and mark.read_text() == digest:
        return
    print(f"安装依赖（{lock.name}），首次约需一分钟 …", flush=True)
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--no-deps",
        "-r",
        str(lock),
    ]
    done = subprocess.run(pip, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise CannotStart(install_failure(done.stderr))
    mark.write_text(digest)


def install_failure(output: str) -> str:
    if "No space left" in output:
        return "磁盘已满，依赖没有装完。清理空间后重新运行即可继续。"
    if "Hash" in output and "mismatch" in output.lower():
        return "下载的软件包与锁定的校验值不符，已停止安装。请检查软件源是否可信。"
    return (
        "无法从软件源安装依赖。请检查网络、代理或 pip 配置中的软件源后重试。原因："
        + output.strip()[-400:]
    )


def link_project() -> None:
    """Let the environment import the project, and put the command ``silian`` on its path."""
    site = next((VENV / "lib").glob("python3*/site-packages"))
    (site / "silian-project.pth").write_text(f"{ROOT}\n{ROOT / 'engines'}\n")
    command = VENV / "bin" / "silian"
    text = f"#!{PYTHON}\nimport sys\nfrom config.command_line import main\n\nsys.exit(main())\n"
    if not command.exists() or command.read_text() != text:
        command.write_text(text)
        command.chmod(0o755)


def prepare(purpose: str) -> None:
    require_python()
    require_disk()
    make_environment()
    install(ROOT / "requirements" / LOCKS[purpose])
    link_project()


def main(arguments: list[str]) -> int:
    purpose = arguments[0] if arguments and arguments[0] in LOCKS else "run"
    try:
        prepare(purpose)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno == errno.ENOSPC:
            print("磁盘已满，无法继续安装。清理空间后重新运行即可。", file=sys.stderr)
            return 1
        raise
    module = {"run": "config.serve", "test": "config.checks"}[purpose]
    os.chdir(ROOT)
    rest = arguments[1:] if arguments and arguments[0] in LOCKS else arguments
    return os.execv(PYTHON, [str(PYTHON), "-m", module, *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
