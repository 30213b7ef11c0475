"""Lives of incentives, one table an aggregate."""
