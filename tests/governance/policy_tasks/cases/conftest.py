"""The clock of these tests stands on the afternoon of 18 March 2026."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.governance.policy_tasks.supervision.stage import NOW


@pytest.fixture(autouse=True)
def afternoon(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
