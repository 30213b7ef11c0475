"""Shapes of input, a file per aggregate."""
