"""What an engine says when it could not take everything."""

from __future__ import annotations

from silian.foundation.kernel.search.requests import Hit


class IndexUnavailable(Exception):
    """A part of the index did not answer; everything else was taken.

    ``rows`` were neither written nor deleted: give them again later.
    """

    def __init__(self, rows: frozenset[Hit], reason: str) -> None:
        super().__init__(reason)
        self.rows = rows
