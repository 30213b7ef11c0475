"""Addresses of recognitions, duties, re-checks, the catalogue and verification."""

from __future__ import annotations

from django.urls import path

from silian.casework.reviews.views import (
    catalogue,
    duties,
    rechecks,
    recognitions,
    removals,
    verification,
)

OF_ONE = "recognitions/<int:recognition_id>/"
OF_REMOVAL = "removals/<int:removal_id>/"
OF_DUTY = "duties/<int:duty_id>/"

urlpatterns = [
    path("recognitions/", recognitions.recognition_list, name="recognition_list"),
    path(OF_ONE, recognitions.recognition_detail, name="recognition_detail"),
    path(
        f"{OF_ONE}certificate/",
        recognitions.recognition_certificate,
        name="recognition_certificate",
    ),
    path(f"{OF_ONE}removal/", removals.removal_propose, name="removal_propose"),
    path(f"{OF_ONE}recheck/", rechecks.recheck_make, name="recheck_make"),
    path(f"{OF_ONE}act/<slug:name>/", recognitions.recognition_act, name="recognition_act"),
    path(OF_REMOVAL, removals.removal_detail, name="removal_detail"),
    path(f"{OF_REMOVAL}take-up/", removals.removal_take_up, name="removal_take_up"),
    path(f"{OF_REMOVAL}reply/", removals.removal_reply, name="removal_reply"),
    path(f"{OF_REMOVAL}decide/", removals.removal_decide, name="removal_decide"),
    path("duties/", duties.duty_list, name="duty_list"),
    path(OF_DUTY, duties.duty_detail, name="duty_detail"),
    path(f"{OF_DUTY}submit/", duties.duty_submit, name="duty_submit"),
    path(f"{OF_DUTY}check/", duties.duty_check, name="duty_check"),
    path("rechecks/<int:recheck_id>/", rechecks.recheck_detail, name="recheck_detail"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/draft/", catalogue.catalogue_draft, name="catalogue_draft"),
    path("check/", verification.check, name="recognition_check"),
    path("check/<str:code>/", verification.check_code, name="recognition_check_code"),
]
