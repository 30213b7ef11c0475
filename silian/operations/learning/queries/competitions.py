"""Reading competitions: the calendar, entrants, results, training at bases."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from silian.casework.reviews.queries.standing import standing_of
from silian.foundation.kernel.actors import Actor
from silian.operations.learning.choices import PUBLIC_COMPETITIONS, CompetitionState
from silian.operations.learning.models.competitions import (
    Competition,
    Entrant,
    ResultCorrection,
    SessionPlace,
    TrainingSession,
)
from silian.operations.learning.permissions.fund import reports
from silian.operations.learning.permissions.skills import organises
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.people.queries import name_mask

BASE_SCHEMES = ("training_base", "demonstration_base")
NEAR_CLOSING = datetime.timedelta(days=10)  # so that a firm can still choose and train people


@dataclass(frozen=True, kw_only=True)
class PublicResult:
    """A published result, the name masked (公布的成绩)."""

    rank: int | None
    name: str
    employer: str
    score: str
    prize: str
    is_corrected: bool


@dataclass(frozen=True, kw_only=True)
class BaseStanding:
    """Whether a base is recognised, and under which number (基地认定)."""

    title: str
    number: str
    holds: bool


def competitions_for_list(rows: QuerySet[Competition]) -> QuerySet[Competition]:
    entered = Count("entrants", filter=Q(entrants__withdrawn_at__isnull=True))
    related = ("organiser", "occupation", "division", "base")
    return rows.select_related(*related).annotate(entered=entered)


def calendar() -> QuerySet[Competition]:
    """What everybody may see, the nearest first (竞赛日历)."""
    rows = Competition.objects.filter(state__in=PUBLIC_COMPETITIONS)
    return competitions_for_list(rows).order_by("-starts_on", "-pk")


def entrants_of(rows: QuerySet[Entrant]) -> QuerySet[Entrant]:
    return rows.select_related("person", "employer").order_by("rank", "pk")


def public_results(row: Competition) -> list[PublicResult]:
    """Published ranks, scores and prizes with masked names; one query."""
    if row.state != CompetitionState.RESULTS:
        return []
    corrected = ResultCorrection.objects.filter(entrant=OuterRef("pk"))
    rows = entrants_of(row.entrants.filter(withdrawn_at__isnull=True, rank__isnull=False))
    return [
        PublicResult(
            rank=entrant.rank,
            name=name_mask(entrant.person.name),
            employer=entrant.employer.display_name if entrant.employer else "",
            score="" if entrant.score is None else str(entrant.score),
            prize=entrant.get_prize_display(),
            is_corrected=entrant.is_corrected,
        )
        for entrant in rows.annotate(is_corrected=Exists(corrected))
    ]


def sessions_of(row: Competition) -> QuerySet[TrainingSession]:
    came = Count("places", filter=Q(places__attended=True))
    rows = row.sessions.select_related("base")
    return rows.annotate(people=Count("places"), came=came).order_by("starts_on", "pk")


def places_of(session: TrainingSession) -> QuerySet[SessionPlace]:
    return session.places.select_related("entrant__person", "entrant__employer").order_by("pk")


def base_standing(base: Organisation | None, *, on: datetime.date) -> BaseStanding | None:
    """The recognition of a base on a day, the first that stands; None where it has none."""
    if base is None:
        return None
    for scheme in BASE_SCHEMES:
        found = standing_of(organisation_id=base.pk, scheme=scheme, on=on)
        if found is not None:
            row = found.recognition
            return BaseStanding(title=row.scheme.title, number=row.number, holds=found.holds)
    return None


def competitions_to_work_on(actor: Actor, *, on: datetime.date) -> QuerySet[Competition]:
    """Own competitions to publish, to end, to give results (主办待办)."""
    if not organises(actor):
        return Competition.objects.none()
    over = Q(state=CompetitionState.OPEN, ends_on__lte=on)
    rest = Q(state__in=(CompetitionState.DRAFT, CompetitionState.HELD))
    rows = Competition.objects.filter(over | rest, organiser_id=actor.organisation_id or 0)
    return rows.order_by("starts_on", "pk")


def competitions_to_enter(actor: Actor, *, on: datetime.date) -> QuerySet[Competition]:
    """Those that close soon and to which the enterprise has sent nobody (可报名)."""
    if not reports(actor):
        return Competition.objects.none()
    mine = Entrant.objects.filter(
        competition=OuterRef("pk"),
        employer_id=actor.organisation_id or 0,
        withdrawn_at__isnull=True,
    )
    rows = Competition.objects.filter(
        ~Exists(mine),
        state=CompetitionState.OPEN,
        opens_on__lte=on,
        closes_on__range=(on, on + NEAR_CLOSING),
    )
    return rows.select_related("organiser").order_by("closes_on", "pk")


def due_to_open(*, on: datetime.date) -> Sequence[int]:
    """Published competitions whose registration begins (到期开放)."""
    rows = Competition.objects.filter(
        state=CompetitionState.PUBLISHED, opens_on__lte=on, closes_on__gte=on
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def own_entries(person: Person) -> QuerySet[Entrant]:
    """A person's competitions (本人参赛)."""
    rows = Entrant.objects.filter(person=person, withdrawn_at__isnull=True)
    return rows.select_related("competition", "employer").order_by("-competition__starts_on")
