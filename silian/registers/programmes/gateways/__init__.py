"""The rulebook, read for what plans must hold."""
