"""Whose day is over: calls, fixes and opinions on the clock."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from silian.casework.reviews.choices.dossiers import (
    ENDED_DOSSIER_STATES,
    CampaignState,
    DossierState,
    OpinionState,
)
from silian.casework.reviews.models import Campaign, Dossier, Opinion
from silian.foundation.kernel.site_calendar import site_calendar


def calls_over(*, on: datetime.date) -> list[int]:
    """Batches that take no more applications from this day on."""
    rows = Campaign.objects.filter(state=CampaignState.OPEN, closes_on__lte=on)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def fixes_over(*, on: datetime.date) -> list[int]:
    """Applications whose applicant did not answer a fix in time."""
    rows = Dossier.objects.filter(state=DossierState.FIXING, due_on__lt=on)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def opinions_over(*, on: datetime.date) -> list[int]:
    """Opinions that did not come in time."""
    return list(late_opinions(on=on).order_by("pk").values_list("pk", flat=True))


def late_dossiers(*, on: datetime.date) -> QuerySet[Dossier]:
    """Under way beyond the last day of their stage, which counts working days (环节超期)."""
    rows = Dossier.objects.filter(due_on__lt=on, submitted_at__isnull=False)
    return rows.exclude(state__in=[*sorted(ENDED_DOSSIER_STATES), DossierState.NOTICED])


def late_opinions(*, on: datetime.date) -> QuerySet[Opinion]:
    """Asked of a department whose last day is over (部门意见超期)."""
    return Opinion.objects.filter(
        state=OpinionState.ASKED, dossier__state=DossierState.OPINIONS, due_on__lt=on
    )


def opinions_due(*, on: datetime.date) -> list[Opinion]:
    """Opinions still open whose last day is this one; to remind of them."""
    rows = Opinion.objects.filter(
        state=OpinionState.ASKED, dossier__state=DossierState.OPINIONS, due_on=on
    )
    return list(rows.select_related("dossier__campaign", "organisation").order_by("pk"))


def fixes_due(*, on: datetime.date) -> list[Dossier]:
    """Fixes still open whose last day is this one."""
    rows = Dossier.objects.filter(state=DossierState.FIXING, due_on=on)
    return list(rows.select_related("campaign", "applicant").order_by("pk"))


def drafts_due(*, on: datetime.date) -> list[Dossier]:
    """Drafts that can be sent until the end of this day."""
    rows = Dossier.objects.filter(
        state=DossierState.DRAFT, due_on=on, campaign__state=CampaignState.OPEN
    )
    return list(rows.select_related("campaign", "applicant").order_by("pk"))


def working_days_left(due_on: datetime.date | None, *, on: datetime.date) -> int | None:
    """Working days until a day, negative when it is over; None without a limit (剩余工作日)."""
    return None if due_on is None else site_calendar().between(on, due_on)
