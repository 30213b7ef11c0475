"""Who gets what from the addresses of targets."""

from __future__ import annotations

from tests.access import Row

TARGET_ROWS: dict[str, Row] = {}
