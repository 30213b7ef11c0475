from __future__ import annotations

from django.urls import URLPattern

target_urls: list[URLPattern] = []
