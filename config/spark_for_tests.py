"""Apache Spark for its one test, brought while the guards run so that hardly anybody waits.

It is 470 MB and no part of the product, so it lies in a folder of its own, where no guard reads it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv" / "spark"
LOCK = ROOT / "requirements" / "spark.lock"
MARK = FOLDER / "installed.sha256"


def is_installed() -> bool:
    return MARK.exists() and MARK.read_text() == digest()


def digest() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def is_wanted(*, asked: bool) -> bool:
    """In CI always; elsewhere by ``./test --spark`` once, and from then on."""
    return asked or bool(os.environ.get("CI")) or is_installed()


def begin_installation() -> subprocess.Popen[bytes]:
    """Start bringing what is missing; the tests wait for the end of it."""
    return subprocess.Popen([sys.executable, "-m", "config.spark_for_tests"], cwd=ROOT)


def let_tests_import_it() -> None:
    known = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [known, str(FOLDER)]))


def install_java() -> None:
    """Debian's headless Java, where there is none and this process may install it."""
    if shutil.which("java") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    package = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "default-jre-headless"]
    for command in (["apt-get", "update", "-qq"], package):
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def install_spark() -> int:
    if is_installed():
        return 0
    shutil.rmtree(FOLDER, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    exact = ["--require-hashes", "--no-deps", "--target", str(FOLDER), "-r", str(LOCK)]
    done = subprocess.run([*pip, *exact], check=False)
    if done.returncode == 0:
        MARK.write_text(digest())
    return done.returncode


if __name__ == "__main__":
    install_java()
    sys.exit(install_spark())
