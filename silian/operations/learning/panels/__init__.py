"""Learning: what it shows in the frame and on the workbench, a file per aggregate."""
