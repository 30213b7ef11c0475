"""Who gets what from every address of 专业与培养方案."""

from __future__ import annotations

from tests.access import Row

ACCESS: dict[str, Row] = {}
