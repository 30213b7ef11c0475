"""What the task ledger tells others, one file per aggregate."""
