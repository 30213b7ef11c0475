"""Who gets what from every address of 集团联盟与协调机制."""

from __future__ import annotations

from tests.access import Row

ACCESS: dict[str, Row] = {}
