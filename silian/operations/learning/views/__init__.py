"""Learning: views, a file per aggregate."""
