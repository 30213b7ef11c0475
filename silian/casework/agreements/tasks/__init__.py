"""Jobs of agreements, one file per aggregate."""
