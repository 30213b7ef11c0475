"""Addresses of targets."""

from __future__ import annotations

from django.urls import URLPattern, path

from silian.governance.policy_tasks.views import targets

target_urls: list[URLPattern] = [
    path("targets/", targets.target_list, name="target_list"),
    path("targets/public/", targets.target_public, name="target_public"),
    path("targets/<int:target_id>/", targets.target_detail, name="target_detail"),
    path("targets/<int:target_id>/bind/", targets.target_bind, name="target_bind"),
    path("targets/<int:target_id>/unbind/", targets.target_unbind, name="target_unbind"),
    path("targets/<int:target_id>/baseline/", targets.target_baseline, name="target_baseline"),
]
