"""Addresses of learning."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from silian.operations.learning.views import calls, checking, importing, public, returns

app_name = "learning"
urlpatterns: list[URLPattern] = [
    path("fund/", public.public_figures, name="public_figures"),
    path("fund/own/", returns.own, name="own"),
    path("fund/calls/", calls.call_list, name="call_list"),
    path("fund/calls/new/", calls.call_new, name="call_new"),
    path("fund/calls/<int:call_id>/", calls.call_detail, name="call_detail"),
    path("fund/calls/<int:call_id>/edit/", calls.call_edit, name="call_edit"),
    path("fund/calls/<int:call_id>/units/", calls.call_units, name="call_units"),
    path(
        "fund/calls/<int:call_id>/units/import/",
        importing.call_units_import,
        name="call_units_import",
    ),
    path(
        "fund/calls/<int:call_id>/units/<int:unit_id>/drop/",
        calls.call_unit_drop,
        name="call_unit_drop",
    ),
    path("fund/calls/<int:call_id>/issue/", calls.call_issue, name="call_issue"),
    path("fund/calls/<int:call_id>/remind/", calls.call_remind, name="call_remind"),
    path("fund/calls/<int:call_id>/begin/", returns.return_begin, name="return_begin"),
    path(
        "fund/calls/<int:call_id>/import/",
        importing.call_returns_import,
        name="call_returns_import",
    ),
    re_path(
        r"^fund/calls/(?P<call_id>\d+)/template/(?P<kind>units|returns)/$",
        importing.sheet_template,
        name="sheet_template",
    ),
    path("fund/returns/", returns.return_list, name="return_list"),
    path("fund/returns/<int:return_id>/", returns.return_detail, name="return_detail"),
    path("fund/returns/<int:return_id>/edit/", returns.return_edit, name="return_edit"),
    path("fund/returns/<int:return_id>/evidence/", returns.evidence_add, name="evidence_add"),
    path(
        "fund/returns/<int:return_id>/evidence/<int:file_id>/drop/",
        returns.evidence_drop,
        name="evidence_drop",
    ),
    path("fund/returns/<int:return_id>/amend/", returns.return_amend, name="return_amend"),
    re_path(
        r"^fund/returns/(?P<return_id>\d+)/step/(?P<name>submit|withdraw|drop)/$",
        returns.return_step,
        name="return_step",
    ),
    re_path(
        r"^fund/returns/(?P<return_id>\d+)/decide/"
        r"(?P<name>confirm|return|accept|send_back|refuse)/$",
        checking.return_decide,
        name="return_decide",
    ),
    path("fund/returns/<int:return_id>/order/", checking.return_order, name="return_order"),
    path("fund/returns/<int:return_id>/opinion/", checking.return_opinion, name="return_opinion"),
]
