"""Addresses of the yearly assessment of enterprises that take interns."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import host_assessments as views

urlpatterns = [
    path("assessments/", views.assessment_list, name="assessment_list"),
    path("assessments/passed/", views.assessment_public, name="assessment_public"),
    path("assessments/hosts/", views.assessment_hosts, name="assessment_hosts"),
    path("assessments/propose/", views.assessment_propose_many, name="assessment_propose_many"),
    path("assessments/decide/", views.assessment_decide_many, name="assessment_decide_many"),
    path(
        "assessments/hosts/<int:organisation_id>/",
        views.assessment_propose,
        name="assessment_propose",
    ),
    path("assessments/<int:assessment_id>/", views.assessment_detail, name="assessment_detail"),
    path(
        "assessments/<int:assessment_id>/decide/",
        views.assessment_decide,
        name="assessment_decide",
    ),
    path("assessments/<int:assessment_id>/reply/", views.assessment_reply, name="assessment_reply"),
    path(
        "assessments/<int:assessment_id>/reopen/",
        views.assessment_reopen,
        name="assessment_reopen",
    ),
]
