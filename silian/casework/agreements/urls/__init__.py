"""Addresses of agreements: one list per aggregate, put together here."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "agreements"
urlpatterns: list[URLPattern] = []
