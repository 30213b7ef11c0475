from __future__ import annotations

from django.urls import URLPattern

list_urls: list[URLPattern] = []
