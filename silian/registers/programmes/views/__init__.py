"""Pages of programmes, one file per aggregate."""
