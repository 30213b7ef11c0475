"""Addresses of ui: drafts, saved views, the style guide."""

from __future__ import annotations

from django.urls import path

from silian.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("drafts/<slug:name>/", views.draft, name="draft"),
    path("drafts/<slug:name>/drop/", views.draft_drop, name="draft_drop"),
    path("views/", views.view_save, name="view_save"),
    path("views/<int:view_id>/delete/", views.view_delete, name="view_delete"),
    path("exports/", views.export_start, name="export_start"),
    path("style-guide/", views.style_guide, name="style_guide"),
    path("style-guide/words/", views.style_guide_words, name="style_guide_words"),
]
