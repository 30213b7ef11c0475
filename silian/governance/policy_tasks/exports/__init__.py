"""Files that leave the house, one file per aggregate."""
