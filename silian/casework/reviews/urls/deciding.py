"""Addresses of ranking, meetings, notices, objections, appeals, dashboards and archives."""

from __future__ import annotations

from django.urls import path

from silian.casework.reviews.views import (
    appeals,
    archives,
    batch_overview,
    dispute_lists,
    meetings,
    notices,
    objections,
    ranking,
)

BATCH = "campaigns/<int:campaign_id>/"
MEETING = "meetings/<int:meeting_id>/"
OBJECTION = "objections/<int:objection_id>/"
APPEAL = "appeals/<int:appeal_id>/"
ENTRY = "notices/<int:notice_id>/<int:position>/"

urlpatterns = [
    path(f"{BATCH}ranking/", ranking.ranking_detail, name="ranking_detail"),
    path(f"{BATCH}ranking/fix/", ranking.ranking_fix, name="ranking_fix"),
    path(f"{BATCH}meetings/new/", meetings.meeting_call, name="meeting_call"),
    path(MEETING, meetings.meeting_detail, name="meeting_detail"),
    path(f"{MEETING}open/", meetings.meeting_open, name="meeting_open"),
    path(f"{MEETING}vote/", meetings.meeting_vote, name="meeting_vote"),
    path(f"{MEETING}close/", meetings.meeting_close, name="meeting_close"),
    path(f"{MEETING}minutes/", meetings.meeting_minutes, name="meeting_minutes"),
    path(f"{BATCH}notices/new/", notices.notice_publish, name="notice_publish"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/<int:notice_id>/", notices.notice_detail, name="notice_detail"),
    path("notices/<int:notice_id>/end/", notices.notice_conclude, name="notice_conclude"),
    path(ENTRY, notices.notice_entry, name="notice_entry"),
    path(f"{ENTRY}object/", objections.objection_raise, name="objection_raise"),
    path("notices/answers/", objections.objection_lookup, name="objection_lookup"),
    path("objections/", dispute_lists.objection_list, name="objection_list"),
    path(OBJECTION, objections.objection_detail, name="objection_detail"),
    path(f"{OBJECTION}take/", objections.objection_take, name="objection_take"),
    path(f"{OBJECTION}contact/", objections.objection_contact, name="objection_contact"),
    path(f"{OBJECTION}ask/", objections.objection_ask, name="objection_ask"),
    path(f"{OBJECTION}files/", objections.objection_file, name="objection_file"),
    path(f"{OBJECTION}settle/", objections.objection_settle, name="objection_settle"),
    path("hearings/<int:objection_id>/", objections.hearing, name="hearing"),
    path("dossiers/<int:dossier_id>/appeal/", appeals.appeal_file, name="appeal_file"),
    path("appeals/", dispute_lists.appeal_list, name="appeal_list"),
    path(APPEAL, appeals.appeal_detail, name="appeal_detail"),
    path(f"{APPEAL}take/", appeals.appeal_take, name="appeal_take"),
    path(f"{APPEAL}settle/", appeals.appeal_settle, name="appeal_settle"),
    path(f"{BATCH}overview/", batch_overview.batch_overview, name="batch_overview"),
    path(f"{BATCH}archive/", archives.archive_batch, name="archive_batch"),
    path("dossiers/<int:dossier_id>/archive/", archives.archive_dossier, name="archive_dossier"),
]
