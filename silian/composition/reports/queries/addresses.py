"""Addresses of pages below; nothing where a page is not part of this installation."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address(name: str, **arguments: object) -> str:
    """The address of a named page, or nothing."""
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""
