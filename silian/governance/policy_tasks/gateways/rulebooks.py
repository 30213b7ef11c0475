"""The books of jurisdictions in ``rulebooks/`` (地区规则册)."""

from __future__ import annotations

from silian_engines.policy_rules.errors import RulebookFault, UnknownRule
from silian_engines.policy_rules.jurisdictions import (
    JurisdictionBook,
    jurisdictions_with_books,
    load_jurisdiction,
)

from silian.foundation.kernel.errors import DomainError


def known_books() -> dict[str, str]:
    """The jurisdictions that have a book: name by code."""
    return jurisdictions_with_books()


def book_of(code: str) -> JurisdictionBook:
    """The book of a jurisdiction, checked; an unknown or faulty one is refused in a sentence."""
    try:
        return load_jurisdiction(code=code)
    except (RulebookFault, UnknownRule) as refusal:
        raise DomainError(str(refusal)) from refusal
