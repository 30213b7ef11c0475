"""The last builder of the demonstration city: its bulletins."""
