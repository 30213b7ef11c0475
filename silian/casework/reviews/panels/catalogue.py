"""The catalogue as a series of publications."""

from __future__ import annotations

from silian.casework.publications.registry import Kind, register_kind
from silian.casework.reviews.queries.catalogue import EDITION_KIND

register_kind(
    Kind(
        code=EDITION_KIND,
        title="认证目录",
        purpose="某一天在册的认定和建设培育对象，由认定台账生成",
    )
)
