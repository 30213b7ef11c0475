"""Who gets what from the addresses of lists."""

from __future__ import annotations

from tests.access import Row

LIST_ROWS: dict[str, Row] = {}
