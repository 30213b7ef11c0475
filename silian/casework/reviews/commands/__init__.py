"""Writes, a file per aggregate."""
