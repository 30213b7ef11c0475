"""Who gets what from the addresses of tasks."""

from __future__ import annotations

from tests.access import Row

TASK_ROWS: dict[str, Row] = {}
