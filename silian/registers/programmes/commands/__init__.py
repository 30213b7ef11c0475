"""Writes of programmes, plans and classes, one file per aggregate."""
