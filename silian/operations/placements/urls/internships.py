"""Addresses of internships, consents and self-chosen hosts."""

from __future__ import annotations

from django.urls import URLPattern, path

from silian.operations.placements.views import (
    consents,
    internship_forms,
    internships,
    my_internship,
    self_choices,
)

ONE = "internships/<int:internship_id>/"
CHOICE = "self-choices/<int:self_choice_id>/"

internship_urls: list[URLPattern] = [
    path("internships/", internships.internship_list, name="internship_list"),
    path("internships/new/", internship_forms.internship_new, name="internship_new"),
    path("internships/start/", internships.internship_start_many, name="internship_start_many"),
    path(
        "internships/prepare/",
        internships.internship_prepare_many,
        name="internship_prepare_many",
    ),
    path(ONE, internships.internship_detail, name="internship"),
    path(f"{ONE}guides/", internship_forms.internship_guides, name="internship_guides"),
    path(f"{ONE}move/", internship_forms.internship_move, name="internship_move"),
    path(f"{ONE}steps/<slug:step>/", internships.internship_step, name="internship_step"),
    path("mine/", my_internship.my_internship, name="my_internship"),
    path("consents/<int:consent_id>/paper/", consents.consent_paper, name="consent_paper"),
    path("consents/<int:consent_id>/", consents.consent, name="consent"),
    path("consents/<int:consent_id>/link/", consents.consent_link_make, name="consent_link_make"),
    path("c/done/", consents.consent_link_done, name="consent_link_done"),
    path("c/<str:token>/", consents.consent_link, name="consent_link"),
    path("self-choices/", self_choices.self_choice_list, name="self_choice_list"),
    path("self-choices/new/", self_choices.self_choice_new, name="self_choice_new"),
    path(CHOICE, self_choices.self_choice, name="self_choice"),
    path(f"{CHOICE}withdraw/", self_choices.self_choice_withdraw, name="self_choice_withdraw"),
]
