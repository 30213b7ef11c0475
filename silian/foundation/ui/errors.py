"""Refusals of the small endpoints of ui."""

from __future__ import annotations

from silian.foundation.kernel.errors import DomainError


class DraftTooLarge(DomainError):
    """A draft holds typed text, never files (草稿过大)."""

    status = 413


class ViewRefused(DomainError):
    """A saved view without a usable name or place (视图无法保存)."""

    status = 422
