"""What waits for an official or an applicant in reviews: one list from every aggregate."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState, OpinionState
from silian.casework.reviews.models import Dossier, Opinion
from silian.casework.reviews.permissions.campaigns import OWNER_ROLES
from silian.casework.reviews.permissions.dossiers import dossiers_judged_by, dossiers_of_applicant
from silian.casework.reviews.permissions.opinions import opinions_of_department
from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.choices import WRITING_ROLES

MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that waits for somebody, with its day (评审待办)."""

    what: str
    title: str
    detail: str
    url: str
    action: str
    due_on: datetime.date | None = None


Source = Callable[[Actor], list[Waiting]]
Counter = Callable[[Actor], Sequence[int | QuerySet[Any]]]
_sources: list[Source] = []
_counters: list[Counter] = []


def waiting_source(source: Source) -> Source:
    """Let an aggregate put what waits of it into the inbox; asks with its own permissions."""
    if source not in _sources:
        _sources.append(source)
    return source


def inbox_of(actor: Actor) -> list[Waiting]:
    """Everything that waits for the actor, the nearest day first, open days last (评审待办)."""
    rows = [row for source in _sources for row in source(actor)]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or datetime.date.max))


def counted_source(counter: Counter) -> Counter:
    """Let an aggregate say how much waits of it without reading it, for the menu."""
    if counter not in _counters:
        _counters.append(counter)
    return counter


def inbox_size(actor: Actor) -> Sequence[int | QuerySet[Any]]:
    """What waits for the actor, not yet counted; the frame counts it with all other lines."""
    return [part for counter in _counters for part in counter(actor)]


def waiting_intake(actor: Actor) -> QuerySet[Dossier]:
    """Sent dossiers that wait for the formal check of the actor's department (待形式审查)."""
    if not actor.organisation_id or not actor.has_role(*OWNER_ROLES):
        return Dossier.objects.none()
    rows = dossiers_judged_by(actor).filter(
        state=DossierState.SUBMITTED, campaign__owner_id=actor.organisation_id
    )
    live = rows.exclude(campaign__state=CampaignState.CANCELLED)
    return live.select_related("campaign", "applicant").order_by("due_on", "pk")


def waiting_opinions(actor: Actor) -> QuerySet[Opinion]:
    """What the actor's department is asked and has not answered (待提意见)."""
    rows = opinions_of_department(actor).filter(
        state=OpinionState.ASKED, dossier__state=DossierState.OPINIONS
    )
    live = rows.exclude(dossier__campaign__state=CampaignState.CANCELLED)
    return live.select_related("dossier__campaign", "dossier__applicant").order_by("due_on", "pk")


def waiting_filling(actor: Actor) -> QuerySet[Dossier]:
    """Drafts of open calls and fixes of the actor's organisation (待填报、待补正)."""
    if not actor.has_role(*WRITING_ROLES):
        return Dossier.objects.none()
    rows = dossiers_of_applicant(actor).filter(
        state__in=[DossierState.DRAFT, DossierState.FIXING],
    )
    live = rows.exclude(
        state=DossierState.DRAFT, campaign__closes_on__lte=timezone.localdate()
    ).exclude(campaign__state=CampaignState.CANCELLED)
    return live.select_related("campaign").order_by("due_on", "pk")


@counted_source
def own_counts(actor: Actor) -> Sequence[int | QuerySet[Any]]:
    return [waiting_intake(actor), waiting_opinions(actor), waiting_filling(actor)]


@waiting_source
def intake_lines(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            what="形式审查",
            title=row.subject_name,
            detail=f"{row.campaign.title}，{row.number}",
            url=reverse("reviews:intake_check", args=[row.pk]),
            action="审查",
            due_on=row.due_on,
        )
        for row in waiting_intake(actor)[:MOST_SHOWN]
    ]


@waiting_source
def opinion_lines(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            what="部门意见",
            title=row.dossier.subject_name,
            detail=f"{row.dossier.campaign.title}，逾期{row.get_silence_display()}",
            url=reverse("reviews:opinion_give", args=[row.pk]),
            action="提意见",
            due_on=row.due_on,
        )
        for row in waiting_opinions(actor)[:MOST_SHOWN]
    ]


@waiting_source
def filling_lines(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            what="补正" if row.state == DossierState.FIXING else "填报",
            title=row.subject_name,
            detail=row.campaign.title,
            url=row.get_absolute_url(),
            action="补正" if row.state == DossierState.FIXING else "继续填报",
            due_on=row.due_on,
        )
        for row in waiting_filling(actor)[:MOST_SHOWN]
    ]
