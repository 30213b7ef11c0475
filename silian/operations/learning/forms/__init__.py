"""Learning: forms, a file per aggregate."""
