"""Who gets what from the addresses of cases."""

from __future__ import annotations

from tests.access import Row

CASE_ROWS: dict[str, Row] = {}
