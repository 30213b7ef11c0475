"""Addresses of the public library."""

from __future__ import annotations

from django.urls import URLPattern

library_urls: list[URLPattern] = []
