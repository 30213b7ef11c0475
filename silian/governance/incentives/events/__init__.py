"""Facts about incentives, one file an aggregate."""
