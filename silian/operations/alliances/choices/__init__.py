"""Labels of alliances, one file per aggregate."""
