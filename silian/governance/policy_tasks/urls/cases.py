from __future__ import annotations

from django.urls import URLPattern

case_urls: list[URLPattern] = []
