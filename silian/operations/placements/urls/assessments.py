"""Addresses of assessments."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import assessments as views

INTERN = "internships/<int:internship_id>/assessment/"
urlpatterns = [
    path("assessments/", views.assessment_list, name="assessment_list"),
    path("plans/<int:plan_id>/sheet/", views.assessment_sheet, name="assessment_sheet"),
    path(INTERN, views.assessment, name="assessment"),
    path(f"{INTERN}agree/", views.assessment_agree, name="assessment_agree"),
    path(f"{INTERN}disagree/", views.assessment_disagree, name="assessment_disagree"),
    path(f"{INTERN}answer/", views.assessment_answer, name="assessment_answer"),
    path(f"{INTERN}score/<slug:side>/", views.assessment_score, name="assessment_score"),
]
