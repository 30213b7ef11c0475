"""Addresses of configured kinds."""

from __future__ import annotations

from django.urls import path

from silian.casework.agreements.views import kinds

urlpatterns = [
    path("kinds/", kinds.kind_list, name="kind_list"),
    path("kinds/new/", kinds.kind_new, name="kind_new"),
    path("kinds/<int:kind_id>/", kinds.kind_detail, name="kind_detail"),
    path("kinds/<int:kind_id>/edit/", kinds.kind_edit, name="kind_edit"),
    path("kinds/<int:kind_id>/trial/", kinds.kind_trial, name="kind_trial"),
    path("kinds/<int:kind_id>/publish/", kinds.kind_publish, name="kind_publish"),
    path("kinds/<int:kind_id>/<slug:is_open>/", kinds.kind_open, name="kind_open"),
]
