"""Groups and committees in the search (集团联盟和委员会检索来源)."""

from __future__ import annotations

from silian.foundation.kernel.search.sources import SearchSource, register_source
from silian.operations.alliances.queries.search_documents import (
    COMMITTEE,
    GROUP,
    committee_documents,
    committee_ids,
    committee_total,
    group_documents,
    group_ids,
    group_total,
    visible_committees,
    visible_groups,
)

register_source(
    SearchSource(
        subject=GROUP,
        label="集团联盟",
        documents_of=group_documents,
        ids=group_ids,
        total=group_total,
        visible_to=visible_groups,
        order=40,
    )
)
register_source(
    SearchSource(
        subject=COMMITTEE,
        label="委员会",
        documents_of=committee_documents,
        ids=committee_ids,
        total=committee_total,
        visible_to=visible_committees,
        order=45,
    )
)
