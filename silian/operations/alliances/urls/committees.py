"""Addresses of committees and their opinions; the public pages among them."""

from __future__ import annotations

from django.urls import path

from silian.operations.alliances.views import (
    committee_records,
    committees,
    nominations,
    opinions,
)

register_urls = [
    path("committees/", committees.committee_list, name="committee_list"),
    path("committees/directory/", committees.committee_directory, name="committee_directory"),
    path(
        "committees/directory/<int:committee_id>/",
        committees.committee_public,
        name="committee_public",
    ),
    path("committees/new/", committees.committee_new, name="committee_new"),
    path("committees/<int:committee_id>/", committees.committee_detail, name="committee_detail"),
    path("committees/<int:committee_id>/edit/", committees.committee_edit, name="committee_edit"),
    path(
        "committees/<int:committee_id>/renew/", committees.committee_renew, name="committee_renew"
    ),
    path("committees/<int:committee_id>/end/", committees.committee_end, name="committee_end"),
]
record_urls = [
    path(
        "committees/<int:committee_id>/members/new/",
        committee_records.committee_member_new,
        name="committee_member_new",
    ),
    path(
        "committees/members/<int:member_id>/end/",
        committee_records.committee_member_end,
        name="committee_member_end",
    ),
    path(
        "committees/<int:committee_id>/plans/new/",
        committee_records.industry_plan_new,
        name="industry_plan_new",
    ),
    path(
        "committees/plans/<int:plan_id>/items/new/",
        committee_records.plan_item_new,
        name="plan_item_new",
    ),
    path(
        "committees/plans/items/<int:item_id>/",
        committee_records.plan_item_progress,
        name="plan_item_progress",
    ),
    path(
        "committees/<int:committee_id>/meetings/new/",
        committee_records.committee_meeting_new,
        name="committee_meeting_new",
    ),
    path(
        "committees/meetings/<int:meeting_id>/",
        committee_records.committee_meeting,
        name="committee_meeting",
    ),
]
opinion_urls = [
    path("committees/opinions/", opinions.opinion_list, name="opinion_list"),
    path("committees/opinions/<int:opinion_id>/", opinions.opinion_detail, name="opinion_detail"),
    path("committees/opinions/<int:opinion_id>/edit/", opinions.opinion_edit, name="opinion_edit"),
    path(
        "committees/opinions/<int:opinion_id>/<slug:name>/",
        opinions.opinion_step,
        name="opinion_step",
    ),
    path("committees/<int:committee_id>/opinions/new/", opinions.opinion_new, name="opinion_new"),
    path("committees/answers/<int:answer_id>/", opinions.opinion_answer, name="opinion_answer"),
]
nomination_urls = [
    path(
        "committees/<int:committee_id>/nominations/new/",
        nominations.nomination_new,
        name="nomination_new",
    ),
    path(
        "committees/nominations/<int:nomination_id>/",
        nominations.nomination_answer,
        name="nomination_answer",
    ),
    path(
        "committees/nominations/<int:nomination_id>/withdraw/",
        nominations.nomination_withdraw,
        name="nomination_withdraw",
    ),
]
committee_urls = [*register_urls, *record_urls, *opinion_urls, *nomination_urls]
