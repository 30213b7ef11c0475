"""Addresses of reviews, a file per aggregate."""

from __future__ import annotations

from django.urls import URLPattern

from silian.casework.reviews.urls import (
    campaigns,
    deciding,
    dossiers,
    judging,
    recognitions,
    schemes,
)

app_name = "reviews"
urlpatterns: list[URLPattern] = [
    *deciding.urlpatterns,
    *campaigns.urlpatterns,
    *dossiers.urlpatterns,
    *judging.urlpatterns,
    *schemes.urlpatterns,
    *recognitions.urlpatterns,
]
