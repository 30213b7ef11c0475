"""What the task ledger shows on pages below it, one file per aggregate."""
