"""Addresses of rounds."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import (
    round_preparing,
    round_results,
    round_wishing,
    rounds,
)

round_urls = [
    path("rounds/", rounds.round_list, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<int:round_id>/", rounds.round_detail, name="round"),
    path("rounds/<int:round_id>/edit/", rounds.round_edit, name="round_edit"),
    path("rounds/<int:round_id>/step/<slug:step>/", rounds.round_step, name="round_step"),
    path("rounds/<int:round_id>/students/", round_preparing.round_students, name="round_students"),
    path(
        "rounds/students/<int:student_id>/leave/",
        round_preparing.round_student_leave,
        name="round_student_leave",
    ),
    path("rounds/<int:round_id>/posts/", round_preparing.round_posts, name="round_posts"),
    path(
        "rounds/posts/<int:round_post_id>/reserves/",
        round_preparing.round_reserves,
        name="round_reserves",
    ),
    path("rounds/<int:round_id>/wishes/", round_wishing.round_wishes, name="round_wishes"),
    path(
        "rounds/posts/<int:round_post_id>/ranking/",
        round_wishing.round_ranking,
        name="round_ranking",
    ),
    path("rounds/<int:round_id>/runs/", round_results.round_runs, name="round_runs"),
    path("rounds/<int:round_id>/runs/<int:number>/", round_results.round_run, name="round_run"),
    path("rounds/runs/<int:run_id>/publish/", round_results.round_publish, name="round_publish"),
    path("rounds/<int:round_id>/result/", round_results.round_result, name="round_result"),
    path(
        "rounds/<int:round_id>/objections/",
        round_results.round_objections,
        name="round_objections",
    ),
    path(
        "rounds/objections/<int:objection_id>/",
        round_results.round_objection,
        name="round_objection",
    ),
]
