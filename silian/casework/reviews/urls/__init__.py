"""Addresses of reviews, a file per aggregate."""

from __future__ import annotations

from django.urls import URLPattern

from silian.casework.reviews.urls import campaigns, dossiers, judging, recognitions, schemes

app_name = "reviews"
urlpatterns: list[URLPattern] = [
    *campaigns.urlpatterns,
    *dossiers.urlpatterns,
    *judging.urlpatterns,
    *schemes.urlpatterns,
    *recognitions.urlpatterns,
]
