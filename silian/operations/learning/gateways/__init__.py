"""Learning: gateways, a file per aggregate."""
