"""Facts of placements, told to others."""
