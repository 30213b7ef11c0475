"""The rulebooks of the jurisdictions, read through the engine."""
