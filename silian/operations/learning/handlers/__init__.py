"""Learning: handlers, a file per aggregate."""
