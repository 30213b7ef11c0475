"""Who sees and does what, a file per aggregate."""
