"""Addresses of reviewing claims and of notices before payment."""

from __future__ import annotations

from django.urls import path, re_path

from silian.governance.incentives.views import claim_notices, claim_review

ANSWERS = "|".join(claim_review.ANSWERS)
urlpatterns = [
    path("claims/reviews/", claim_review.claim_review_list, name="claim_review_list"),
    re_path(
        rf"^claims/steps/(?P<step_id>\d+)/(?P<name>{ANSWERS})/$",
        claim_review.claim_step_answer,
        name="claim_step_answer",
    ),
    path(
        "claims/steps/<int:step_id>/strike/",
        claim_review.claim_items_strike,
        name="claim_items_strike",
    ),
    path("claims/risks/<int:risk_id>/", claim_review.claim_risk_settle, name="claim_risk_settle"),
    path("notices/", claim_notices.claim_notice_list, name="claim_notice_list"),
    path("notices/<int:notice_id>/", claim_notices.claim_notice, name="claim_notice"),
    path("notices/<int:notice_id>/end/", claim_notices.claim_notice_end, name="claim_notice_end"),
    path("calls/<int:call_id>/notice/", claim_notices.claim_notice_new, name="claim_notice_new"),
    path(
        "notices/lines/<int:line_id>/object/",
        claim_notices.claim_objection_raise,
        name="claim_objection_raise",
    ),
    path(
        "notices/objections/<int:objection_id>/",
        claim_notices.claim_objection_answer,
        name="claim_objection_answer",
    ),
]
