"""The clock of these tests stands on the afternoon of 18 March 2026."""

from __future__ import annotations

import pytest

from tests.operations.learning.stage import NOW


@pytest.fixture(autouse=True)
def afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
