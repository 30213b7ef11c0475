"""What happens in a batch, a file per aggregate."""
