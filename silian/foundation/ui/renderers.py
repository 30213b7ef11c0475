"""Forms drawn by the design system's own templates."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Looks for form templates among the apps' templates first."""
