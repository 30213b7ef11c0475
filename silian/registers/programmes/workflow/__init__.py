"""The lives of programmes, plans, standards, pathways and rosters."""
