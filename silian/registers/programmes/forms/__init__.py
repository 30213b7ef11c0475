"""What schools, enterprises and officials type."""
