"""Addresses of agreements: one list per aggregate, put together here."""

from __future__ import annotations

from django.urls import URLPattern

from silian.casework.agreements.urls import agreements, kinds, signing

app_name = "agreements"
urlpatterns: list[URLPattern] = [
    *signing.urlpatterns,
    *kinds.urlpatterns,
    *agreements.urlpatterns,
]
