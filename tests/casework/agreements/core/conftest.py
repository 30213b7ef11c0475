"""The clock of these tests stands on the morning of 18 March 2026."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.casework.agreements.core.stage import NOW


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
