"""Measures of reviews, a file per aggregate."""
