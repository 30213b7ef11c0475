"""Pure decisions about tasks and targets, one file per aggregate."""
