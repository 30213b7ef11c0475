"""Credit: forms, a file per aggregate."""
