"""Facts of alliances, told to others."""
