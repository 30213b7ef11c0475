"""Pages of the task ledger, one file per aggregate."""
