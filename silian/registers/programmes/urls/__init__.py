"""Addresses of programmes: one list per aggregate, put together here."""

from __future__ import annotations

from silian.registers.programmes.urls import classes, plans, programmes, teaching

app_name = "programmes"
urlpatterns = [
    *programmes.urlpatterns,
    *plans.urlpatterns,
    *teaching.urlpatterns,
    *classes.urlpatterns,
]
