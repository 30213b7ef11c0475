"""Programmes, plans, classes and standards of the demonstration city (演示数据)."""
