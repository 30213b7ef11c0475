"""What reviews do when something happened, a file per aggregate."""
