"""What every test of ledgers starts with."""

from __future__ import annotations

import pytest

from tests.casework.ledgers.stage import Books, make_books
from tests.world import World


@pytest.fixture
def books(world: World) -> Books:
    """A line with 100,000 yuan."""
    return make_books()
