"""Addresses of responsible bodies."""

from __future__ import annotations

from django.urls import URLPattern, path

from silian.registers.policies.views import bodies

ONE = "bodies/<int:body_id>/"
body_urls: list[URLPattern] = [
    path("bodies/", bodies.body_list, name="body_list"),
    path(ONE, bodies.body_detail, name="body_detail"),
    path(f"{ONE}correct/", bodies.body_correct, name="body_correct"),
    path(f"{ONE}names/", bodies.body_name_add, name="body_name_add"),
    path(f"{ONE}names/<int:name_id>/end/", bodies.body_name_end, name="body_name_end"),
    path(f"{ONE}hand-over/", bodies.body_hand_over, name="body_hand_over"),
]
