"""The clock of these tests stands on the morning of 18 March 2026."""

from __future__ import annotations

import pytest

from tests.governance.incentives.stage import NOW


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
