"""Files that reviews make, a file per aggregate."""
