"""Addresses of placements: one list per aggregate, put together here."""

from __future__ import annotations

from django.urls import URLPattern

from silian.operations.placements.urls import assessments, files, insurance, notes, training
from silian.operations.placements.urls.apprenticeships import apprenticeship_urls
from silian.operations.placements.urls.orders import order_urls

app_name = "placements"
urlpatterns: list[URLPattern] = []
urlpatterns += [*insurance.urlpatterns, *training.urlpatterns, *notes.urlpatterns]
urlpatterns += [*assessments.urlpatterns, *files.urlpatterns]
urlpatterns += [*order_urls, *apprenticeship_urls]
