"""Addresses of checks on service organisations."""

from __future__ import annotations

from django.urls import path, re_path

from silian.operations.alliances.views import conduct

conduct_urls = [
    path("conduct/", conduct.conduct_list, name="conduct_list"),
    path("conduct/new/", conduct.conduct_new, name="conduct_new"),
    path("conduct/<int:check_id>/", conduct.conduct_detail, name="conduct_detail"),
    path("conduct/<int:check_id>/findings/", conduct.conduct_findings, name="conduct_findings"),
    path(
        "conduct/<int:check_id>/points/<int:point_id>/",
        conduct.conduct_correct,
        name="conduct_correct",
    ),
    re_path(
        r"^conduct/(?P<check_id>\d+)/step/(?P<name>hand_in|accept)/$",
        conduct.conduct_step,
        name="conduct_step",
    ),
    path("conduct/<int:check_id>/reject/", conduct.conduct_reject, name="conduct_reject"),
]
