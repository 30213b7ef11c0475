"""Addresses of weekly notes."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import notes

INTERN = "internships/<int:internship_id>/notes/"
urlpatterns = [
    path(INTERN, notes.note_weeks, name="note_weeks"),
    path(f"{INTERN}<str:week>/", notes.note_write, name="note_write"),
    path("notes/ticking/", notes.note_ticking, name="note_ticking"),
    path("notes/reading/", notes.note_reading, name="note_reading"),
    path("notes/<int:note_id>/", notes.note_detail, name="note_detail"),
]
