"""Who gets what from every address of 政策."""

from __future__ import annotations

from tests.access import Row

ACCESS: dict[str, Row] = {}
