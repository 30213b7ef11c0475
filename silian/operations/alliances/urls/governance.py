"""Addresses of school governance."""

from __future__ import annotations

from django.urls import path

from silian.operations.alliances.views import governance

governance_urls = [
    path("governance/", governance.governance_list, name="governance_list"),
    path("governance/<int:school_id>/", governance.governance_detail, name="governance_detail"),
    path("governance/<int:school_id>/office/", governance.office_edit, name="office_edit"),
    path("governance/<int:school_id>/charters/", governance.charter_new, name="charter_new"),
    path("governance/<int:school_id>/seats/", governance.seat_new, name="school_seat_new"),
    path(
        "governance/<int:school_id>/seats/<int:seat_id>/end/",
        governance.seat_end,
        name="school_seat_end",
    ),
    path(
        "governance/<int:school_id>/meetings/",
        governance.school_meeting_new,
        name="school_meeting_new",
    ),
    path("governance/<int:school_id>/matters/", governance.item_edit, name="governance_item"),
]
