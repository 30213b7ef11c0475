"""Addresses of programmes: one list per aggregate, put together here."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "programmes"
urlpatterns: list[URLPattern] = []
