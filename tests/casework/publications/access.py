"""Who gets what from every address of 发布."""

from __future__ import annotations

from tests.access import Row

ACCESS: dict[str, Row] = {}
