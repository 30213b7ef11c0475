"""Addresses of rights, visits and incidents."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import incidents, rights, visits

urlpatterns = [
    path("rights/", rights.rights, name="rights"),
    path("rights/enterprises/", rights.rights_by_host, name="rights_by_host"),
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/new/<int:host_id>/", visits.visit_new, name="visit_new"),
    path("visits/frequency/", visits.visit_frequency, name="visit_frequency"),
    path("visits/<int:visit_id>/follow-up/", visits.visit_follow_up, name="visit_follow_up"),
    path("incidents/", incidents.incident_list, name="incident_list"),
    path("incidents/<int:incident_id>/", incidents.incident_detail, name="incident_detail"),
    path("incidents/<int:incident_id>/report/", incidents.incident_report, name="incident_report"),
    path("incidents/<int:incident_id>/close/", incidents.incident_close, name="incident_close"),
    path(
        "internships/<int:internship_id>/incidents/new/",
        incidents.incident_new,
        name="incident_new",
    ),
]
