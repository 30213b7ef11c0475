"""What the exchange does when something happened, one file per aggregate."""
