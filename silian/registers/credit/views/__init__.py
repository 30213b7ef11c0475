"""Credit: views, a file per aggregate."""
