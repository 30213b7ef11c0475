"""Addresses of schemes."""

from __future__ import annotations

from django.urls import path

from silian.casework.reviews.views import scheme_editing, scheme_trials, schemes

urlpatterns = [
    path("schemes/", schemes.scheme_list, name="scheme_list"),
    path("schemes/new/", schemes.scheme_new, name="scheme_new"),
    path("schemes/load/", schemes.scheme_load, name="scheme_load"),
    path("schemes/<int:scheme_id>/", schemes.scheme_detail, name="scheme_detail"),
    path(
        "schemes/<int:scheme_id>/versions/<int:number>/",
        schemes.scheme_version,
        name="scheme_version",
    ),
    path(
        "schemes/<int:scheme_id>/versions/<int:number>/preview/",
        scheme_trials.scheme_preview,
        name="scheme_preview",
    ),
    path(
        "schemes/<int:scheme_id>/versions/<int:number>/dry-run/",
        scheme_trials.scheme_dry_run,
        name="scheme_dry_run",
    ),
    path(
        "schemes/<int:scheme_id>/differences/<int:before>/<int:after>/",
        schemes.scheme_differences,
        name="scheme_differences",
    ),
    path(
        "schemes/<int:scheme_id>/edit/<slug:part>/", scheme_editing.scheme_edit, name="scheme_edit"
    ),
    path(
        "schemes/<int:scheme_id>/rows/<slug:name>/new/",
        scheme_editing.scheme_row,
        name="scheme_row_new",
    ),
    path(
        "schemes/<int:scheme_id>/rows/<slug:name>/<slug:code>/",
        scheme_editing.scheme_row,
        name="scheme_row",
    ),
    path(
        "schemes/<int:scheme_id>/rows/<slug:name>/<slug:code>/<slug:step>/",
        scheme_editing.scheme_row_step,
        name="scheme_row_step",
    ),
    path(
        "schemes/<int:scheme_id>/criteria/<slug:code>/",
        scheme_editing.scheme_node,
        name="scheme_node",
    ),
    path(
        "schemes/<int:scheme_id>/criteria/<slug:parent>/add/<slug:what>/",
        scheme_editing.scheme_node_new,
        name="scheme_node_new",
    ),
    path(
        "schemes/<int:scheme_id>/criteria/<slug:code>/<slug:step>/",
        scheme_editing.scheme_node_step,
        name="scheme_node_step",
    ),
    path("schemes/<int:scheme_id>/<slug:step>/", schemes.scheme_step, name="scheme_step"),
]
