"""Jobs of the exchange, one file per aggregate."""
