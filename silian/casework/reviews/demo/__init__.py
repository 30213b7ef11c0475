"""The demonstration province: schemes, batches, dossiers, recognitions."""
