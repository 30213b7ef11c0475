from __future__ import annotations

from django.urls import URLPattern, path

from silian.governance.policy_tasks.views import (
    supervision,
    supervision_accountability,
    supervision_issuing,
    supervision_round_steps,
    supervision_rounds,
    supervision_scores,
)

ROUND = "supervision/rounds/<int:round_id>/"
ORDER = "supervision/<int:finding_id>/"
RECORD = "supervision/accountability/<int:record_id>/"

round_urls: list[URLPattern] = [
    path(
        "supervision/rounds/",
        supervision_rounds.supervision_round_list,
        name="supervision_round_list",
    ),
    path(
        "supervision/rounds/new/",
        supervision_rounds.supervision_round_new,
        name="supervision_round_new",
    ),
    path(ROUND, supervision_rounds.supervision_round_detail, name="supervision_round_detail"),
    path(f"{ROUND}edit/", supervision_rounds.supervision_round_edit, name="supervision_round_edit"),
    path(
        f"{ROUND}fill/",
        supervision_round_steps.supervision_round_fill,
        name="supervision_round_fill",
    ),
    path(
        f"{ROUND}steps/<slug:name>/",
        supervision_round_steps.supervision_round_step,
        name="supervision_round_step",
    ),
    path(
        f"{ROUND}checks/<int:item_id>/",
        supervision_round_steps.supervision_check,
        name="supervision_check",
    ),
    path(
        f"{ROUND}checks/<int:item_id>/remove/",
        supervision_round_steps.supervision_check_remove,
        name="supervision_check_remove",
    ),
    path(
        f"{ROUND}visits/new/",
        supervision_round_steps.supervision_visit_new,
        name="supervision_visit_new",
    ),
    path(
        f"{ROUND}close/",
        supervision_round_steps.supervision_round_close,
        name="supervision_round_close",
    ),
]
score_urls: list[URLPattern] = [
    path(
        "supervision/ranking/", supervision_scores.supervision_ranking, name="supervision_ranking"
    ),
    path("supervision/sheets/new/", supervision_scores.score_sheet_new, name="score_sheet_new"),
    path("supervision/sheets/<int:sheet_id>/", supervision_scores.score_sheet, name="score_sheet"),
    path("supervision/schemes/", supervision_scores.score_scheme_list, name="score_scheme_list"),
    path("supervision/schemes/new/", supervision_scores.score_scheme_new, name="score_scheme_new"),
]
accountability_urls: list[URLPattern] = [
    path(
        "supervision/accountability/",
        supervision_accountability.accountability_list,
        name="accountability_list",
    ),
    path(
        "supervision/accountability/new/",
        supervision_accountability.accountability_new,
        name="accountability_new",
    ),
    path(RECORD, supervision_accountability.accountability_detail, name="accountability_detail"),
    path(
        f"{RECORD}reply/",
        supervision_accountability.accountability_reply,
        name="accountability_reply",
    ),
    path(
        f"{RECORD}settle/<slug:name>/",
        supervision_accountability.accountability_settle,
        name="accountability_settle",
    ),
]
supervision_urls: list[URLPattern] = [
    path("supervision/", supervision.supervision_list, name="supervision_list"),
    path("supervision/new/", supervision_issuing.supervision_new, name="supervision_new"),
    path(ORDER, supervision.supervision_detail, name="supervision_detail"),
    path(f"{ORDER}answer/", supervision.supervision_answer, name="supervision_answer"),
    path(f"{ORDER}return/", supervision.supervision_return, name="supervision_return"),
    path(f"{ORDER}steps/<slug:name>/", supervision.supervision_step, name="supervision_step"),
    *round_urls,
    *score_urls,
    *accountability_urls,
]
