"""The addresses of every module, upper floors last."""

from __future__ import annotations

from django.urls import include, path

from silian.composition.portal.api.site import open_urls

urlpatterns = [
    path("api/v1/", open_urls()),
    path("", include("silian.composition.portal.urls")),
    path("", include("silian.foundation.kernel.urls")),
    path("ui/", include("silian.foundation.ui.urls")),
    path("reference/", include("silian.foundation.reference.urls")),
    path("accounts/", include("silian.registers.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("organisations/", include("silian.registers.organisations.urls")),
    path("people/", include("silian.registers.people.urls")),
    path("programmes/", include("silian.registers.programmes.urls")),
    path("policies/", include("silian.registers.policies.urls")),
    path("credit/", include("silian.registers.credit.urls")),
    path("metrics/", include("silian.casework.metrics.urls")),
    path("ledgers/", include("silian.casework.ledgers.urls")),
    path("publications/", include("silian.casework.publications.urls")),
    path("agreements/", include("silian.casework.agreements.urls")),
    path("reviews/", include("silian.casework.reviews.urls")),
    path("exchange/", include("silian.operations.exchange.urls")),
    path("alliances/", include("silian.operations.alliances.urls")),
    path("learning/", include("silian.operations.learning.urls")),
    path("placements/", include("silian.operations.placements.urls")),
    path("accreditation/", include("silian.governance.accreditation.urls")),
    path("incentives/", include("silian.governance.incentives.urls")),
    path("policy-tasks/", include("silian.governance.policy_tasks.urls")),
    path("reports/", include("silian.composition.reports.urls")),
]

handler400 = "config.error_pages.bad_request"
handler403 = "config.error_pages.not_allowed"
handler404 = "config.error_pages.not_found"
handler500 = "config.error_pages.broken"
