"""The register of agreements: lists, what is about to end, and what names a reader may see."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from silian.casework.agreements.choices import IN_FORCE_STATES, AgreementState
from silian.casework.agreements.models import Agreement, Party
from silian.casework.agreements.permissions.agreements import (
    agreements_of_actor,
    agreements_visible_to,
)
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.reading import with_all
from silian.casework.agreements.rules.signing import masked_party
from silian.foundation.kernel.actors import Actor

EXPIRY_WINDOWS = (30, 60, 90)  # days; the longest notice of the declared kinds is 60
ALERT_DAYS = 60  # a renewal takes a signing period and some talk before it


def register_rows(actor: Actor) -> QuerySet[Agreement]:
    """What the actor sees, with ``is_own`` and ``has_person`` for what may be shown of it."""
    own = agreements_of_actor(actor).filter(pk=OuterRef("pk"))
    people = Party.objects.filter(agreement=OuterRef("pk"), person__isnull=False)
    rows = agreements_visible_to(actor)
    if actor.is_system:
        return rows.annotate(is_own=Value(True), has_person=Exists(people))
    return rows.annotate(is_own=Exists(own), has_person=Exists(people))


def matching(rows: QuerySet[Agreement], *, text: str) -> QuerySet[Agreement]:
    """Rows whose number, title or party has the words; a stranger's person is not searched."""
    words = text.replace("\x00", "").strip()
    if not words:
        return rows
    named = Party.objects.filter(agreement=OuterRef("pk"), name__icontains=words)
    readable = Q(is_own=True) | Q(has_person=False)
    return rows.filter(
        Q(number__icontains=words)
        | Q(organiser__name__icontains=words)
        | Q(Exists(named.filter(person__isnull=True)))
        | (readable & (Q(title__icontains=words) | Q(Exists(named))))
    )


def ending_within(
    rows: QuerySet[Agreement], *, on: datetime.date, days: int
) -> QuerySet[Agreement]:
    """Agreements in force whose last day comes within so many days (即将到期)."""
    return rows.filter(
        state__in=sorted(IN_FORCE_STATES),
        ends_on__gt=on,
        ends_on__lte=on + datetime.timedelta(days=days),
    )


def for_list(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return with_all(rows)


@dataclass(frozen=True, kw_only=True)
class RegisterCounts:
    """How the register stands (登记概况)."""

    signing: int
    in_force: int
    ending: int
    stuck: int


def register_counts(rows: QuerySet[Agreement], *, on: datetime.date) -> RegisterCounts:
    until = on + datetime.timedelta(days=ALERT_DAYS)
    in_force = Q(state__in=sorted(IN_FORCE_STATES))
    found = rows.order_by().aggregate(
        signing=Count("pk", filter=Q(state=AgreementState.SIGNING)),
        in_force=Count("pk", filter=in_force),
        ending=Count("pk", filter=in_force & Q(ends_on__gt=on, ends_on__lte=until)),
        stuck=Count("pk", filter=Q(state__in=[AgreementState.REFUSED, AgreementState.LAPSED])),
    )
    return RegisterCounts(**found)


def state_counts(rows: QuerySet[Agreement]) -> Mapping[str, int]:
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def kind_counts(rows: QuerySet[Agreement]) -> Mapping[str, int]:
    return dict(rows.order_by().values_list("kind").annotate(Count("pk")))


def shows_names(agreement: Agreement) -> bool:
    """Whether a row of ``register_rows`` may show the names of its people."""
    return bool(getattr(agreement, "is_own", False))


def shown_title(agreement: Agreement) -> str:
    """The title, or only the kind when it would name a stranger's person."""
    if shows_names(agreement) or not getattr(agreement, "has_person", True):
        return agreement.title
    return kind_of(agreement).label


def shown_party(agreement: Agreement, party: Party) -> str:
    """A party's name as the reader of the row may see it (脱敏)."""
    if party.person_id is None or shows_names(agreement):
        return party.name
    return masked_party(party.name, is_person=True)


def shown_parties(agreement: Agreement) -> str:
    return "、".join(shown_party(agreement, party) for party in agreement.parties.all())


def last_day_if_near(agreement: Agreement, *, on: datetime.date) -> datetime.date | None:
    """The last day of an agreement in force that ends soon; lists count down to it."""
    left = days_left(agreement, on=on)
    return agreement.last_day if left is not None and left <= ALERT_DAYS else None


def days_left(agreement: Agreement, *, on: datetime.date) -> int | None:
    """Days until the last day of an agreement in force."""
    if agreement.state not in IN_FORCE_STATES:
        return None
    return (agreement.ends_on - on).days
