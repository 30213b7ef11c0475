"""Addresses of documents of officials."""

from __future__ import annotations

from django.urls import URLPattern

document_urls: list[URLPattern] = []
