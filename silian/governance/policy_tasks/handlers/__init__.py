"""What the task ledger does when something happened, one file per aggregate."""
