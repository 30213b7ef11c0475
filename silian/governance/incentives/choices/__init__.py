"""Labels of incentives, one file an aggregate."""
