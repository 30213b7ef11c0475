"""Search over everything that the modules make findable: one question, whichever engine answers."""
