"""What the pages of the portal bring together, one file per subject."""
