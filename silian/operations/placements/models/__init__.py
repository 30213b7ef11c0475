"""Tables of placements, one file per aggregate."""
