"""Learning: queries, a file per aggregate."""
