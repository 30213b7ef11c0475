"""Who gets what from the addresses of ui."""

from __future__ import annotations

from tests.access import Row, public, signed_in
from tests.world import ROLES

JSON = "application/json"
ACCESS: dict[str, Row] = {
    "ui:draft": signed_in(kwargs=lambda world: {"name": "listing-new"}),
    "ui:draft_drop": signed_in(method="post", kwargs=lambda world: {"name": "listing-new"}),
    "ui:view_save": Row(
        method="post",
        statuses=dict.fromkeys(ROLES, 302),
        data=lambda world: {"path": "/exchange/", "name": "本周到期", "query": "sort=-pay"},
    ),
    "ui:view_delete": Row(
        method="post", statuses=dict.fromkeys(ROLES, 302), kwargs=lambda world: {"view_id": 1}
    ),
    "ui:export_start": signed_in(
        method="post", status=404, data=lambda world: {"source": "none", "kind": "csv"}
    ),
    "ui:style_guide": public(),
    "ui:style_guide_words": public(),
}
