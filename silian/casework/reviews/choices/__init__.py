"""Labels of schemes, batches, dossiers, judging and recognitions, a file per aggregate."""
