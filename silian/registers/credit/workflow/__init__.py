"""Credit: workflow, a file per aggregate."""
