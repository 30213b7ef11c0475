"""The expert pool: rows of its list, and what an expert has on hand."""

from __future__ import annotations

import datetime

from django.db.models import Count, F, Q, QuerySet

from silian.casework.reviews.choices.judging import AssignmentState, ExpertState
from silian.casework.reviews.models import Assignment, Expert
from silian.casework.reviews.permissions.experts import experts_kept_by
from silian.casework.reviews.permissions.judging import tasks_of
from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.models import Membership

OPEN_STATES = (AssignmentState.INVITED, AssignmentState.ACCEPTED)
ENDING_DAYS = 30  # a month is enough to renew or replace somebody


def experts_for_list(rows: QuerySet[Expert]) -> QuerySet[Expert]:
    """Experts with what a list shows, in a constant number of queries."""
    return rows.select_related("user", "organisation", "division", "proposed_by").annotate(
        open_tasks=Count("assignments", filter=Q(assignments__state__in=OPEN_STATES)),
        done_tasks=Count("assignments", filter=Q(assignments__state=AssignmentState.SUBMITTED)),
    )


def experts_in_term(*, on: datetime.date) -> QuerySet[Expert]:
    """Experts who can be drawn on a day."""
    return Expert.objects.filter(state=ExpertState.ACTIVE, starts_on__lte=on, ends_on__gt=on)


def experts_to_admit(actor: Actor) -> QuerySet[Expert]:
    """Proposals that wait for the actor (待入库)."""
    rows = experts_kept_by(actor).filter(state=ExpertState.PROPOSED)
    return rows.select_related("user", "organisation").order_by("pk")


def terms_over(*, on: datetime.date) -> QuerySet[Expert]:
    return Expert.objects.filter(ends_on__lte=on).exclude(state=ExpertState.LEFT)


def people_to_propose(*, organisation_id: int, on: datetime.date) -> QuerySet[Membership]:
    """Members of an organisation who are not in the pool yet."""
    known = Expert.objects.exclude(state=ExpertState.LEFT)
    rows = Membership.objects.in_force(on=on).filter(organisation_id=organisation_id)
    return (
        rows.exclude(user_id__in=known.values("user_id"))
        .select_related("user")
        .order_by("user_id", "pk")
        .distinct("user_id")
    )


def tasks_for_list(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.select_related("dossier__applicant", "dossier__campaign__version__scheme")


def waiting_tasks(actor: Actor) -> QuerySet[Assignment]:
    """The actor's own tasks that are not done, the most urgent first (待评)."""
    rows = tasks_for_list(tasks_of(actor)).filter(state__in=OPEN_STATES)
    return rows.order_by("due_on", "pk")


def own_history(actor: Actor) -> QuerySet[Assignment]:
    rows = tasks_for_list(tasks_of(actor)).exclude(state__in=OPEN_STATES)
    return rows.order_by(F("submitted_at").desc(nulls_last=True), "-pk")
