"""Cooperation, order classes, internships and apprenticeships, from plan to certificate."""
