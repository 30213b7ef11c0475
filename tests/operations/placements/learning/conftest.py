"""The clock of these tests stands in the morning of 18 March 2026."""

from __future__ import annotations

import pytest

from tests.operations.placements.stage import NOW


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
