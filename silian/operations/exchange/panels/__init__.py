"""What the exchange shows on pages below it, one file per aggregate."""
