"""Template tags of the design system, built in to every template."""

from __future__ import annotations

from django import template

register = template.Library()
