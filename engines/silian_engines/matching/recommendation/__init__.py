"""Needs and offers that suit each other, by what they say and what came of it (推荐)."""
