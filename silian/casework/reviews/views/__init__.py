"""Pages of reviews, a file per aggregate."""
