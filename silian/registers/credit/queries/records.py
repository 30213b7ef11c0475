"""Reading credit records: what holds today, what is public, what was looked at."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.registers.credit.choices import CaseState, ItemNature, RecordState, RemedyState, Sharing
from silian.registers.credit.models import CorrectionCase, CreditReading, CreditRecord, Remedy
from silian.registers.credit.permissions.credit import (
    cases_visible_to,
    may_keep,
    records_visible_to,
    remedies_visible_to,
)


def in_force(*, on: datetime.date) -> QuerySet[CreditRecord]:
    """Records that hold on a day (有效记录)."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return CreditRecord.objects.filter(lasting, state=RecordState.IN_FORCE, starts_on__lte=on)


def bad_records_of(*, organisation_id: int, on: datetime.date) -> QuerySet[CreditRecord]:
    """What stands against an organisation on a day, for reviews and incentives (失信记录).

    A disputed record still counts and says that it is disputed.
    """
    return in_force(on=on).filter(organisation_id=organisation_id, item__nature=ItemNature.BAD)


def public_records(*, on: datetime.date) -> QuerySet[CreditRecord]:
    """What the law shows to everybody (依法公示)."""
    return in_force(on=on).filter(item__sharing=Sharing.PUBLIC)


def records_for_list(rows: QuerySet[CreditRecord]) -> QuerySet[CreditRecord]:
    return rows.select_related("organisation", "item", "authority")


def cases_for_list(rows: QuerySet[CorrectionCase]) -> QuerySet[CorrectionCase]:
    return rows.select_related("organisation", "item", "authority")


def readings_of(*, organisation_id: int) -> QuerySet[CreditReading]:
    """Who looked, newest first, for the subject itself."""
    rows = CreditReading.objects.filter(organisation_id=organisation_id)
    return rows.select_related("reader").order_by("-pk")


def cases_to_handle(actor: Actor) -> QuerySet[CorrectionCase]:
    """Cases whose next step is the official's (待办责令改正)."""
    if not may_keep(actor):
        return CorrectionCase.objects.none()
    waiting = [CaseState.FOUND, CaseState.REPORTED, CaseState.REFUSED]
    return cases_for_list(cases_visible_to(actor).filter(state__in=waiting)).order_by("found_at")


def cases_to_answer(actor: Actor) -> QuerySet[CorrectionCase]:
    """Cases that wait for the actor's own organisation (待改正、待答复)."""
    own = cases_visible_to(actor).filter(organisation_id=actor.organisation_id or 0)
    ordered = Q(state=CaseState.ORDERED)
    noticed = Q(state=CaseState.NOTICED, replied_at__isnull=True)
    return cases_for_list(own.filter(ordered | noticed)).order_by("due_on")


def records_to_confirm(actor: Actor) -> QuerySet[CreditRecord]:
    """Records proposed by a colleague (待复核)."""
    if not may_keep(actor):
        return CreditRecord.objects.none()
    rows = records_visible_to(actor).filter(state=RecordState.PROPOSED)
    return records_for_list(rows.exclude(proposed_by_id=actor.user_id)).order_by("pk")


def remedies_to_answer(actor: Actor) -> QuerySet[Remedy]:
    """Objections and repairs that wait for an answer (待办异议与修复)."""
    if not may_keep(actor):
        return Remedy.objects.none()
    rows = remedies_visible_to(actor).filter(state=RemedyState.ASKED)
    return rows.select_related("record__organisation", "record__item").order_by("due_on", "pk")
