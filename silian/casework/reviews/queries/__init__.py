"""Reads, a file per aggregate."""
