"""One set of counters for all web processes of one start of the server.

``prometheus_client`` keeps the counters of each process in a file of a common folder, and reads
the variable that names the folder when it is first imported: so this runs before Django. The
processes of one server share a parent; its number names the folder. Folders of servers that are
gone are removed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def share_measurements() -> None:
    """Name the folder unless the operator has, or one process counts for itself already."""
    if "prometheus_client" in sys.modules:
        return
    if os.environ.get(VARIABLE):
        Path(os.environ[VARIABLE]).mkdir(parents=True, exist_ok=True)
        return
    home = Path(tempfile.gettempdir()) / f"silian-measurements-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    if home.stat().st_uid != os.getuid():
        raise PermissionError(f"{home} belongs to somebody else; set {VARIABLE}")
    remove_abandoned(home)
    folder = home / str(os.getppid())
    folder.mkdir(exist_ok=True)
    os.environ[VARIABLE] = str(folder)


def remove_abandoned(home: Path) -> None:
    for folder in home.iterdir():
        if folder.name.isdigit() and not is_running(int(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
