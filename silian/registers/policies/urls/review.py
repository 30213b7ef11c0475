"""Addresses of the review of a document."""

from __future__ import annotations

from django.urls import URLPattern

review_urls: list[URLPattern] = []
