"""Jobs of reviews, a file per aggregate."""
