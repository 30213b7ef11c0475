"""``./test``: every guard and every test, with a summary a person can read."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from config import spark_for_tests
from config.embedded_postgres import EmbeddedPostgres

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
FAST_SERVER = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One check: its title and the command that passes or fails."""

    title: str
    command: list[str]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    step: Step
    passed: bool
    seconds: float


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./test", description="运行全部检查与测试。")
    parser.add_argument("--database", help="改用这个 PostgreSQL，例如 postgresql://…")
    parser.add_argument("--only", choices=["guards", "tests"], help="只运行一部分")
    parser.add_argument("--workers", default="2", help="测试进程数，默认 2")
    parser.add_argument("--spark", action="store_true", help="安装 Spark（470 MB）并测试推荐计算")
    parser.add_argument("pytest", nargs="*", help="交给 pytest 的其余参数（放在 -- 之后）")
    return parser.parse_args(arguments)


def guards() -> list[Step]:
    python = str(BIN / "python")
    return [
        Step(title="格式", command=[str(BIN / "ruff"), "format", "--check", "."]),
        Step(title="静态检查", command=[str(BIN / "ruff"), "check", "."]),
        Step(title="类型", command=[str(BIN / "mypy"), "silian", "config"]),
        Step(
            title="引擎类型",
            command=[
                str(BIN / "mypy"),
                "--config-file",
                "engines/mypy.ini",
                "engines/silian_engines",
            ],
        ),
        Step(title="导入方向", command=[str(BIN / "lint-imports")]),
        Step(title="迁移齐全", command=[python, "-m", "config", "makemigrations", "--check"]),
    ]


def tests(options: argparse.Namespace) -> list[Step]:
    spread = ["-n", options.workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [str(BIN / "pytest"), *spread, "-rs", *options.pytest]  # a skipped test says why
    return [Step(title="测试", command=command)]


TEST_SERVER = EmbeddedPostgres(folder=ROOT / "var" / "test-postgres", settings=FAST_SERVER)


def install_browser() -> None:
    """Give the browser tests a browser: the system's, else Debian's package, else Playwright's."""
    if shutil.which("chromium") or shutil.which("google-chrome"):
        return
    ways: list[list[str]] = [[str(BIN / "playwright"), "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        packages = ["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"]
        ways = [["apt-get", "update", "-qq"], packages, *ways]
    for command in ways:
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        if shutil.which("chromium"):
            return


def install_search_server() -> None:
    """Give the tests of the search cluster Debian's package, which starts no service of its own."""
    if shutil.which("searchd") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    package = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "sphinxsearch"]
    for command in (["apt-get", "update", "-qq"], package):
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def run(step: Step) -> Outcome:
    print(f"\n── {step.title}", flush=True)
    started = time.monotonic()
    done = subprocess.run(step.command, cwd=ROOT, check=False)
    return Outcome(step=step, passed=done.returncode == 0, seconds=time.monotonic() - started)


def summary(outcomes: list[Outcome]) -> str:
    lines = ["", "════ 小结"]
    for outcome in outcomes:
        word = "通过" if outcome.passed else "未通过"
        lines.append(f"{word}  {outcome.step.title}  {outcome.seconds:.1f} 秒")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    os.environ["DATABASE_URL"] = options.database or TEST_SERVER.ensure()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ["SILIAN_DATA_FOLDER"] = str(ROOT / "var" / "test")
    try:
        outcomes = run_chosen(options)
    finally:
        if not options.database:
            TEST_SERVER.stop()
    print(summary(outcomes), flush=True)
    failed = sum(not outcome.passed for outcome in outcomes)
    print(f"{len(outcomes) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def run_chosen(options: argparse.Namespace) -> list[Outcome]:
    """Run the parts that were asked for, guards first."""
    first = guards() if options.only in (None, "guards") else []
    if options.only == "guards":
        return [run(step) for step in first]
    install_browser()
    install_search_server()
    tables = subprocess.Popen([sys.executable, "-m", "tests.migrated_template"], cwd=ROOT)
    wanted = spark_for_tests.is_wanted(asked=options.spark)
    spark = spark_for_tests.begin_installation() if wanted else None
    outcomes = [run(step) for step in first]
    tables.wait()  # the tests themselves say what is wrong, should it have failed
    if spark:
        spark.wait()
        spark_for_tests.let_tests_import_it()
    return outcomes + [run(step) for step in tests(options)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
