"""Learning: demo, a file per aggregate."""
