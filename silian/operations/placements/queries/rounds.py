"""Reads of rounds: lists, candidates, what a round lacks."""

from __future__ import annotations

import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from silian.operations.placements.choices.hosts import (
    HostState,
    PlanState,
    PostState,
)
from silian.operations.placements.choices.internships import (
    HELD_STATES,
)
from silian.operations.placements.choices.rounds import (
    ObjectionState,
    RoundState,
    RunState,
)
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.models.round_runs import RoundObjection, RoundRun
from silian.operations.placements.models.rounds import (
    Round,
    RoundPost,
    RoundReserve,
    RoundStudent,
    Wish,
)
from silian.registers.programmes.models import ClassMember
from silian.registers.programmes.queries.classes import members_of


def with_counts(rows: QuerySet[Round]) -> QuerySet[Round]:
    """Rounds with students, posts and places asked for, for lists."""
    return rows.select_related("school", "published_run").annotate(
        student_count=Count("students", filter=Q(students__is_eligible=True), distinct=True),
        post_count=Count("posts", distinct=True),
    )


def plans_for_rounds(*, school_id: int) -> QuerySet[InternshipPlan]:
    """Plans of the school for which a round may be held."""
    return (
        InternshipPlan.objects.filter(school_id=school_id)
        .exclude(state__in=[PlanState.DRAFT, PlanState.WITHDRAWN])
        .select_related("cohort__programme")
        .order_by("-cohort__year", "title")
    )


def members_for(placement_round: Round, *, on: datetime.date) -> list[tuple[ClassMember, int]]:
    """The students of the plans' cohorts without an internship in these days, with their plan."""
    plans = list(placement_round.plans.all())
    plan_of = {plan.cohort_id: plan.pk for plan in plans}
    busy = Internship.objects.filter(
        school=placement_round.school_id,
        state__in=sorted(HELD_STATES),
        starts_on__lt=placement_round.ends_on,
        ends_on__gt=placement_round.starts_on,
    )
    classes = [pk for plan in plans for pk in plan.cohort.classes.values_list("pk", flat=True)]
    rows = members_of(school_class_ids=classes, on=on).exclude(
        person_id__in=busy.values("person_id")
    )
    return [(row, plan_of[row.school_class.cohort_id]) for row in rows]


def posts_for(placement_round: Round) -> list[tuple[InternshipPost, Host]]:
    """Open posts at the school's published hosts that cover the period of the round."""
    hosts = {
        host.organisation_id: host
        for host in Host.objects.filter(school=placement_round.school_id, state=HostState.PUBLISHED)
    }
    rows = InternshipPost.objects.filter(
        organisation__in=hosts,
        state=PostState.OPEN,
        starts_on__lte=placement_round.starts_on,
        ends_on__gte=placement_round.ends_on,
    ).select_related("organisation", "division")
    return [
        (post, hosts[post.organisation_id])
        for post in rows.order_by("organisation__name", "title", "pk")
    ]


def posts_of(placement_round: Round) -> QuerySet[RoundPost]:
    """The posts on offer with what was asked for, in the order of hosts."""
    return (
        placement_round.posts.select_related("post__organisation", "post__division", "host")
        .prefetch_related(Prefetch("reserves", RoundReserve.objects.order_by("kind", "value")))
        .annotate(
            wish_count=Count("wishes", distinct=True),
            first_count=Count("wishes", filter=Q(wishes__rank=1), distinct=True),
            rank_count=Count("ranks", distinct=True),
        )
        .order_by("post__organisation__name", "post__title", "pk")
    )


def students_of(placement_round: Round) -> QuerySet[RoundStudent]:
    return (
        placement_round.students.select_related("person", "school_class")
        .annotate(wish_count=Count("wishes"))
        .order_by("school_class__name", "number", "pk")
    )


def unscored_count(placement_round: Round) -> int:
    return placement_round.students.filter(
        is_eligible=True, is_absent=False, score__isnull=True
    ).count()


def wishes_of(student: RoundStudent) -> QuerySet[Wish]:
    return student.wishes.select_related(
        "round_post__post__organisation", "round_post__post__division"
    ).order_by("rank")


def runs_of(placement_round: Round) -> QuerySet[RoundRun]:
    return placement_round.runs.defer("inputs").select_related("made_by").order_by("-number")


def open_objections(placement_round: Round) -> QuerySet[RoundObjection]:
    return RoundObjection.objects.filter(
        result__run__round=placement_round, state=ObjectionState.OPEN
    )


def due_to_close(*, now: datetime.datetime) -> QuerySet[Round]:
    """Rounds whose time for wishes is over (到时截止)."""
    return Round.objects.filter(state=RoundState.WISHING, wishes_close_at__lte=now)


def latest_done_run(placement_round: Round) -> RoundRun | None:
    return placement_round.runs.filter(state=RunState.DONE).order_by("-number").first()
