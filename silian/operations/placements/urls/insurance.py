"""Addresses of insurance."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import (
    insurance_claims,
    insurance_policies,
    insurance_products,
    insurance_uninsured,
)

products, policies, claims = insurance_products, insurance_policies, insurance_claims
urlpatterns = [
    path("insurance/products/", products.product_directory, name="insurance_products"),
    path("insurance/products/new/", products.product_new, name="insurance_product_new"),
    path("insurance/products/<int:product_id>/", products.product_detail, name="insurance_product"),
    path(
        "insurance/products/<int:product_id>/edit/",
        products.product_edit,
        name="insurance_product_edit",
    ),
    path(
        "insurance/products/<int:product_id>/<slug:name>/",
        products.product_step,
        name="insurance_product_step",
    ),
    path("insurance/", insurance_uninsured.uninsured_list, name="insurance_uninsured"),
    path("insurance/roster/", insurance_uninsured.roster, name="insurance_roster"),
    path("insurance/policies/", policies.policy_list, name="insurance_policies"),
    path("insurance/policies/new/", policies.policy_new, name="insurance_policy_new"),
    path("insurance/policies/<int:policy_id>/", policies.policy_detail, name="insurance_policy"),
    path(
        "insurance/policies/<int:policy_id>/add/", policies.policy_add, name="insurance_policy_add"
    ),
    path(
        "insurance/policies/<int:policy_id>/cancel/",
        policies.policy_cancel,
        name="insurance_policy_cancel",
    ),
    path("insurance/claims/", claims.claim_list, name="insurance_claims"),
    path("internships/<int:internship_id>/claim/", claims.claim_new, name="insurance_claim_new"),
    path("insurance/claims/<int:claim_id>/", claims.claim_detail, name="insurance_claim"),
    path(
        "insurance/claims/<int:claim_id>/answer/",
        claims.claim_answer,
        name="insurance_claim_answer",
    ),
    path(
        "insurance/claims/<int:claim_id>/incident/",
        claims.claim_event,
        name="insurance_claim_event",
    ),
    path("insurance/claims/<int:claim_id>/pay/", claims.claim_pay, name="insurance_claim_pay"),
    path(
        "insurance/claims/<int:claim_id>/settle/",
        claims.claim_settle,
        name="insurance_claim_settle",
    ),
    path(
        "insurance/claims/<int:claim_id>/withdraw/",
        claims.claim_withdraw,
        name="insurance_claim_withdraw",
    ),
]
