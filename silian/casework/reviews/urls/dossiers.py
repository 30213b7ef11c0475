"""Addresses of applications, their formal check and the departments' opinions."""

from __future__ import annotations

from django.urls import path

from silian.casework.reviews.views import (
    applying,
    dossiers,
    filling,
    inbox,
    intake,
    open_clocks,
    opinions,
)

urlpatterns = [
    path("apply/", applying.dossier_open, name="dossier_open"),
    path("apply/<int:campaign_id>/", applying.dossier_start, name="dossier_start"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("dossiers/", dossiers.dossier_list, name="dossier_list"),
    path("dossiers/<int:dossier_id>/", dossiers.dossier_detail, name="dossier_detail"),
    path(
        "dossiers/<int:dossier_id>/versions/<int:number>/",
        dossiers.dossier_version,
        name="dossier_version",
    ),
    path("dossiers/<int:dossier_id>/fill/<int:place>/", filling.dossier_fill, name="dossier_fill"),
    path(
        "dossiers/<int:dossier_id>/evidence/<slug:field>/",
        filling.dossier_evidence,
        name="dossier_evidence",
    ),
    path("evidence/<int:evidence_id>/remove/", filling.evidence_remove, name="evidence_remove"),
    path("dossiers/<int:dossier_id>/submit/", applying.dossier_submit, name="dossier_submit"),
    path("dossiers/<int:dossier_id>/withdraw/", applying.dossier_withdraw, name="dossier_withdraw"),
    path("dossiers/<int:dossier_id>/check/", intake.intake_check, name="intake_check"),
    path("dossiers/<int:dossier_id>/accept/", intake.intake_accept, name="intake_accept"),
    path("dossiers/<int:dossier_id>/fix/", intake.intake_fix, name="intake_fix"),
    path("dossiers/<int:dossier_id>/refuse/", intake.intake_refuse, name="intake_refuse"),
    path("dossiers/<int:dossier_id>/fix/end/", open_clocks.fix_end, name="fix_end"),
    path("opinions/<int:opinion_id>/", opinions.opinion_give, name="opinion_give"),
    path("opinions/<int:opinion_id>/end/", open_clocks.opinion_end, name="opinion_end"),
]
