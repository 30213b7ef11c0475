"""Who gets what from the addresses of library of the policy register."""

from __future__ import annotations

from tests.access import Row

LIBRARY_ROWS: dict[str, Row] = {}
