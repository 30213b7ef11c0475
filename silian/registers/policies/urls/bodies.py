"""Addresses of responsible bodies."""

from __future__ import annotations

from django.urls import URLPattern

body_urls: list[URLPattern] = []
