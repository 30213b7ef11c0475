"""The demonstration city: series of all metrics, a few reported ones, an objection."""
