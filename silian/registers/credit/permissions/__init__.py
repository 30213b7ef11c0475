"""Credit: permissions, a file per aggregate."""
