"""Copies the front-end files we serve from node_modules into static/vendor, with a manifest.

Run ``npm ci --ignore-scripts && python -m silian.foundation.ui.vendor`` after a version changes.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE, TARGET = HERE.parents[2] / "node_modules", HERE / "static" / "vendor"
FILES = (HERE / "vendor_files.txt").read_text(encoding="utf-8").split()
SOURCE_MAP = re.compile(rb"\n?(//|/\*)# sourceMappingURL=\S+( \*/|\*/)?")


def copy_vendor_files() -> None:
    """Copy each named file without its source map line and write the sums (前端依赖清单)."""
    sums = []
    for name in FILES:
        content = SOURCE_MAP.sub(b"", (SOURCE / name).read_bytes())
        copy = TARGET / name.replace("/dist", "").replace("@", "")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {copy.relative_to(TARGET)}\n")
    (TARGET / "MANIFEST").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    copy_vendor_files()
