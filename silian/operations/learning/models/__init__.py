"""Tables of learning: calls and returns, one file per aggregate."""

from silian.operations.learning.models import calls, returns

__all__ = ["calls", "returns"]
