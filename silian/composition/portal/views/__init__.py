"""What the portal answers, one file per kind of page."""
