"""What people and jobs do with tasks and targets, one file per aggregate."""
