"""Agreements of the demonstration city, and the sower that other modules use."""
