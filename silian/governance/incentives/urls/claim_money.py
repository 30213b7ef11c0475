"""Addresses of payments, recalculations, recoveries and appeals of claims."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import (
    claim_accounts,
    claim_appeals,
    claim_payments,
    recalculations,
    recoveries,
)

PAYMENT = "claim-payments/<int:payment_id>/"
RECALCULATION = "recalculations/<int:recalculation_id>/"
RECOVERY = "recoveries/<int:recovery_id>/"
urlpatterns = [
    path("claim-payments/", claim_payments.payment_list, name="payment_list"),
    path("claim-payments/order/", claim_payments.payments_order, name="payments_order"),
    path(PAYMENT, claim_payments.payment_detail, name="claim_payment"),
    path(f"{PAYMENT}check/", claim_payments.payment_check, name="payment_check"),
    path(f"{PAYMENT}order/", claim_payments.payment_order, name="payment_order"),
    path(f"{PAYMENT}cancel/", claim_payments.payment_cancel, name="payment_cancel"),
    path(f"{PAYMENT}renew/", claim_payments.payment_renew, name="payment_renew"),
    path("gates/<int:gate_id>/override/", claim_payments.gate_override, name="gate_override"),
    path("claims/<int:claim_id>/recalculate/", recalculations.claim_recalculate,
         name="claim_recalculate"),
    path("claims/<int:claim_id>/settle/", recalculations.claim_settle, name="claim_settle"),
    path("claims/<int:claim_id>/account/", claim_accounts.claim_account, name="claim_account"),
    path("claims/<int:claim_id>/appeal/", claim_appeals.claim_appeal, name="claim_appeal"),
    path("claims/<int:claim_id>/recover/", recoveries.recovery_notice, name="recovery_notice"),
    path(RECALCULATION, recalculations.recalculation_detail, name="recalculation_detail"),
    path(f"{RECALCULATION}apply/", recalculations.recalculation_apply,
         name="recalculation_apply"),
    path(f"{RECALCULATION}set-aside/", recalculations.recalculation_set_aside,
         name="recalculation_set_aside"),
    path("recoveries/", recoveries.recovery_list, name="recovery_list"),
    path(RECOVERY, recoveries.recovery_detail, name="recovery_detail"),
    path(f"{RECOVERY}reply/", recoveries.recovery_reply, name="recovery_reply"),
    path(f"{RECOVERY}decide/", recoveries.recovery_decide, name="recovery_decide"),
    path(f"{RECOVERY}drop/", recoveries.recovery_drop, name="recovery_drop"),
    path(f"{RECOVERY}way/", recoveries.recovery_way, name="recovery_way"),
    path(f"{RECOVERY}papers/<slug:paper>/", recoveries.recovery_paper, name="recovery_paper"),
    path(f"{RECOVERY}appeal/", claim_appeals.recovery_appeal, name="recovery_appeal"),
    path("claim-appeals/<int:appeal_id>/answer/", claim_appeals.appeal_answer,
         name="appeal_answer"),
]  # fmt: skip
