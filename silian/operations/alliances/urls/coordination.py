"""Addresses of bodies, meetings, decisions and problems."""

from __future__ import annotations

from django.urls import path

from silian.operations.alliances.views import bodies, decisions, escalations, meetings

body_urls = [
    path("", bodies.body_list, name="body_list"),
    path("new/", bodies.body_new, name="body_new"),
    path("<int:body_id>/", bodies.body_detail, name="body_detail"),
    path("<int:body_id>/edit/", bodies.body_edit, name="body_edit"),
    path("<int:body_id>/end/", bodies.body_end, name="body_end"),
    path("<int:body_id>/posts/new/", bodies.post_new, name="post_new"),
    path("<int:body_id>/roster/", bodies.roster_import, name="roster_import"),
    path("posts/<int:post_id>/seat/", bodies.post_seat, name="post_seat"),
    path("posts/<int:post_id>/end/", bodies.post_end, name="post_end"),
]
meeting_urls = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("<int:body_id>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<int:meeting_id>/", meetings.meeting_detail, name="meeting_detail"),
    path("meetings/<int:meeting_id>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:meeting_id>/agenda/", meetings.agenda_edit, name="agenda_edit"),
    path("meetings/<int:meeting_id>/hold/", meetings.meeting_hold, name="meeting_hold"),
    path("meetings/<int:meeting_id>/sign/", meetings.meeting_sign, name="meeting_sign"),
    path("meetings/<int:meeting_id>/minutes/", meetings.meeting_minutes, name="meeting_minutes"),
    path("meetings/<int:meeting_id>/step/<slug:name>/", meetings.meeting_step, name="meeting_step"),
    path("attendances/<int:attendance_id>/", meetings.meeting_reply, name="meeting_reply"),
]
decision_urls = [
    path("decisions/", decisions.decision_list, name="decision_list"),
    path("meetings/<int:meeting_id>/decisions/new/", decisions.decision_new, name="decision_new"),
    path("decisions/<int:decision_id>/drop/", decisions.decision_drop, name="decision_drop"),
    path("decisions/<int:decision_id>/revoke/", decisions.decision_revoke, name="decision_revoke"),
]
escalation_urls = [
    path("problems/", escalations.escalation_list, name="escalation_list"),
    path("problems/new/", escalations.escalation_new, name="escalation_new"),
    path("problems/<int:escalation_id>/", escalations.escalation_detail, name="escalation_detail"),
    path(
        "problems/<int:escalation_id>/schedule/",
        escalations.escalation_schedule,
        name="escalation_schedule",
    ),
    path(
        "problems/<int:escalation_id>/answer/",
        escalations.escalation_answer,
        name="escalation_answer",
    ),
    path(
        "problems/<int:escalation_id>/return/",
        escalations.escalation_return,
        name="escalation_return",
    ),
]
coordination_urls = [*body_urls, *meeting_urls, *decision_urls, *escalation_urls]
