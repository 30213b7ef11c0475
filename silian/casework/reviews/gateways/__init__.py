"""Outside sources of reviews."""
