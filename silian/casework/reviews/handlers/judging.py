"""Tell experts, organisers and visitors what came to them; end what lost its ground."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import ENDED_DOSSIER_STATES, DossierState
from silian.casework.reviews.choices.judging import AssignmentState, ExpertState, VisitState
from silian.casework.reviews.commands.assignments import stop_tasks
from silian.casework.reviews.commands.visits import end_visit
from silian.casework.reviews.events.dossiers import DossierMoved, ExpertInvited
from silian.casework.reviews.events.judging import (
    ExpertChanged,
    PoolExhausted,
    ScoresOpened,
    VisitChanged,
)
from silian.casework.reviews.models import Assignment, Dossier, Expert, SiteVisit
from silian.foundation.kernel.events import subscribe
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import WRITING_ROLES, Role
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role

OFFICIALS = (Role.COORDINATOR, Role.REVIEWER)


def organiser_ids(dossier: Dossier) -> list[int]:
    return user_ids_with_role(
        organisation_id=dossier.campaign.owner_id, roles=OFFICIALS, on=timezone.localdate()
    )


def dossier_of(pk: int) -> Dossier:
    return Dossier.objects.select_related("campaign", "applicant").get(pk=pk)


@subscribe(ExpertInvited)
def tell_of_task(event: ExpertInvited) -> None:
    """The expert who was drawn."""
    task = Assignment.objects.select_related("dossier__campaign", "expert").get(
        pk=event.assignment_id
    )
    if task.state != AssignmentState.INVITED:
        return  # accepted or ended before the message went out
    notify(
        user_ids=[task.expert.user_id],
        kind=NotificationKind.TASK,
        title=f"抽中您评审：{task.dossier.subject_name}",
        detail=f"{task.dossier.campaign.title}。请先申明利害关系，{task.due_on:%Y-%m-%d} 前评完。",
        url=task.get_absolute_url(),
        key=f"reviews-task-{task.pk}",
    )


@subscribe(PoolExhausted)
def tell_of_lack(event: PoolExhausted) -> None:
    """The organisers, who have to add experts and draw again."""
    dossier = dossier_of(event.dossier_id)
    notify(
        user_ids=organiser_ids(dossier),
        kind=NotificationKind.TASK,
        title=f"专家不足：{dossier.subject_name} 还缺 {event.missing} 位",
        detail="可抽的专家已用完，请补充专家库后在批次页面再抽取。",
        url=dossier.campaign.get_absolute_url(),
        key=f"reviews-lack-{dossier.pk}-{dossier.campaign.draws.count()}",
    )


@subscribe(ScoresOpened)
def tell_of_scores(event: ScoresOpened) -> None:
    """The organisers, when a divergence waits for them."""
    dossier = dossier_of(event.dossier_id)
    if dossier.state != DossierState.MODERATION:
        return
    rounds = dossier.assignments.filter(opened_at__isnull=False).count()
    notify(
        user_ids=organiser_ids(dossier),
        kind=NotificationKind.TASK,
        title=f"待分差复核：{dossier.subject_name}",
        detail="专家评分已到齐，分差超过方案规定。",
        url=reverse("reviews:moderation_detail", args=[dossier.pk]),
        key=f"reviews-moderation-{dossier.pk}-{rounds}",
    )


@subscribe(ExpertChanged)
def tell_of_pool(event: ExpertChanged) -> None:
    """The keepers of a proposal, the expert of everything after it."""
    expert = Expert.objects.select_related("user", "organisation").get(pk=event.expert_id)
    if expert.state != event.state:
        return
    if expert.state == ExpertState.PROPOSED:
        notify(
            user_ids=official_ids(
                division=expert.division_id, roles=[Role.COORDINATOR], on=timezone.localdate()
            ),
            kind=NotificationKind.TASK,
            title=f"待入库专家：{expert.user.name}（{expert.organisation.display_name}）",
            url=expert.get_absolute_url(),
            key=f"reviews-expert-{expert.pk}-proposed-{expert.starts_on}",
        )
        return
    notify(
        user_ids=[expert.user_id],
        kind=NotificationKind.REVIEW,
        title=f"评审专家库：{expert.get_state_display()}",
        detail=expert.reason or f"聘期至 {expert.ends_on:%Y-%m-%d}（不含）。",
        url=reverse("reviews:expert_desk"),
        key=f"reviews-expert-{expert.pk}-{expert.state}-{timezone.localdate()}",
    )


@subscribe(VisitChanged)
def tell_of_visit(event: VisitChanged) -> None:
    """The visitors and the applicant of the plan; the applicant of the end."""
    visit = SiteVisit.objects.select_related("dossier__applicant").get(pk=event.visit_id)
    if visit.state != event.state:
        return
    going = list(visit.visitors.values_list("user_id", flat=True))
    applicant = user_ids_with_role(
        organisation_id=visit.dossier.applicant_id,
        roles=sorted(WRITING_ROLES),
        on=timezone.localdate(),
    )
    told = {
        VisitState.PLANNED: [*going, *applicant] if going else [],
        VisitState.REPORTED: going,
        VisitState.DONE: applicant,
        VisitState.CANCELLED: [*going, *applicant],
    }[VisitState(visit.state)]
    notify(
        user_ids=told,
        kind=NotificationKind.TASK,
        title=f"实地核查{visit.get_state_display()}：{visit.dossier.subject_name}",
        detail=visit.cancel_reason or f"{visit.planned_on:%Y-%m-%d}，{visit.place}",
        url=visit.get_absolute_url(),
        key=f"reviews-visit-{visit.pk}-{visit.state}-{visit.planned_on}-{visit.reported_at}",
    )


@subscribe(DossierMoved)
def end_judging(event: DossierMoved) -> None:
    """A dossier that left judgement has no more tasks and visits."""
    if event.state not in ENDED_DOSSIER_STATES:
        return
    stop_tasks(dossier_id=event.dossier_id)
    end_visit(dossier_id=event.dossier_id)
