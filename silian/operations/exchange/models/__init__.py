"""Tables of the exchange, one file per aggregate."""

from silian.operations.exchange.models import listing, negotiation  # noqa: F401
