"""Numbers as a definition writes them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation


def is_number(said: str) -> bool:
    """Whether a text is a plain finite number."""
    try:
        return Decimal(said).is_finite()
    except InvalidOperation:
        return False
