"""Learning: commands, a file per aggregate."""
