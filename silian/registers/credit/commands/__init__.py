"""Credit: commands, a file per aggregate."""
