"""Refusals of the register of people."""

from __future__ import annotations

from silian.foundation.kernel.errors import DomainError


class IdNumberTaken(DomainError):
    """The identity number already belongs to somebody on the register."""
