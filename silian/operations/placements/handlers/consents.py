"""Tells who has to answer a consent, and takes the answer further."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.placements.choices.internships import (
    ConsentState,
)
from silian.operations.placements.commands.self_choices import take_guardian_answer
from silian.operations.placements.events.internships import (
    ConsentAnswered,
    ConsentAsked,
    SelfChoiceDecided,
    SelfChoiceSubmitted,
)
from silian.operations.placements.models import InternshipConsent, SelfChoice
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import user_ids_with_role


def clerks_of(school_id: int) -> list[int]:
    """Who arranges internships for the school."""
    return user_ids_with_role(
        organisation_id=school_id, roles=(Role.MANAGER, Role.AGENT), on=timezone.localdate()
    )


@subscribe(ConsentAsked)
def tell_giver(event: ConsentAsked) -> None:
    row = InternshipConsent.objects.select_related("person").get(pk=event.consent_id)
    if row.person is None or row.person.user_id is None:
        return
    notify(
        user_ids=[row.person.user_id],
        kind=NotificationKind.TASK,
        title="请阅读并答复实习知情同意书",
        detail="同意或不同意都不影响成绩",
        url=reverse("placements:consent", kwargs={"consent_id": row.pk}),
        key=f"consent-{row.pk}-asked",
    )


@subscribe(ConsentAnswered)
def take_answer(event: ConsentAnswered) -> None:
    row = InternshipConsent.objects.select_related("internship__person").get(pk=event.consent_id)
    if row.self_choice_id is not None:
        take_guardian_answer(choice_id=row.self_choice_id, now=timezone.now())
    elif row.internship is not None and row.state == ConsentState.REFUSED:
        notify(
            user_ids=clerks_of(row.internship.school_id),
            kind=NotificationKind.ANSWER,
            title=f"{row.internship.person.name}：{row.get_giver_display()}不同意实习安排",
            detail=row.reason or "没有写原因",
            url=row.internship.get_absolute_url(),
            organisation_id=row.internship.school_id,
            key=f"consent-{row.pk}-refused",
        )


@subscribe(SelfChoiceSubmitted)
def tell_school_of_choice(event: SelfChoiceSubmitted) -> None:
    choice = SelfChoice.objects.select_related("person", "organisation").get(
        pk=event.self_choice_id
    )
    notify(
        user_ids=clerks_of(choice.school_id),
        kind=NotificationKind.TASK,
        title=f"{choice.person.name}申请自主选择实习单位",
        detail=f"{choice.organisation.name}，{choice.title}",
        url=choice.get_absolute_url(),
        organisation_id=choice.school_id,
        key=f"self-choice-{choice.pk}-submitted",
    )


@subscribe(SelfChoiceDecided)
def tell_student_of_decision(event: SelfChoiceDecided) -> None:
    choice = SelfChoice.objects.select_related("person").get(pk=event.self_choice_id)
    if choice.person.user_id is None:
        return
    notify(
        user_ids=[choice.person.user_id],
        kind=NotificationKind.REVIEW,
        title=f"自主选择实习申请：{choice.get_state_display()}",
        detail=choice.decision,
        url=choice.get_absolute_url(),
        key=f"self-choice-{choice.pk}-{choice.state}",
    )
