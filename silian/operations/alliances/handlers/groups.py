"""Tells units of invitations, answers, contributions, results and filings of their groups."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.alliances.choices.groups import MemberState
from silian.operations.alliances.events.groups import (
    ConsortiumReportDecided,
    ConsortiumReportFiled,
    ContributionDecided,
    ContributionRecorded,
    GroupAssessed,
    MembershipAsked,
    MembershipDecided,
)
from silian.operations.alliances.models.consortia import ConsortiumReport
from silian.operations.alliances.models.contributions import AnnualAssessment, Contribution
from silian.operations.alliances.models.groups import GroupMember
from silian.operations.alliances.permissions.groups import STAFF
from silian.operations.alliances.rules.contributions import confirmers
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role


def tell_units(units: Iterable[int], *, title: str, detail: str, url: str, key: str) -> None:
    for unit in sorted(set(units)):
        notify(
            user_ids=user_ids_with_role(
                organisation_id=unit, roles=sorted(STAFF), on=timezone.localdate()
            ),
            kind=NotificationKind.TASK,
            title=title,
            detail=detail,
            url=url,
            organisation_id=unit,
            key=f"{key}-{unit}",
        )


@subscribe(MembershipAsked)
def tell_of_asking(event: MembershipAsked) -> None:
    row = GroupMember.objects.select_related("group", "organisation").get(pk=event.member_id)
    invited = row.state == MemberState.INVITED
    tell_units(
        [row.organisation_id if invited else row.group.lead_id],
        title=f"请确认加入：{row.group.name}"
        if invited
        else f"{row.organisation.display_name}申请加入",
        detail=row.group.name,
        url=row.group.get_absolute_url(),
        key=f"group-member-{row.pk}-asked",
    )


@subscribe(MembershipDecided)
def tell_of_membership(event: MembershipDecided) -> None:
    row = GroupMember.objects.select_related("group", "organisation").get(pk=event.member_id)
    tell_units(
        [row.organisation_id, row.group.lead_id],
        title=f"{row.organisation.display_name}：{row.get_state_display()}",
        detail=row.reason or row.group.name,
        url=row.group.get_absolute_url(),
        key=f"group-member-{row.pk}-{row.state}",
    )


@subscribe(ContributionRecorded)
def tell_of_contribution(event: ContributionRecorded) -> None:
    """Ask those who may confirm."""
    row = Contribution.objects.select_related("group", "contributor").get(pk=event.contribution_id)
    units = confirmers(
        recorded_by=row.recorded_by_id,
        contributor=row.contributor_id,
        receiver=row.receiver_id,
        lead=row.group.lead_id,
    )
    tell_units(
        units,
        title=f"请确认贡献：{row.title}",
        detail=f"{row.group.name}，{row.contributor.display_name}",
        url=reverse("alliances:contribution_detail", kwargs={"contribution_id": row.pk}),
        key=f"contribution-{row.pk}-recorded",
    )


@subscribe(ContributionDecided)
def tell_of_confirmation(event: ContributionDecided) -> None:
    row = Contribution.objects.select_related("group").get(pk=event.contribution_id)
    tell_units(
        [row.recorded_by_id],
        title=f"贡献{row.get_state_display()}：{row.title}",
        detail=row.reason or row.group.name,
        url=reverse("alliances:contribution_detail", kwargs={"contribution_id": row.pk}),
        key=f"contribution-{row.pk}-{row.state}",
    )


@subscribe(GroupAssessed)
def tell_of_result(event: GroupAssessed) -> None:
    row = AnnualAssessment.objects.select_related("group").get(pk=event.assessment_id)
    active = row.group.members.filter(state=MemberState.ACTIVE)
    tell_units(
        [row.group.lead_id, *active.values_list("organisation_id", flat=True)],
        title=f"{row.year} 年度考核{row.get_grade_display()}：{row.group.name}",
        detail=row.reason[:200],
        url=reverse("alliances:assessment_detail", kwargs={"assessment_id": row.pk}),
        key=f"group-assessment-{row.pk}",
    )


@subscribe(ConsortiumReportFiled)
def tell_coordinators(event: ConsortiumReportFiled) -> None:
    row = ConsortiumReport.objects.select_related("group").get(pk=event.report_id)
    notify(
        user_ids=official_ids(
            division=row.group.division_id, roles=[Role.COORDINATOR], on=timezone.localdate()
        ),
        kind=NotificationKind.TASK,
        title=f"核对 {row}",
        detail=row.group.name,
        url=reverse("alliances:report_detail", kwargs={"report_id": row.pk}),
        key=f"consortium-report-{row.pk}-{row.filed_on:%Y%m%d}",
    )


@subscribe(ConsortiumReportDecided)
def tell_of_check(event: ConsortiumReportDecided) -> None:
    row = ConsortiumReport.objects.select_related("group").get(pk=event.report_id)
    tell_units(
        [row.group.lead_id],
        title=f"{row}{row.get_state_display()}",
        detail=row.answer[:200] or row.group.name,
        url=reverse("alliances:report_detail", kwargs={"report_id": row.pk}),
        key=f"consortium-report-{row.pk}-{row.state}-{row.filed_on:%Y%m%d}",
    )
