"""Who gets what from every address of 任务台账."""

from __future__ import annotations

from tests.access import Row

ACCESS: dict[str, Row] = {}
