"""Addresses of schools run with enterprises."""

from __future__ import annotations

from django.urls import path, re_path

from silian.operations.alliances.views import ownership, ownership_steps

ownership_urls = [
    path("cases/register/", ownership.case_register, name="case_register"),
    path("cases/", ownership.case_list, name="case_list"),
    path("cases/new/", ownership.case_new, name="case_new"),
    path("cases/<int:case_id>/", ownership.case_detail, name="case_detail"),
    path("cases/<int:case_id>/edit/", ownership.case_edit, name="case_edit"),
    path("cases/<int:case_id>/parties/", ownership.party_new, name="case_party_new"),
    path(
        "cases/<int:case_id>/parties/<int:party_id>/drop/",
        ownership.party_drop,
        name="case_party_drop",
    ),
    path("cases/<int:case_id>/assets/", ownership.asset_new, name="case_asset_new"),
    path(
        "cases/<int:case_id>/assets/<int:asset_id>/drop/",
        ownership.asset_drop,
        name="case_asset_drop",
    ),
    re_path(
        r"^cases/(?P<case_id>\d+)/step/(?P<name>apply|return|review|refuse)/$",
        ownership_steps.case_step,
        name="case_step",
    ),
    path("cases/<int:case_id>/approvals/", ownership_steps.approval_new, name="case_approval_new"),
    path("cases/<int:case_id>/approve/", ownership_steps.case_approve, name="case_approve"),
    path("cases/<int:case_id>/run/", ownership_steps.case_run, name="case_run"),
    path("cases/<int:case_id>/end/", ownership_steps.case_end, name="case_end"),
    path("cases/<int:case_id>/report/", ownership_steps.case_report, name="case_report"),
    path("cases/purchases/", ownership_steps.purchase_list, name="purchase_list"),
    path("cases/purchases/new/", ownership_steps.purchase_new, name="purchase_new"),
]
