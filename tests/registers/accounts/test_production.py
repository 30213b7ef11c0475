"""Production refuses the demonstration before anything else starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COMPLETE = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "SILIAN_SECRET_KEY": "x" * 50,
    "SILIAN_FIELD_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
}


def started(**values: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **COMPLETE, "SILIAN_DEMO": "false", **values}
    command = [sys.executable, "-c", "import config.settings.production"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_production_starts_without_demonstration_only() -> None:
    assert started().returncode == 0
    refused = started(SILIAN_DEMO="true")
    assert refused.returncode != 0
    assert "生产环境不能打开演示模式" in refused.stderr
