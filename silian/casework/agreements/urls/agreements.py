"""Addresses of the register, of drafting and of changing agreements."""

from __future__ import annotations

from django.urls import path

from silian.casework.agreements.views import (
    agreements,
    changing,
    cooperation,
    drafting,
    register,
)

urlpatterns = [
    path("", register.agreement_list, name="list"),
    path("cooperation/", cooperation.cooperation_list, name="cooperation"),
    path("choices/organisations/", register.organisation_choices, name="organisation_choices"),
    path("choices/people/", register.person_choices, name="person_choices"),
    path("new/", drafting.choose_kind, name="choose_kind"),
    path("new/<slug:kind>/", drafting.draft_new, name="draft_new"),
    path("<int:agreement_id>/", agreements.agreement_detail, name="detail"),
    path("<int:agreement_id>/versions/<int:number>/", agreements.version_detail, name="version"),
    path("<int:agreement_id>/edit/", drafting.draft_edit, name="draft_edit"),
    path("<int:agreement_id>/send/", drafting.draft_send, name="send"),
    path("<int:agreement_id>/withdraw/", drafting.agreement_withdraw, name="withdraw"),
    path("<int:agreement_id>/reopen/", drafting.agreement_reopen, name="reopen"),
    path("<int:agreement_id>/amend/", changing.agreement_amend, name="amend"),
    path("<int:agreement_id>/renew/", changing.agreement_renew, name="renew"),
    path("<int:agreement_id>/difference/", changing.change_difference, name="difference"),
    path("<int:agreement_id>/turn/<slug:name>/", changing.agreement_turn, name="turn"),
    path("<int:agreement_id>/terminate/", changing.agreement_terminate, name="terminate"),
    path("<int:agreement_id>/change/withdraw/", changing.change_withdraw, name="change_withdraw"),
]
