"""Tables of learning: one file per aggregate."""

from silian.operations.learning.models import awards, calls, competitions, promotions, returns

__all__ = ["awards", "calls", "competitions", "promotions", "returns"]
