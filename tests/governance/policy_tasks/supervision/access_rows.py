"""Who gets what from the addresses of supervision."""

from __future__ import annotations

from tests.access import Row

SUPERVISION_ROWS: dict[str, Row] = {}
