"""The cast of tests/world.py, made once for a run of tests and left standing under each of them.

Making it asks a dozen statements, thousands of times in a run. Here it stands in an open
transaction; a test runs in a savepoint above it, so what a test changes is gone after it. A test
that does not ask for the cast finds the tables without it, and a test that commits finds nothing
of this: the transaction is rolled back first.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from tests.world import Cast, World, make_cast, world_of

MOST_TESTS = 60  # what tests rolled back still fills the tables until the transaction ends


@dataclass
class StandingCast:
    """The open transaction with the cast in it, or nothing."""

    atomic: Any = None
    cast: bytes = b""
    used: int = field(default=0)

    @property
    def stands(self) -> bool:
        return self.atomic is not None

    def stand(self) -> None:
        """Make the cast, unless a fresh enough one stands."""
        if self.used >= MOST_TESTS or not connection.in_atomic_block:
            self.leave()
        if not self.stands:
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            self.cast = pickle.dumps(make_cast())
        self.used += 1

    def leave(self) -> None:
        """Roll the transaction back."""
        atomic, self.atomic, self.used = self.atomic, None, 0
        if atomic is not None and connection.in_atomic_block:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)

    def world(self) -> World:
        """The cast for one test: objects and clients of its own over the shared rows."""
        cast: Cast = pickle.loads(self.cast)
        return world_of(cast)
