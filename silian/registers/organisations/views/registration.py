"""The public wizard: facts, first manager, papers, submission."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.wizard import StepLine
from silian.registers.organisations import rules
from silian.registers.organisations.choices import CHOSEN_ORGANISATION
from silian.registers.organisations.commands.registration import (
    OrganisationFacts,
    register_organisation,
    register_with_account,
)
from silian.registers.organisations.forms.members import AccountForm
from silian.registers.organisations.forms.registration import FactsForm
from silian.registers.organisations.queries.register import (
    organisation_by_code,
    similar_organisations,
)

TYPED = "organisation_registration"
FACTS = "organisation_facts"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LABELS = ("单位情况", "管理员", "上传材料", "提交")


def step_lines(current: int) -> list[StepLine]:
    """The four steps with where the applicant stands, from 1."""
    return [
        StepLine(
            number=number,
            label=label,
            url="",
            state="current" if number == current else ("done" if number < current else "waiting"),
        )
        for number, label in enumerate(LABELS, start=1)
    ]


@login_not_required
@rate_limited("organisations.register", times=30, seconds=3600, methods="POST")
def register(request: Request) -> HttpResponse:
    """Step 1: what the organisation is; typed values are kept until it is registered."""
    form = FactsForm(request.POST or None, initial=request.session.get(TYPED, {}))
    found: dict[str, Any] = {}
    if request.method == "POST":
        request.session[TYPED] = {name: request.POST.get(name, "") for name in form.fields}
        found = looked_up(form) if form.is_valid() else {}
        if form.is_valid() and not needs_a_look(request, found):
            request.session[FACTS] = asdict(form.facts())
            return redirect("organisations:register_manager")
    context = {"form": form, "lines": step_lines(1), **found}
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/register.html", context, status=status)


def looked_up(form: FactsForm) -> dict[str, Any]:
    """What the register holds that looks like this organisation."""
    same = organisation_by_code(form.cleaned_data["uscc"])
    return {
        "same": same,
        "similar": [] if same else similar_organisations(name=form.cleaned_data["name"]),
        "caution": rules.caution_about_code(form.cleaned_data["uscc"]),
    }


def needs_a_look(request: Request, found: dict[str, Any]) -> bool:
    """A known code always stops; a similar name or doubtful code stops until looked at."""
    if found["same"]:
        return True
    return bool(found["similar"] or found["caution"]) and "confirmed" not in request.POST


@login_not_required
@rate_limited("organisations.register_manager", times=30, seconds=3600, methods="POST")
def register_manager(request: Request) -> HttpResponse:
    """Step 2: who runs it here; a signed-in person is taken as they are."""
    if FACTS not in request.session:
        return redirect("organisations:register")
    facts = OrganisationFacts(**request.session[FACTS])
    signed_in = request.user.is_authenticated
    form = AccountForm(request.POST or None)
    if request.method == "POST" and (signed_in or form.is_valid()):
        try:
            return registered(request, facts=facts, form=form)
        except DomainError as refusal:
            form.add_error(field_of(form, refusal), refusal.sentence)
    context = {"form": form, "facts": facts, "lines": step_lines(2), "signed_in": signed_in}
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/register_manager.html", context, status=status)


def field_of(form: Any, refusal: DomainError) -> str | None:
    return refusal.field if refusal.field in form.fields else None


def registered(request: Request, *, facts: OrganisationFacts, form: AccountForm) -> HttpResponse:
    """Register, sign the newcomer in, and go on to the papers."""
    actor = request.actor
    today = timezone.localdate()
    if request.user.is_authenticated:
        organisation = register_organisation(
            facts=facts, manager_id=request.user.pk, actor=actor, today=today
        )
    else:
        organisation, user = register_with_account(
            facts=facts, account=form.account(), actor=actor, today=today
        )
        login(request, user, backend=BACKEND)
    for key in (TYPED, FACTS):
        request.session.pop(key, None)
    request.session[CHOSEN_ORGANISATION] = organisation.pk
    messages.success(request, f"{organisation.name}已登记。再上传 2 份材料即可提交核验。")
    return redirect("organisations:documents")
