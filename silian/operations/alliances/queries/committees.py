"""What pages of committees read: lists, members, plans, meetings, opinions and answers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.lateness import days_late
from silian.operations.alliances.choices.committees import CommitteeRole, OpinionState, Take
from silian.operations.alliances.models.committees import (
    Committee,
    CommitteeMeeting,
    CommitteeMember,
    IndustryPlan,
    IndustryPlanItem,
)
from silian.operations.alliances.models.nominations import ExpertNomination
from silian.operations.alliances.models.opinions import CommitteeOpinion, OpinionAnswer
from silian.operations.alliances.permissions.committees import answers_owed_by, committees_kept_by
from silian.operations.alliances.rules.groups import WARNING, term_words

ROLE_ORDER = {role: place for place, role in enumerate(CommitteeRole.values)}


def committees_for_list(rows: QuerySet[Committee]) -> QuerySet[Committee]:
    """With host, region, and numbers of members, meetings and sent opinions."""
    sitting = Count("members", filter=Q(members__left_on__isnull=True), distinct=True)
    sent = Count("opinions", filter=Q(opinions__state=OpinionState.ISSUED), distinct=True)
    return rows.select_related("division", "host", "industry").annotate(
        member_count=sitting, meeting_count=Count("meetings", distinct=True), opinion_count=sent
    )


def sitting_members(committee: Committee, *, on: datetime.date) -> list[CommitteeMember]:
    """Who sits now, chair first, each with the words of the term."""
    rows = list(committee.members.filter(left_on__isnull=True).select_related("organisation"))
    for member in rows:
        member.term = term_words(ends_on=member.ends_on, on=on)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: (ROLE_ORDER[row.role], row.pk))


@dataclass(frozen=True, kw_only=True)
class PlanItemLine:
    """An item of the industry body's plan with how it stands (计划事项情况)."""

    item: IndustryPlanItem
    text: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class PlanCard:
    """A plan with its items and how many are done."""

    plan: IndustryPlan
    lines: list[PlanItemLine]
    done: int


def plan_cards(committee: Committee, *, today: datetime.date) -> list[PlanCard]:
    """The plans of the industry body, latest first (深化产教融合工作计划)."""
    plans = committee.plans.prefetch_related(
        Prefetch("items", IndustryPlanItem.objects.order_by("due_on", "pk"))
    )
    return [
        PlanCard(
            plan=plan,
            lines=[item_line(item, today=today) for item in plan.items.all()],
            done=sum(item.done_on is not None for item in plan.items.all()),
        )
        for plan in plans
    ]


def item_line(item: IndustryPlanItem, *, today: datetime.date) -> PlanItemLine:
    if item.done_on is not None:
        return PlanItemLine(item=item, text=f"{item.done_on:%Y-%m-%d} 完成", tone="ok")
    if late := days_late(last_day=item.due_on, on=today):
        return PlanItemLine(item=item, text=f"逾期 {late} 天", tone="late")
    return PlanItemLine(item=item, text="推进中" if item.progress else "未开始", tone="open")


def nominations_of(committee: Committee) -> QuerySet[ExpertNomination]:
    """Whom the committee proposed for the review pool, with what became of it (推荐专家)."""
    return committee.nominations.select_related("user", "organisation", "expert")


def meetings_of(committee: Committee) -> QuerySet[CommitteeMeeting]:
    return committee.meetings.annotate(came_count=Count("came")).order_by("-held_on", "-pk")


def opinions_for_list(rows: QuerySet[CommitteeOpinion]) -> QuerySet[CommitteeOpinion]:
    """With committee, links, and how many schools were asked and answered."""
    answered = Count("answers", filter=~Q(answers__take=Take.WAITING), distinct=True)
    return (
        rows.select_related("committee__division", "committee__host", "standard", "meeting")
        .annotate(asked_count=Count("answers", distinct=True), answered_count=answered)
        .prefetch_related("programmes")
    )


def answers_waiting(actor: Actor) -> QuerySet[OpinionAnswer]:
    """Opinions that one's school has not answered (待答复意见)."""
    rows = answers_owed_by(actor).filter(take=Take.WAITING)
    return rows.select_related("opinion__committee").order_by("due_at", "pk")


def opinions_to_send(actor: Actor) -> QuerySet[CommitteeOpinion]:
    """Drafts of the committees that the actor keeps."""
    rows = CommitteeOpinion.objects.filter(
        committee__in=committees_kept_by(actor), state=OpinionState.DRAFT
    )
    return rows.select_related("committee").order_by("pk")


def terms_ending(actor: Actor, *, today: datetime.date) -> QuerySet[Committee]:
    """Committees of one's keeping whose term ends soon or has ended (换届)."""
    rows = committees_kept_by(actor).filter(
        ended_on__isnull=True, term_ends_on__lte=today + WARNING
    )
    return rows.order_by("term_ends_on", "pk")


def items_late(actor: Actor, *, today: datetime.date) -> QuerySet[IndustryPlanItem]:
    """Items of plans that one keeps, past their day and not done (逾期计划事项)."""
    rows = IndustryPlanItem.objects.filter(
        plan__committee__in=committees_kept_by(actor).filter(ended_on__isnull=True),
        done_on__isnull=True,
        due_on__lt=today,
    )
    return rows.select_related("plan__committee").order_by("due_on", "pk")
