"""The addresses of incentives."""

from __future__ import annotations

from silian.governance.incentives.urls import (
    appropriation,
    calculators,
    claim_review,
    mine,
    simulation,
)

app_name = "incentives"
urlpatterns = [
    *appropriation.urlpatterns,
    *calculators.urlpatterns,
    *claim_review.urlpatterns,
    *mine.urlpatterns,
    *simulation.urlpatterns,
]
