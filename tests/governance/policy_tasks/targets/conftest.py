"""The clock of these tests stands on the afternoon of 18 March 2026."""

from __future__ import annotations

import pytest

from tests.governance.policy_tasks.tasks import stage
from tests.world import Person, World


@pytest.fixture(autouse=True)
def afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: stage.NOW)


@pytest.fixture
def industry(world: World) -> Person:
    """The agent of the department of industry."""
    return stage.department()
