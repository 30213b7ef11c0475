"""Learning: measures, a file per aggregate."""
