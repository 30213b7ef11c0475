"""Long work of programmes."""
