"""The policies of the demonstration city."""
