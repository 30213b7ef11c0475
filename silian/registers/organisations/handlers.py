"""Tells people what happened to their organisation."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.events import (
    MembershipStarted,
    OrganisationClosed,
    OrganisationRejected,
    OrganisationRenamed,
    OrganisationResumed,
    OrganisationsMerged,
    OrganisationSubmitted,
    OrganisationSuspended,
    OrganisationVerified,
    RenamingRefused,
    RoleProposed,
)
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.models.organisation import Organisation, Renaming
from silian.registers.organisations.models.proposal import RoleProposal
from silian.registers.organisations.queries.members import (
    administrator_ids,
    user_ids_with_role,
    verifier_ids,
)

MANAGERS = (Role.MANAGER,)


def tell_managers(
    *, organisation: Organisation, title: str, detail: str, key: str, url: str = ""
) -> None:
    tell(
        user_ids=user_ids_with_role(
            organisation_id=organisation.pk, roles=MANAGERS, on=timezone.localdate()
        ),
        organisation=organisation,
        title=title,
        detail=detail,
        key=key,
        url=url or reverse("organisations:profile"),
    )


def tell(
    *,
    user_ids: Iterable[int],
    organisation: Organisation,
    title: str,
    key: str,
    url: str,
    detail: str = "",
    kind: NotificationKind = NotificationKind.ORGANISATION,
) -> None:
    notify(
        user_ids=user_ids,
        kind=kind,
        title=title,
        detail=detail,
        url=url,
        organisation_id=organisation.pk,
        key=key,
    )


@subscribe(OrganisationSubmitted)
def tell_verifiers(event: OrganisationSubmitted) -> None:
    organisation = Organisation.objects.get(pk=event.organisation_id)
    tell(
        user_ids=verifier_ids(division=organisation.division_id, on=timezone.localdate()),
        organisation=organisation,
        kind=NotificationKind.TASK,
        title=f"待核验单位：{organisation.name}",
        detail=f"请在 {organisation.verification_due_on} 前核验。",
        url=reverse("organisations:verification", args=[organisation.pk]),
        key=f"organisation-{organisation.pk}-submitted-{organisation.submitted_at:%Y%m%d%H%M%S}",
    )


@subscribe(OrganisationVerified)
def tell_verified(event: OrganisationVerified) -> None:
    organisation = Organisation.objects.get(pk=event.organisation_id)
    tell_managers(
        organisation=organisation,
        title=f"{organisation.display_name}已通过核验",
        detail="现在可以发布供需、应答和邀请成员。",
        key=f"organisation-{organisation.pk}-verified-{organisation.verified_at}",
    )


@subscribe(OrganisationRejected)
def tell_rejected(event: OrganisationRejected) -> None:
    organisation = Organisation.objects.get(pk=event.organisation_id)
    tell_managers(
        organisation=organisation,
        title=f"{organisation.display_name}的核验被退回，请补正",
        detail=f"原因：{organisation.rejection_reason}",
        url=reverse("organisations:documents"),
        key=f"organisation-{organisation.pk}-rejected-{organisation.submitted_at}",
    )


@subscribe(OrganisationRenamed)
def tell_renamed(event: OrganisationRenamed) -> None:
    organisation = Organisation.objects.get(pk=event.organisation_id)
    tell_managers(
        organisation=organisation,
        title=f"更名已核验：{organisation.name}",
        detail="原名称保留在名称沿革中，已签协议不受影响。",
        key=f"renaming-{event.renaming_id}-confirmed",
    )


@subscribe(RenamingRefused)
def tell_rename_refused(event: RenamingRefused) -> None:
    renaming = Renaming.objects.select_related("organisation").get(pk=event.renaming_id)
    tell_managers(
        organisation=renaming.organisation,
        title=f"更名为“{renaming.new_name}”未通过",
        detail=f"原因：{renaming.refusal_reason}",
        key=f"renaming-{event.renaming_id}-refused",
    )


@subscribe(OrganisationSuspended)
def tell_suspended(event: OrganisationSuspended) -> None:
    organisation = Organisation.objects.get(pk=event.organisation_id)
    tell_managers(
        organisation=organisation,
        title=f"{organisation.display_name}已被暂停",
        detail=f"原因：{organisation.suspension_reason}。暂停期间不能发布和应答，已签协议继续有效。",
        key=f"organisation-{organisation.pk}-suspended-{organisation.suspended_at}",
    )


@subscribe(OrganisationResumed)
def tell_resumed(event: OrganisationResumed) -> None:
    organisation = Organisation.objects.get(pk=event.organisation_id)
    tell_managers(
        organisation=organisation,
        title=f"{organisation.display_name}已恢复",
        detail="可以继续发布和应答。",
        key=f"organisation-{organisation.pk}-resumed-{event.resumed_at}",
    )


@subscribe(OrganisationClosed)
def tell_closed(event: OrganisationClosed) -> None:
    organisation = Organisation.objects.get(pk=event.organisation_id)
    tell(
        user_ids=those_who_left(organisation=organisation),
        organisation=organisation,
        title=f"{organisation.display_name}已注销",
        detail=organisation.ending_reason,
        url=reverse("organisations:detail", args=[organisation.pk]),
        key=f"organisation-{organisation.pk}-closed",
    )


@subscribe(OrganisationsMerged)
def tell_merged(event: OrganisationsMerged) -> None:
    organisation = Organisation.objects.get(pk=event.organisation_id)
    heir = Organisation.objects.get(pk=event.heir_id)
    tell(
        user_ids=those_who_left(organisation=organisation),
        organisation=heir,
        title=f"{organisation.display_name}已并入{heir.display_name}",
        detail="您的成员身份已转到承接单位。",
        url=reverse("organisations:detail", args=[heir.pk]),
        key=f"organisation-{organisation.pk}-merged",
    )


def those_who_left(*, organisation: Organisation) -> list[int]:
    rows = Membership.objects.filter(organisation=organisation, ends_on=organisation.ended_on)
    return sorted(set(rows.values_list("user_id", flat=True)))


@subscribe(MembershipStarted)
def tell_member(event: MembershipStarted) -> None:
    membership = Membership.objects.select_related(
        "organisation", "user", "delegated_from__user"
    ).get(pk=event.membership_id)
    giver = membership.delegated_from
    words = (
        f"{giver.user.name} 委托您代办，至 {membership.ends_on} 止"
        if giver
        else f"您已成为“{membership.get_role_display()}”"
    )
    tell(
        user_ids=[membership.user_id],
        organisation=membership.organisation,
        kind=NotificationKind.MEMBER,
        title=f"{membership.organisation.display_name}：{words}",
        url=reverse("organisations:mine"),
        key=f"membership-{membership.pk}-started",
    )


@subscribe(RoleProposed)
def tell_second_person(event: RoleProposed) -> None:
    proposal = RoleProposal.objects.select_related("organisation", "user").get(pk=event.proposal_id)
    tell(
        user_ids=administrator_ids(role=Role.SECURITY_ADMIN, on=timezone.localdate()),
        organisation=proposal.organisation,
        kind=NotificationKind.TASK,
        title=f"待复核：{proposal}",
        detail=proposal.reason,
        url=reverse("organisations:proposals"),
        key=f"role-proposal-{proposal.pk}",
    )
