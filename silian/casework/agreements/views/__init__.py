"""Pages of agreements, one file per aggregate."""
