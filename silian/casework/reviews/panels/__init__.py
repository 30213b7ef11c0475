"""What reviews shows elsewhere, a file per aggregate."""
