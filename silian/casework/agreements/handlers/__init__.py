"""What agreements do when something happened, one file per aggregate."""
