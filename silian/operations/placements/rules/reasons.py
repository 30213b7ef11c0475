"""Why a step is refused, said once for several aggregates."""

from __future__ import annotations


def reason_without_words(*, reason: str) -> str | None:
    """A step against what was agreed needs words that the other side can read."""
    return None if reason.strip() else "请写明原因，对方会看到。"
