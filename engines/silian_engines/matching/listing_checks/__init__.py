"""Listing checks (发布前检查): what a listing may not say, with rule and cure."""
