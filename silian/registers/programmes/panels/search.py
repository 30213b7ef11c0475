"""Programmes in the search (专业检索来源)."""

from __future__ import annotations

from silian.foundation.kernel.search.sources import SearchSource, register_source
from silian.registers.programmes.queries.search_documents import (
    SUBJECT,
    documents_of,
    findable_ids,
    findable_total,
    visible_programmes,
)

register_source(
    SearchSource(
        subject=SUBJECT,
        label="专业",
        documents_of=documents_of,
        ids=findable_ids,
        total=findable_total,
        visible_to=visible_programmes,
        order=30,
    )
)
