"""Official roles: the report, proposals, and the second person's decision."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.commands import official_roles
from silian.registers.organisations.forms.members import ProposalForm
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.permissions import (
    may_confirm_roles,
    may_propose_roles,
    may_see_roles,
    members_visible_to,
    organisations_visible_to,
    proposals_visible_to,
    require_proposer,
)
from silian.registers.organisations.queries.members import official_memberships
from silian.registers.organisations.views.profile import answered, refuse_on
from silian.registers.organisations.views.tables import official_table

PROPOSAL_PAGE = {
    "title": "提出授予政务角色",
    "lead": "由安全管理员复核同意后生效；系统、安全、审计管理员不得由同一人兼任。",
    "submit": "提出",
    "back_url": reverse_lazy("organisations:roles"),
    "back_label": "政务角色名册",
}


def require_reader(request: Request) -> None:
    if not may_see_roles(request.actor):
        raise NotAllowed("政务角色名册只对系统、安全、审计管理员开放。")


@require_safe
def roles(request: Request) -> HttpResponse:
    """Who holds which official role today (政务角色名册)."""
    require_reader(request)
    actor = request.actor
    rows = official_memberships(on=timezone.localdate())
    table = official_table(request, rows, may_propose=may_propose_roles(actor))
    if table.export_wanted:
        return table.export_response()  # type: ignore[return-value]
    waiting = proposals_visible_to(actor).filter(state="pending").count()
    context = {"table": table, "may_propose": may_propose_roles(actor), "waiting": waiting}
    return render(request, "organisations/roles.html", context)


@require_safe
def proposals(request: Request) -> HttpResponse:
    """Proposed changes of official roles (角色变更复核)."""
    require_reader(request)
    actor = request.actor
    rows = proposals_visible_to(actor).select_related(
        "user", "organisation", "jurisdiction", "proposed_by", "decided_by"
    )
    context = {
        "waiting": rows.filter(state="pending"),
        "decided": rows.exclude(state="pending")[:50],
        "may_confirm": may_confirm_roles(actor),
    }
    return render(request, "organisations/proposals.html", context)


def propose(request: Request) -> HttpResponse:
    """Propose that somebody hold an official role (提出授予)."""
    actor = request.actor
    require_proposer(actor)
    form = ProposalForm(request.POST or None, departments=departments(actor))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            official_roles.propose_role(
                user_id=user_named(data["username"]).pk,
                organisation_id=data["organisation"].pk,
                role=data["role"],
                jurisdiction=data["jurisdiction"].pk if data["jurisdiction"] else "",
                reason=data["reason"],
                actor=actor,
                today=timezone.localdate(),
            )
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, "已提出，安全管理员复核同意后生效。")
            return redirect("organisations:proposals")
    return answered(request, form, PROPOSAL_PAGE)


def departments(actor: Actor) -> QuerySet[Organisation]:
    """The departments in which official roles can be held."""
    return (
        organisations_visible_to(actor)
        .filter(kind=OrganisationKind.GOVERNMENT, state=OrganisationState.VERIFIED)
        .order_by("name")
    )


def user_named(username: str) -> User:
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        raise DomainError("没有这个登录名的启用账号，请先让本人注册。", field="username")
    return user


def role_end(request: Request, membership_id: int) -> HttpResponse:
    """Propose that somebody give up an official role (提出收回)."""
    actor = request.actor
    require_proposer(actor)
    rows = members_visible_to(actor).select_related("user", "organisation", "jurisdiction")
    membership = get_object_or_404(rows, pk=membership_id)
    if request.method == "POST":
        official_roles.propose_role_end(
            membership_id=membership.pk,
            reason=request.POST.get("reason", ""),
            actor=actor,
            today=timezone.localdate(),
        )
        messages.success(request, "已提出收回，安全管理员复核同意后生效。")
        return redirect("organisations:proposals")
    return render(request, "organisations/role_end.html", {"membership": membership})


@require_POST
def decide(request: Request, proposal_id: int, name: str) -> HttpResponse:
    """Confirm or refuse, as the second person (复核)."""
    require_reader(request)
    actor = request.actor
    row = get_object_or_404(proposals_visible_to(actor), pk=proposal_id)
    if name == "confirm":
        official_roles.confirm_role(proposal_id=row.pk, actor=actor, today=timezone.localdate())
        messages.success(request, "已同意，角色变更生效。")
    else:
        official_roles.refuse_role(
            proposal_id=row.pk, reason=request.POST.get("reason", ""), actor=actor
        )
        messages.success(request, "已记为不同意，角色没有变更。")
    return redirect("organisations:proposals")
