"""Who may see and change programmes, plans and classes, one file per aggregate."""
