"""Shapes in which agreements leave the platform."""
