"""Dated policy rules: computed exactly, explained, and run over a population (政策规则)."""
