"""Addresses of subsidies paid elsewhere, scarce occupations, people taken out of a claim."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import (
    outside_imports,
    outside_payments,
    overlaps,
    scarce_lists,
)

HOME = "outside-payments/"
ITEM = "claims/<int:claim_id>/items/<int:item_id>/"
urlpatterns = [
    path(HOME, outside_payments.payment_list, name="outside_payments"),
    path(f"{HOME}new/", outside_payments.payment_new, name="outside_payment_new"),
    path(f"{HOME}import/", outside_imports.payment_import, name="outside_payment_import"),
    path(f"{HOME}template/", outside_imports.payment_template, name="outside_payment_template"),
    path(f"{HOME}<int:payment_id>/", outside_payments.payment_detail, name="outside_payment"),
    path(
        f"{HOME}<int:payment_id>/withdraw/",
        outside_payments.payment_withdraw,
        name="outside_payment_withdraw",
    ),
    path("scarce-lists/", scarce_lists.scarce_list_list, name="scarce_lists"),
    path("scarce-lists/new/", scarce_lists.scarce_list_new, name="scarce_list_new"),
    path(
        "scarce-lists/<int:list_id>/withdraw/",
        scarce_lists.scarce_list_withdraw,
        name="scarce_list_withdraw",
    ),
    path(f"{ITEM}leave-out/", overlaps.item_leave_out, name="claim_item_leave_out"),
    path(f"{ITEM}take-back/", overlaps.item_take_back, name="claim_item_take_back"),
]
