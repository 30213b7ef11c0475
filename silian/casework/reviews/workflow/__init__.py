"""The tables of steps, a file per aggregate."""
