"""Addresses of the review of a document."""

from __future__ import annotations

from django.urls import URLPattern, path

from silian.registers.policies.views import review, review_steps, review_targets

REVIEW = "desk/<int:document_id>/review/"
CLAUSE = f"{REVIEW}<int:clause_id>/"
review_urls: list[URLPattern] = [
    path(REVIEW, review.review, name="review"),
    path(f"{REVIEW}add/", review_steps.clause_add, name="clause_add"),
    path(f"{REVIEW}confirm-clear/", review_steps.confirm_clear, name="confirm_clear"),
    path(f"{REVIEW}doubts/<int:mark_id>/", review_steps.doubt_settle, name="doubt_settle"),
    path(CLAUSE, review.review_clause, name="review_clause"),
    path(f"{CLAUSE}confirm/", review_steps.clause_confirm, name="clause_confirm"),
    path(f"{CLAUSE}reopen/", review_steps.clause_reopen, name="clause_reopen"),
    path(f"{CLAUSE}correct/", review_steps.clause_correct, name="clause_correct"),
    path(f"{CLAUSE}bodies/", review_steps.clause_bodies, name="clause_bodies"),
    path(f"{CLAUSE}merge/", review_steps.clause_merge, name="clause_merge"),
    path(f"{CLAUSE}split/", review_steps.clause_split, name="clause_split"),
    path(f"{CLAUSE}remove/", review_steps.clause_remove, name="clause_remove"),
    path(f"{CLAUSE}targets/", review_targets.target_save, name="target_add"),
    path(f"{CLAUSE}targets/<int:target_id>/", review_targets.target_save, name="target_change"),
    path(
        f"{CLAUSE}targets/<int:target_id>/remove/",
        review_targets.target_remove,
        name="target_remove",
    ),
    path(f"{CLAUSE}goals/", review_targets.goal_save, name="goal_add"),
    path(f"{CLAUSE}goals/<int:goal_id>/", review_targets.goal_save, name="goal_change"),
    path(f"{CLAUSE}goals/<int:goal_id>/remove/", review_targets.goal_remove, name="goal_remove"),
]
