"""Engines of Silian: pure Python, no Django (四链引擎)."""
