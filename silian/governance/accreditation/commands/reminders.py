"""Tell people of steps, decisions and limits."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.foundation.reference.jurisdictions import widening
from silian.governance.accreditation.models.approvals import ApprovalCase
from silian.governance.accreditation.models.projects import ProjectStep
from silian.governance.accreditation.permissions.guide import APPLICANT_ROLES, AUTHORITY_ROLES
from silian.governance.accreditation.permissions.projects import OWNER_ROLES
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role


def tell_unit(
    *, organisation_id: int, roles: frozenset[str], title: str, detail: str, url: str, key: str
) -> None:
    """Tell those who work on it in one organisation."""
    people = user_ids_with_role(
        organisation_id=organisation_id, roles=sorted(roles), on=timezone.localdate()
    )
    notify(
        user_ids=people,
        kind=NotificationKind.TASK,
        title=title,
        detail=detail,
        url=url,
        organisation_id=organisation_id,
        key=key,
    )


def remind_of_limit(*, case_id: int, today: datetime.date) -> None:
    """Warn the authority that a limit is near or past, once a day (将到期提醒)."""
    case = ApprovalCase.objects.select_related("matter").get(pk=case_id)
    due = timezone.localtime(case.due_at) if case.due_at else None
    if due is None:
        return
    late = due <= timezone.localtime()
    tell_unit(
        organisation_id=case.matter.authority_id,
        roles=frozenset(AUTHORITY_ROLES),
        title=f"办件{'已超期' if late else '将到期'}：{case.number}",
        detail=f"{case.title}，办结期限 {due - datetime.timedelta(seconds=1):%Y-%m-%d}",
        url=case.get_absolute_url(),
        key=f"case-{case.pk}-limit-{today:%Y%m%d}",
    )


def tell_authority_of_case(*, case_id: int) -> None:
    case = ApprovalCase.objects.select_related("matter", "applicant").get(pk=case_id)
    tell_unit(
        organisation_id=case.matter.authority_id,
        roles=frozenset(AUTHORITY_ROLES),
        title=f"收到申请：{case.number}",
        detail=f"{case.applicant.display_name}　{case.title}",
        url=case.get_absolute_url(),
        key=f"case-{case.pk}-applied-{case.supplemented_at or case.applied_at:%Y%m%d%H%M}",
    )


def tell_applicant_of_case(*, case_id: int) -> None:
    case = ApprovalCase.objects.select_related("matter").get(pk=case_id)
    done = case.steps.filter(finished_at__isnull=False).count()
    tell_unit(
        organisation_id=case.applicant_id,
        roles=frozenset(APPLICANT_ROLES),
        title=f"办件{case.get_state_display()}：{case.number}",
        detail=case.title,
        url=case.get_absolute_url(),
        key=f"case-{case.pk}-{case.state}-{done}",
    )


def tell_decider_of_step(*, step_id: int) -> None:
    step = ProjectStep.objects.select_related("project__owner").get(pk=step_id)
    notify(
        user_ids=nearest_deciders(step.project.division_id),
        kind=NotificationKind.TASK,
        title=f"待审定：{step.project.name}申请{step.get_stage_display()}",
        detail=step.project.owner.display_name,
        url=step.project.get_absolute_url(),
        key=f"project-step-{step.pk}-proposed",
    )


def nearest_deciders(division: str) -> list[int]:
    """The coordinators of the county, else of the city, else of the province (属地牵头部门)."""
    for code in filter(None, widening(division)):
        found = official_ids(division=code, roles=[Role.COORDINATOR], on=timezone.localdate())
        if found:
            return found
    return []


def tell_owner_of_step(*, step_id: int) -> None:
    step = ProjectStep.objects.select_related("project").get(pk=step_id)
    tell_unit(
        organisation_id=step.project.owner_id,
        roles=frozenset(OWNER_ROLES),
        title=f"项目环节{step.get_state_display()}：{step.get_stage_display()}",
        detail=step.opinion or step.project.name,
        url=step.project.get_absolute_url(),
        key=f"project-step-{step.pk}-{step.state}",
    )
