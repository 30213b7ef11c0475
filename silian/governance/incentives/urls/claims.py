"""Addresses of calls to claim and of claims."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import call_steps, claim_calls, claim_papers, claims

CALL, CLAIM = "calls/<int:call_id>/", "claims/<int:claim_id>/"
urlpatterns = [
    path("calls/", claim_calls.call_list, name="call_list"),
    path("calls/new/", claim_calls.call_new, name="call_new"),
    path(CALL, claim_calls.call_detail, name="call_detail"),
    path(f"{CALL}edit/", claim_calls.call_edit, name="call_edit"),
    path(f"{CALL}steps/", call_steps.call_steps, name="call_steps"),
    path(f"{CALL}steps/new/", call_steps.call_step_new, name="call_step_new"),
    path(f"{CALL}steps/<int:step_id>/", call_steps.call_step_edit, name="call_step_edit"),
    path(
        f"{CALL}steps/<int:step_id>/up/",
        call_steps.call_step_move,
        {"way": "up"},
        name="call_step_up",
    ),
    path(
        f"{CALL}steps/<int:step_id>/down/",
        call_steps.call_step_move,
        {"way": "down"},
        name="call_step_down",
    ),
    path(f"{CALL}steps/<int:step_id>/drop/", call_steps.call_step_drop, name="call_step_drop"),
    path(f"{CALL}left-out/<int:left_out_id>/", call_steps.call_step_leave, name="call_step_leave"),
    path(f"{CALL}preview/", call_steps.call_preview, name="call_preview"),
    path(f"{CALL}open/", claim_calls.call_open, name="call_open"),
    path(f"{CALL}close/", claim_calls.call_close, name="call_close"),
    path(f"{CALL}extend/", claim_calls.call_extend, name="call_extend"),
    path(f"{CALL}claim/", claims.claim_new, name="claim_new"),
    path("claims/", claims.claim_list, name="claim_list"),
    path(CLAIM, claims.claim_detail, name="claim_detail"),
    path(f"{CLAIM}edit/", claims.claim_edit, name="claim_edit"),
    path(f"{CLAIM}refresh/", claims.claim_refresh, name="claim_refresh"),
    path(f"{CLAIM}withdraw/", claims.claim_withdraw, name="claim_withdraw"),
    path(f"{CLAIM}papers/make/", claim_papers.claim_papers_make, name="claim_papers_make"),
    path(f"{CLAIM}papers/<slug:code>/", claim_papers.claim_paper_new, name="claim_paper_new"),
    path(
        f"{CLAIM}papers/<int:paper_id>/remove/",
        claim_papers.claim_paper_remove,
        name="claim_paper_remove",
    ),
    path(f"{CLAIM}results/", claim_papers.claim_result_new, name="claim_result_new"),
    path(
        f"{CLAIM}results/<int:item_id>/remove/",
        claim_papers.claim_result_remove,
        name="claim_result_remove",
    ),
]
