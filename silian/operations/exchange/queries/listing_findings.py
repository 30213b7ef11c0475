"""Run the automatic checks on a listing's words."""

from __future__ import annotations

from silian.operations.exchange.rules.listing_checks import CheckFinding
from silian.operations.exchange.rules.listing_content import ListingContent


def findings_of(content: ListingContent) -> list[CheckFinding]:
    """What the rules of publication object to in these words (发布前检查)."""
    return []
