"""The measures of the exchange, declared once from its own rows."""
