"""Members, invitations, delegation, and the switch between one's organisations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.registers.accounts.models import User
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.organisations import rules
from silian.registers.organisations.choices import CHOSEN_ORGANISATION, DELEGABLE_ROLES
from silian.registers.organisations.commands import delegation, joining, members
from silian.registers.organisations.forms.members import (
    AccountForm,
    DelegationForm,
    InvitationForm,
    JoinForm,
)
from silian.registers.organisations.gateways import send_invitation
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.permissions import (
    delegations_of,
    invitations_visible_to,
    members_managed_by,
    members_visible_to,
    organisations_visible_to,
)
from silian.registers.organisations.queries.identity import current_memberships
from silian.registers.organisations.queries.members import (
    colleagues,
    invitation_by_secret,
    members_for_list,
)
from silian.registers.organisations.views.profile import (
    answered,
    managed_organisation,
    own_organisation,
    refuse_on,
)
from silian.registers.organisations.views.tables import member_table

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def member_list(request: Request) -> HttpResponse:
    """Who acts for one's organisation (成员)."""
    actor = request.actor
    organisation = own_organisation(actor)
    today = timezone.localdate()
    rows = members_for_list(members_visible_to(actor).filter(organisation=organisation), on=today)
    table = member_table(
        request, rows, managed=set(members_managed_by(actor).values_list("pk", flat=True))
    )
    if table.export_wanted:
        return table.export_response()  # type: ignore[return-value]
    context = {
        "organisation": organisation,
        "table": table,
        "invitations": open_invitations(request),
        "may_manage": members_managed_by(actor).exists(),
        "link": request.session.pop("invitation_link", ""),
    }
    return render(request, "organisations/members.html", context)


def open_invitations(request: Request) -> list[Any]:
    rows = invitations_visible_to(request.actor).filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
    )
    return list(rows.select_related("invited_by")[:100])


@rate_limited("organisations.invite", times=100, seconds=3600, methods="POST")
def invite(request: Request) -> HttpResponse:
    """Invite one person by e-mail or by link (邀请成员)."""
    actor = request.actor
    organisation = managed_organisation(actor)
    roles = rules.grantable_roles(roles=actor.roles, kind=organisation.kind)
    form = InvitationForm(
        request.POST or None, roles=roles, initial={"email": request.GET.get("email", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            invitation, secret = members.invite_member(
                organisation_id=organisation.pk,
                actor=actor,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            return invited(request, invitation=invitation, secret=secret)
    return answered(request, form, member_page("邀请成员", "生成邀请"))


def member_page(title: str, submit: str, lead: str = "") -> dict[str, Any]:
    return {
        "title": title,
        "submit": submit,
        "lead": lead,
        "back_url": reverse("organisations:member_list"),
        "back_label": "成员",
    }


def invited(request: Request, *, invitation: Any, secret: str) -> HttpResponse:
    """Send the link when there is an address, and show it once in any case."""
    link = settings.SITE_URL + reverse("organisations:invitation", args=[secret])
    request.session["invitation_link"] = link
    if not invitation.email:
        messages.success(request, "邀请链接已生成，只显示这一次，请复制后转交。")
    elif send_invitation(invitation=invitation, link=link):
        messages.success(request, f"邀请已发到 {invitation.email}。")
    else:
        messages.warning(request, "邮件没有发出，请复制链接自行转交。")
    return redirect("organisations:member_list")


@require_POST
def invitation_withdraw(request: Request, invitation_id: int) -> HttpResponse:
    """Take back an invitation."""
    actor = request.actor
    row = get_object_or_404(invitations_visible_to(actor), pk=invitation_id)
    members.withdraw_invitation(invitation_id=row.pk, actor=actor)
    messages.success(request, "邀请已撤回，链接不再有效。")
    return redirect("organisations:member_list")


@login_not_required
@rate_limited("organisations.invitation", times=30, seconds=3600, methods="POST")
def invitation(request: Request, secret: str) -> HttpResponse:
    """Accept an invitation, with one's account or with a new one (接受邀请)."""
    row = invitation_by_secret(secret)
    form = AccountForm(request.POST or None, initial={"email": row.email if row else ""})
    signed_in = request.user.is_authenticated
    if request.method == "POST" and (signed_in or form.is_valid()):
        try:
            return accepted(request, secret=secret, form=form)
        except DomainError as refusal:
            form.is_valid()
            refuse_on(form, refusal)
    context = {
        "invitation": row,
        "usable": row is not None and row.is_open(now=timezone.now()),
        "form": form,
        "signed_in": signed_in,
    }
    status = 422 if request.method == "POST" else (200 if row else 404)
    return render(request, "organisations/invitation.html", context, status=status)


def accepted(request: Request, *, secret: str, form: AccountForm) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    today = timezone.localdate()
    if request.user.is_authenticated:
        membership = members.accept_invitation(secret=secret, actor=actor, now=now, today=today)
    else:
        membership, user = members.accept_invitation_with_account(
            secret=secret, account=form.account(), actor=actor, now=now, today=today
        )
        login(request, user, backend=BACKEND)
    request.session[CHOSEN_ORGANISATION] = membership.organisation_id
    messages.success(
        request, f"您已成为{membership.organisation.name}的{membership.get_role_display()}。"
    )
    return redirect("organisations:mine")


@require_POST
def member_role(request: Request, membership_id: int) -> HttpResponse:
    """Give a member another role."""
    actor = request.actor
    row = get_object_or_404(members_managed_by(actor), pk=membership_id)
    changed = members.change_role(
        membership_id=row.pk,
        role=request.POST.get("role", row.role),
        actor=actor,
        today=timezone.localdate(),
    )
    messages.success(request, f"{changed.user.name}的角色已改为{changed.get_role_display()}。")
    return redirect("organisations:member_list")


def member(request: Request, membership_id: int) -> HttpResponse:
    """One member, with the roles one may give and the way out (成员详情)."""
    actor = request.actor
    rows = members_managed_by(actor).select_related("user", "organisation", "delegated_from__user")
    row = get_object_or_404(rows, pk=membership_id)
    roles = rules.grantable_roles(roles=actor.roles, kind=row.organisation.kind)
    context = {
        "membership": row,
        "roles": roles,
        "ended": not row.is_in_force(on=timezone.localdate()),
    }
    return render(request, "organisations/member.html", context)


@require_POST
def member_end(request: Request, membership_id: int) -> HttpResponse:
    """End a member's role."""
    actor = request.actor
    row = get_object_or_404(members_managed_by(actor), pk=membership_id)
    members.end_membership(
        membership_id=row.pk,
        reason=request.POST.get("reason", ""),
        actor=actor,
        today=timezone.localdate(),
    )
    messages.success(request, "成员身份已结束，记录保留。")
    return redirect("organisations:member_list")


@require_safe
def mine(request: Request) -> HttpResponse:
    """One's organisations, roles and delegations (我的身份)."""
    actor = request.actor
    user = User.objects.get(pk=signed_in_id(actor))
    today = timezone.localdate()
    given = Membership.objects.in_force(on=today).filter(delegated_from__user=user)
    context = {
        "memberships": current_memberships(user=user, on=today),
        "given": given.select_related("user", "organisation"),
        "chosen": actor.organisation_id,
        "may_delegate": actor.has_role(*DELEGABLE_ROLES),
    }
    return render(request, "organisations/mine.html", context)


@require_POST
def leave(request: Request, membership_id: int) -> HttpResponse:
    """Give up one's own role."""
    actor = request.actor
    rows = members_visible_to(actor).filter(user_id=signed_in_id(actor))
    row = get_object_or_404(rows, pk=membership_id)
    members.leave_organisation(membership_id=row.pk, actor=actor, today=timezone.localdate())
    messages.success(request, "您已退出这个身份，记录保留。")
    return redirect("organisations:mine")


def delegate(request: Request) -> HttpResponse:
    """Let a colleague act in one's own role (委托代办)."""
    form = delegation_form(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            delegation.delegate_role(
                membership_id=int(data["membership"]),
                to_user_id=int(data["to_user"]),
                ends_on=data["ends_on"],
                actor=request.actor,
                today=timezone.localdate(),
            )
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, f"委托已生效，至 {data['ends_on']} 止；代办会注明“代”。")
            return redirect("organisations:mine")
    lead = "受托人以您的角色办理，页面和审计记录都注明“代”。您可随时收回。"
    page = {**member_page("委托代办", "委托", lead), "back_url": reverse("organisations:mine")}
    return answered(request, form, {**page, "back_label": "我的身份"})


def delegation_form(request: Request) -> DelegationForm:
    """The form with one's own roles and one's colleagues."""
    organisation = own_organisation(request.actor)
    user_id, today = signed_in_id(request.actor), timezone.localdate()
    own = Membership.objects.in_force(on=today).filter(
        user_id=user_id,
        organisation=organisation,
        role__in=sorted(DELEGABLE_ROLES),
        delegated_from__isnull=True,
    )
    others = colleagues(organisation_id=organisation.pk, user_id=user_id, on=today)
    return DelegationForm(request.POST or None, own=list(own), colleagues=list(others))


@require_POST
def delegation_end(request: Request, membership_id: int) -> HttpResponse:
    """End a delegation before its day."""
    actor = request.actor
    row = get_object_or_404(delegations_of(actor), pk=membership_id)
    delegation.end_delegation(membership_id=row.pk, actor=actor, today=timezone.localdate())
    messages.success(request, "委托已收回。")
    return redirect("organisations:mine")


@require_POST
def switch(request: Request) -> HttpResponse:
    """Act for another of one's organisations (切换单位)."""
    wanted = request.POST.get("organisation", "")
    organisation = joining.switch_organisation(
        organisation_id=int(wanted) if wanted.isdigit() else 0,
        actor=request.actor,
        today=timezone.localdate(),
    )
    request.session[CHOSEN_ORGANISATION] = organisation.pk
    messages.success(request, f"现在以{organisation.display_name}的身份办理。")
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect("organisations:mine")


@rate_limited("organisations.join", times=10, seconds=3600, methods="POST")
def join(request: Request, organisation_id: int) -> HttpResponse:
    """Ask a registered organisation for an invitation (申请加入)."""
    actor = request.actor
    organisation = get_object_or_404(organisations_visible_to(actor), pk=organisation_id)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            joining.ask_to_join(
                organisation_id=organisation.pk,
                note=form.cleaned_data["note"],
                invite_url=reverse("organisations:invite"),
                actor=actor,
                today=timezone.localdate(),
            )
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, "申请已送达单位管理员，同意后您会收到邀请邮件。")
            return redirect("organisations:detail", organisation.pk)
    page = member_page(f"申请加入{organisation.display_name}", "送出申请")
    return answered(
        request,
        form,
        {**page, "back_url": organisation.get_absolute_url(), "back_label": organisation.name},
    )
