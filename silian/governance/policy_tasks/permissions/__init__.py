"""Who sees and does what, one file per aggregate."""
