"""Addresses of pay."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import pay, pay_papers, pay_sheets, pay_steps

urlpatterns = [
    path("pay/", pay.pay_list, name="pay_list"),
    path("pay/<int:record_id>/", pay.pay_detail, name="pay_detail"),
    path("pay/<int:record_id>/state/", pay_steps.pay_state, name="pay_state"),
    path("pay/<int:record_id>/confirm/", pay_steps.pay_confirm, name="pay_confirm"),
    path("pay/<int:record_id>/contrary/", pay_steps.pay_contrary, name="pay_contrary"),
    path("pay/payments/<int:payment_id>/return/", pay_steps.payment_return, name="payment_return"),
    path("pay/alarms/", pay.pay_alarms, name="pay_alarms"),
    path("pay/hints/", pay_papers.pay_hints, name="pay_hints"),
    path("pay/evidence/", pay_papers.pay_evidence, name="pay_evidence"),
    path("pay/letters/<int:organisation_id>/", pay_papers.pay_letter, name="pay_letter"),
    path("pay/sheets/new/", pay_sheets.pay_sheet_new, name="pay_sheet_new"),
    path("pay/sheets/template/", pay_sheets.pay_sheet_template, name="pay_sheet_template"),
    path("pay/sheets/<int:sheet_id>/", pay_sheets.pay_sheet, name="pay_sheet"),
    path("pay/sheets/<int:sheet_id>/take/", pay_sheets.pay_sheet_take, name="pay_sheet_take"),
    path("pay/sheets/<int:sheet_id>/drop/", pay_sheets.pay_sheet_drop, name="pay_sheet_drop"),
    path("internships/<int:internship_id>/account/", pay_steps.account_new, name="pay_account_new"),
    path(
        "pay/accounts/<int:account_id>/number/",
        pay_steps.account_reveal,
        name="pay_account_reveal",
    ),
]
