from __future__ import annotations

from django.urls import URLPattern

supervision_urls: list[URLPattern] = []
