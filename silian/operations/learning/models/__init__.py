"""Tables of learning: one file per aggregate."""

from silian.operations.learning.models import (
    awards,
    calls,
    collections,
    competitions,
    promotions,
    returns,
)

__all__ = ["awards", "calls", "collections", "competitions", "promotions", "returns"]
