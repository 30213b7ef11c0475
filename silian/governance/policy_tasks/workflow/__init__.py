"""The lives of tasks, findings, list items and cases, one file each."""
