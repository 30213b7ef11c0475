"""Learning: permissions, a file per aggregate."""
