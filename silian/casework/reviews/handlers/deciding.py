"""Tell members, applicants and officials what deciding asks of them or brought them."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.deciding import DecisionGround, Outcome
from silian.casework.reviews.events.deciding import (
    AppealFiled,
    AppealSettled,
    HearingAsked,
    MeetingCalled,
)
from silian.casework.reviews.events.dossiers import DecisionMade, ObjectionRaised
from silian.casework.reviews.models import (
    Appeal,
    Campaign,
    DecidingMeeting,
    Dossier,
    DossierDecision,
    Objection,
)
from silian.casework.reviews.queries.decisions import last_appeal_day
from silian.foundation.kernel.events import subscribe
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import WRITING_ROLES, Role
from silian.registers.organisations.queries.members import user_ids_with_role

HANDLERS = (Role.COORDINATOR, Role.REVIEWER)


def applicants_of(dossier: Dossier) -> list[int]:
    return user_ids_with_role(
        organisation_id=dossier.applicant_id,
        roles=sorted(WRITING_ROLES),
        on=timezone.localdate(),
    )


def officials_of(campaign: Campaign) -> list[int]:
    return user_ids_with_role(
        organisation_id=campaign.owner_id, roles=HANDLERS, on=timezone.localdate()
    )


@subscribe(MeetingCalled)
def tell_members(event: MeetingCalled) -> None:
    meeting = DecidingMeeting.objects.select_related("campaign").get(pk=event.meeting_id)
    notify(
        user_ids=meeting.members.values_list("user_id", flat=True),
        kind=NotificationKind.TASK,
        title=f"请参加审定会：{meeting.campaign.title}",
        detail=f"{meeting.held_on:%Y-%m-%d} {meeting.place}",
        url=reverse("reviews:meeting_detail", args=[meeting.pk]),
        key=f"reviews-meeting-{meeting.pk}",
    )


@subscribe(DecisionMade)
def tell_applicant(event: DecisionMade) -> None:
    """The outcome with its reason, and until when an appeal is possible."""
    rows = DossierDecision.objects.select_related("dossier__campaign__version")
    decision = rows.get(pk=event.decision_id)
    dossier = decision.dossier
    if decision.ground == DecisionGround.REVIEW:
        return  # told with the stage in which it ended, see handlers/dossiers.py
    title = f"已拟认定，将公示：{dossier.subject_name}"
    detail = "公示期满没有成立的异议后认定。"
    if decision.outcome == Outcome.REJECT:
        last_on = last_appeal_day(decision)
        until = f"可以在 {last_on:%Y-%m-%d} 前申诉。" if last_on else "可以申诉。"
        title, detail = f"未通过：{dossier.subject_name}", f"{decision.reason} {until}"
    elif decision.ground == DecisionGround.APPEAL:
        title = f"申诉成立，将补充公示：{dossier.subject_name}"
    notify(
        user_ids=applicants_of(dossier),
        kind=NotificationKind.REVIEW,
        title=title,
        detail=detail,
        url=dossier.get_absolute_url(),
        organisation_id=dossier.applicant_id,
        key=f"reviews-decision-{decision.pk}",
    )


@subscribe(ObjectionRaised)
def tell_officials_of_objection(event: ObjectionRaised) -> None:
    objection = Objection.objects.select_related("dossier__campaign").get(pk=event.objection_id)
    notify(
        user_ids=officials_of(objection.dossier.campaign),
        kind=NotificationKind.TASK,
        title=f"收到异议：{objection.dossier.subject_name}",
        detail="请由没有办理过这份材料的人员核查。",
        url=reverse("reviews:objection_detail", args=[objection.pk]),
        key=f"reviews-objection-{objection.pk}",
    )


@subscribe(HearingAsked)
def tell_applicant_of_hearing(event: HearingAsked) -> None:
    """Only the investigator's question; neither the objection nor who raised it."""
    objection = Objection.objects.select_related("dossier").get(pk=event.objection_id)
    notify(
        user_ids=applicants_of(objection.dossier),
        kind=NotificationKind.TASK,
        title=f"请说明情况：{objection.dossier.subject_name}",
        detail=objection.question,
        url=reverse("reviews:hearing", args=[objection.pk]),
        organisation_id=objection.dossier.applicant_id,
        key=f"reviews-hearing-{objection.pk}",
    )


@subscribe(AppealFiled)
def tell_officials_of_appeal(event: AppealFiled) -> None:
    appeal = Appeal.objects.select_related("decision__dossier__campaign").get(pk=event.appeal_id)
    dossier = appeal.decision.dossier
    notify(
        user_ids=officials_of(dossier.campaign),
        kind=NotificationKind.TASK,
        title=f"收到申诉：{dossier.subject_name}",
        detail="请由没有办理过这份材料的人员复核。",
        url=reverse("reviews:appeal_detail", args=[appeal.pk]),
        key=f"reviews-appeal-{appeal.pk}",
    )


@subscribe(AppealSettled)
def tell_applicant_of_answer(event: AppealSettled) -> None:
    appeal = Appeal.objects.select_related("decision__dossier").get(pk=event.appeal_id)
    dossier = appeal.decision.dossier
    notify(
        user_ids=applicants_of(dossier),
        kind=NotificationKind.REVIEW,
        title=f"申诉{appeal.get_state_display()}：{dossier.subject_name}",
        detail=appeal.answer,
        url=reverse("reviews:appeal_detail", args=[appeal.pk]),
        organisation_id=dossier.applicant_id,
        key=f"reviews-appeal-settled-{appeal.pk}",
    )
