"""Shapes of input, one file per aggregate."""
