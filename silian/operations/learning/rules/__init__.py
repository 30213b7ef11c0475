"""Learning: rules, a file per aggregate."""
