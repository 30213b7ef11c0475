"""Tells authors, reviewers and the province what happens to cases."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.policy_tasks.events.cases import (
    CaseAdopted,
    CasePublished,
    CaseReturned,
    CaseSubmitted,
    CaseWithdrawn,
    RolloutDecided,
    RolloutProposed,
)
from silian.governance.policy_tasks.models.cases import Adoption, ExperienceCase, Rollout
from silian.governance.policy_tasks.permissions.supervision_scope import ACTING_ROLES
from silian.governance.policy_tasks.queries.case_people import reviewers_of
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role


def read(case_id: int) -> ExperienceCase:
    return ExperienceCase.objects.select_related("organisation").get(pk=case_id)


def authors_of(case: ExperienceCase) -> list[int]:
    return user_ids_with_role(
        organisation_id=case.organisation_id, roles=ACTING_ROLES, on=timezone.localdate()
    )


def tell(
    *, case: ExperienceCase, user_ids: Iterable[int], title: str, detail: str, key: str
) -> None:
    notify(
        user_ids=user_ids,
        kind=NotificationKind.REVIEW,
        title=title,
        detail=detail,
        url=case.get_absolute_url(),
        organisation_id=case.organisation_id,
        key=f"case-{case.pk}-{key}",
    )


@subscribe(CaseSubmitted)
def tell_reviewers_of_case(event: CaseSubmitted) -> None:
    case = read(event.case_id)
    stamp = case.submitted_at.isoformat() if case.submitted_at else ""
    tell(
        case=case,
        user_ids=reviewers_of(division=case.division_id, on=timezone.localdate()),
        title=f"案例待审核：{case.title}",
        detail=case.organisation.name,
        key=f"submitted-{stamp}",
    )


@subscribe(CaseReturned)
def tell_authors_of_return(event: CaseReturned) -> None:
    case = read(event.case_id)
    stamp = case.reviewed_at.isoformat() if case.reviewed_at else ""
    tell(
        case=case,
        user_ids=authors_of(case),
        title=f"案例退回修改：{case.title}",
        detail=case.reason,
        key=f"returned-{stamp}",
    )


@subscribe(CasePublished)
def tell_authors_of_publication(event: CasePublished) -> None:
    case = read(event.case_id)
    tell(
        case=case,
        user_ids=authors_of(case),
        title=f"案例已发布：{case.title}",
        detail="已进入公开的经验案例库",
        key="published",
    )


@subscribe(CaseWithdrawn)
def tell_authors_of_withdrawal(event: CaseWithdrawn) -> None:
    case = read(event.case_id)
    tell(
        case=case,
        user_ids=authors_of(case),
        title=f"案例已撤下：{case.title}",
        detail=case.reason,
        key="withdrawn",
    )


@subscribe(CaseAdopted)
def tell_authors_of_adoption(event: CaseAdopted) -> None:
    adoption = Adoption.objects.select_related("case__organisation", "organisation").get(
        pk=event.adoption_id
    )
    tell(
        case=adoption.case,
        user_ids=authors_of(adoption.case),
        title=f"{adoption.organisation.name}采用了贵单位的案例",
        detail=adoption.case.title,
        key=f"adopted-{adoption.pk}",
    )


@subscribe(RolloutProposed)
def tell_province_of_request(event: RolloutProposed) -> None:
    rollout = Rollout.objects.select_related("case__organisation").get(pk=event.rollout_id)
    tell(
        case=rollout.case,
        user_ids=official_ids(
            division=rollout.division_id, roles=[Role.COORDINATOR], on=timezone.localdate()
        ),
        title=f"申请全省推广：{rollout.case.title}",
        detail=rollout.grounds,
        key=f"rollout-{rollout.pk}",
    )


@subscribe(RolloutDecided)
def tell_city_of_decision(event: RolloutDecided) -> None:
    rollout = Rollout.objects.select_related("case__organisation").get(pk=event.rollout_id)
    tell(
        case=rollout.case,
        user_ids=[rollout.proposed_by_id, *authors_of(rollout.case)],
        title=f"{rollout.get_state_display()}：{rollout.case.title}",
        detail=rollout.opinion,
        key=f"rollout-{rollout.pk}-decided",
    )
