"""The addresses of incentives."""

from __future__ import annotations

from silian.governance.incentives.urls import (
    appropriation,
    calculators,
    claim_review,
    host_assessments,
    mine,
    simulation,
)

app_name = "incentives"
urlpatterns = [
    *appropriation.urlpatterns,
    *calculators.urlpatterns,
    *claim_review.urlpatterns,
    *host_assessments.urlpatterns,
    *mine.urlpatterns,
    *simulation.urlpatterns,
]
