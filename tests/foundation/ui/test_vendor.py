"""The vendored files are the ones the manifest names, and no others."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from silian.foundation.ui import frame

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "silian/foundation/ui/static/vendor"


def manifest() -> dict[str, str]:
    lines = (VENDOR / "MANIFEST").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def test_every_vendored_file_has_the_sum_of_the_manifest() -> None:
    for name, digest in manifest().items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_no_vendored_file_is_outside_the_manifest() -> None:
    present = {
        str(path.relative_to(VENDOR))
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "MANIFEST"
    }
    assert present == set(manifest())


def test_scripts_load_only_vendored_files() -> None:
    assert set(frame.LATER_FILES) <= set(manifest())


def test_versions_are_exact_and_the_lock_names_no_host() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in package["dependencies"].values())
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert '"resolved"' not in lock
    locked = json.loads(lock)["packages"]
    for name, version in package["dependencies"].items():
        assert locked[f"node_modules/{name}"]["version"] == version


def test_our_own_styles_and_scripts_stay_light() -> None:
    own = ROOT / "silian/foundation/ui/static/ui"
    assert sum(path.stat().st_size for path in own.glob("*.css")) < 60_000
    assert sum(path.stat().st_size for path in own.glob("*.js")) < 40_000
