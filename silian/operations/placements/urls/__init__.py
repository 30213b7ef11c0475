"""Addresses of placements: one list per aggregate, put together here."""

from __future__ import annotations

from django.urls import URLPattern

from silian.operations.placements.urls import insurance

app_name = "placements"
urlpatterns: list[URLPattern] = []
urlpatterns += insurance.urlpatterns
