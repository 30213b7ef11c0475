"""Credit: queries, a file per aggregate."""
