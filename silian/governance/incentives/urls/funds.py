"""Addresses of funds, pitches and investments."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import funds, investments

urlpatterns = [
    path("funds/", funds.fund_list, name="funds"),
    path("funds/new/", funds.fund_new, name="fund_new"),
    path("funds/<int:fund_id>/", funds.fund_detail, name="fund"),
    path("funds/<int:fund_id>/edit/", funds.fund_edit, name="fund_edit"),
    path("funds/<int:fund_id>/open/", funds.fund_open, name="fund_open"),
    path("funds/<int:fund_id>/close/", funds.fund_close, name="fund_close"),
    path("funds/<int:fund_id>/pitch/", investments.pitch_new, name="pitch_new"),
    path("funds/pitches/", investments.pitch_list, name="pitches"),
    path("funds/pitches/<int:pitch_id>/", investments.pitch_detail, name="pitch"),
    path("funds/pitches/<int:pitch_id>/act/<str:name>/", investments.pitch_act, name="pitch_act"),
    path(
        "funds/investments/<int:record_id>/correct/",
        investments.investment_correct,
        name="investment_correct",
    ),
]
