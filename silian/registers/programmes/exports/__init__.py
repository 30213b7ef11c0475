"""Files that leave the module."""
