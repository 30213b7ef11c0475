"""What agreements show elsewhere, one file per aggregate."""
