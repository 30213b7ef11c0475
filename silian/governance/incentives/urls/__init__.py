"""The addresses of incentives."""

from __future__ import annotations

from silian.governance.incentives.urls import (
    appropriation,
    calculators,
    claim_money,
    claim_review,
    claims,
    comparison_records,
    finance,
    funds,
    host_assessments,
    income,
    land,
    mine,
    outside_payments,
    rewards,
    scenario_tables,
    simulation,
)

app_name = "incentives"
urlpatterns = [
    *appropriation.urlpatterns,
    *calculators.urlpatterns,
    *claim_money.urlpatterns,
    *claim_review.urlpatterns,
    *claims.urlpatterns,
    *comparison_records.urlpatterns,
    *finance.urlpatterns,
    *funds.urlpatterns,
    *host_assessments.urlpatterns,
    *land.urlpatterns,
    *income.urlpatterns,
    *mine.urlpatterns,
    *outside_payments.urlpatterns,
    *rewards.urlpatterns,
    *scenario_tables.urlpatterns,
    *simulation.urlpatterns,
]
