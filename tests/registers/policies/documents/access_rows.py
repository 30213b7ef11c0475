"""Who gets what from the addresses of documents of the policy register."""

from __future__ import annotations

from tests.access import Row

DOCUMENT_ROWS: dict[str, Row] = {}
