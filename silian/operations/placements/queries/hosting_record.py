"""How many interns a unit has hosted, for its applications (接收实习记录)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from silian.casework.reviews.registry import Reading, Subject
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.models.internships import Internship
from silian.registers.organisations.models import Organisation

LOOK_BACK_YEARS = 3  # what this count counts; another window is another source
LEAST_DAYS = 90  # three months in post
NEVER_STARTED = (
    InternshipState.PLANNED,
    InternshipState.PREPARING,
    InternshipState.CANCELLED,
)


def hosted(organisation: Organisation, on: datetime.date) -> QuerySet[Internship]:
    """Internships of three months or more that began in the last three years (接收实习人次)."""
    since = on.replace(year=on.year - LOOK_BACK_YEARS, day=min(on.day, 28))
    until = Coalesce("ended_on", "ends_on")
    return (
        Internship.objects.filter(organisation=organisation, started_on__gte=since)
        .filter(started_on__lte=on)
        .exclude(state__in=NEVER_STARTED)
        .annotate(leaves_on=until)
        .filter(Q(leaves_on__gte=F("started_on") + datetime.timedelta(days=LEAST_DAYS)))
    )


def interns_hosted(*, subject: Subject, on: datetime.date) -> Reading:
    return Reading(value=Decimal(hosted(subject.organisation, on).count()))


def interns_hosted_fact(organisation: Organisation, on: datetime.date) -> int:
    return hosted(organisation, on).count()
