"""Addresses of the officials' simulation."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import simulation as views

urlpatterns = [
    path("simulation/", views.simulation, name="simulation"),
    path("simulation/save/", views.scenario_save, name="scenario_save"),
    path("simulation/scenarios/", views.scenario_list, name="scenario_list"),
    path("simulation/compare/", views.scenario_compare, name="scenario_compare"),
    path("simulation/scenarios/<int:scenario_id>/", views.scenario_detail, name="scenario_detail"),
    path("simulation/scenarios/<int:scenario_id>/draft/", views.draft_create, name="draft_create"),
    path("simulation/drafts/<int:draft_id>/", views.draft_download, name="draft_download"),
]
