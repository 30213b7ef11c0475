"""Posts for lists and pages: places, taken, left (实习岗位)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.hosts import PostState
from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    LIVE_STATES,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.permissions.posts import posts_kept_by
from silian.operations.placements.queries.capacity import Room, room_of
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation


def posts_for_list(
    rows: QuerySet[InternshipPost], *, on: datetime.date
) -> QuerySet[InternshipPost]:
    """With organisation, industry, and the students who are there or coming on the day or later."""
    there = Q(internships__state__in=sorted(LIVE_STATES), internships__ends_on__gt=on)
    return rows.select_related(
        "organisation", "division", "industry", "occupation", "mentor"
    ).annotate(placed=Count("internships", filter=there))


def posts_written_for(actor: Actor) -> QuerySet[InternshipPost]:
    """Posts that schools wrote for the actor's organisation and that it has not opened (待开放).

    A host's own files open their posts at once, so what came in and is a draft is a school's.
    """
    return posts_kept_by(actor).filter(state=PostState.DRAFT, imported_as__isnull=False)


@dataclass(frozen=True, kw_only=True)
class SchoolShare:
    """How many students of one school a host has (各校人数)."""

    school: str
    students: int


@dataclass(frozen=True, kw_only=True)
class CountExplained:
    """The count of IN-11 with everything behind it (人数核对)."""

    room: Room
    schools: list[SchoolShare]
    posts: list[tuple[InternshipPost, int]]


def count_explained(
    *, organisation_id: int, starts_on: datetime.date, ends_on: datetime.date
) -> CountExplained:
    """Who is counted at an organisation in a period, school by school and post by post."""
    posts = list(
        InternshipPost.objects.filter(organisation_id=organisation_id)
        .select_related("organisation")
        .order_by("title", "pk")
    )
    room = room_of(
        organisation_id=organisation_id,
        post_ids=[post.pk for post in posts],
        starts_on=starts_on,
        ends_on=ends_on,
    )
    rows = Internship.objects.filter(
        organisation_id=organisation_id,
        state__in=sorted(LIVE_STATES),
        kind__in=sorted(KINDS_IN_POST),
        starts_on__lt=ends_on,
        ends_on__gt=starts_on,
    )
    counted = rows.order_by().values_list("school__name").annotate(number=Count("pk"))
    return CountExplained(
        room=room,
        schools=[SchoolShare(school=name, students=number) for name, number in sorted(counted)],
        posts=[(post, room.posts[post.pk].placed) for post in posts],
    )


def mentors_to_choose(*, organisation_id: int) -> list[tuple[int, str]]:
    """The organisation's own people, mentors first (可指定的企业导师)."""
    rows = Affiliation.objects.filter(
        organisation_id=organisation_id,
        kind__in=(AffiliationKind.MENTOR, AffiliationKind.EMPLOYEE),
        ends_on__isnull=True,
    ).select_related("person")
    ordered = sorted(rows, key=lambda row: (row.kind != AffiliationKind.MENTOR, row.pk))
    return [(row.person_id, f"{row.person.name}（{row.get_kind_display()}）") for row in ordered]
