"""Addresses of batches and their public calls."""

from __future__ import annotations

from django.urls import path

from silian.casework.reviews.views import calls, campaigns

urlpatterns = [
    path("calls/", calls.call_list, name="call_list"),
    path("calls/<int:campaign_id>/", calls.call_detail, name="call_detail"),
    path("campaigns/", campaigns.campaign_list, name="campaign_list"),
    path("campaigns/new/", campaigns.campaign_choose, name="campaign_choose"),
    path("campaigns/new/<int:version_id>/", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/<int:campaign_id>/", campaigns.campaign_detail, name="campaign_detail"),
    path("campaigns/<int:campaign_id>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path(
        "campaigns/<int:campaign_id>/offices/", campaigns.campaign_offices, name="campaign_offices"
    ),
    path(
        "campaigns/<int:campaign_id>/edition/",
        campaigns.campaign_edition,
        name="campaign_edition",
    ),
    path(
        "campaigns/<int:campaign_id>/announce/",
        campaigns.campaign_announce,
        name="campaign_announce",
    ),
    path("campaigns/<int:campaign_id>/cancel/", campaigns.campaign_cancel, name="campaign_cancel"),
]
