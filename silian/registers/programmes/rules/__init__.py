"""Decisions about programmes that need no table."""
