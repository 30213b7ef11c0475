"""Who gets what from every address of 协议."""

from __future__ import annotations

from tests.access import Row

ACCESS: dict[str, Row] = {}
