"""Matching (匹配): text, occupations, fields, checks and duplicates of listings."""
