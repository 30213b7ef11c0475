"""The announcement of a call as a series of publications."""

from __future__ import annotations

from silian.casework.publications.registry import Kind, register_kind
from silian.casework.reviews.queries.call_editions import CALL_KIND

register_kind(
    Kind(
        code=CALL_KIND,
        title="申报公告",
        purpose="认定批次的申报条件、材料、期限和咨询方式，可打印存档",
        template="reviews/_call_edition.html",
    )
)
