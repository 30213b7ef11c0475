"""The student's own view of an internship, and the checklist of many."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from silian.casework.agreements.models import Agreement
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.reading import agreement_of
from silian.casework.agreements.queries.terms import effective_terms, grouped_terms
from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.models import InsuredIntern, Internship
from silian.operations.placements.models.complaints import Complaint
from silian.operations.placements.models.pay import PayRecord, StudentAccount
from silian.operations.placements.permissions.complaints import own_complaints
from silian.operations.placements.queries.lawfulness import post_facts, student_facts
from silian.operations.placements.queries.pay import PayState, account_of, facts_of
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE, missing_of
from silian.operations.placements.rules.pay import STANDING_LABELS, Standing, standing_of
from silian.operations.placements.rules.prohibitions.declaration import Case
from silian.operations.placements.rules.prohibitions.limits import Limits
from silian.operations.placements.rules.prohibitions.working_time import WORKING_TIME_RULES
from silian.operations.placements.rules.rights import Forbidden, RightCheck, checks, forbidden_for

UNTOLD = (InternshipState.PLANNED, InternshipState.CANCELLED)


def own_internships(actor: Actor) -> QuerySet[Internship]:
    """The actor's own internships and those of wards, the latest first (本人的实习)."""
    if not actor.is_authenticated:
        return Internship.objects.none()
    own = Q(person__user_id=actor.user_id) | Q(person__guardian__user_id=actor.user_id)
    return Internship.objects.filter(own).order_by("-starts_on", "-pk")


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What the student's page says of one internship (我的权益)."""

    internship: Internship
    agreement: Agreement | None
    terms: list[Any]
    months: list[PayRecord]
    latest: PayState | None
    account: StudentAccount | None
    insurance: list[InsuredIntern]
    checks: list[RightCheck]
    forbidden: list[Forbidden]
    complaints: list[Complaint]


def rights_of(internship: Internship, *, actor: Actor, on: datetime.date) -> Rights:
    """Everything a student should know of the internship today, read for one page."""
    agreement = agreement_of(AGREEMENT_SOURCE, internship.pk)
    months = list(
        PayRecord.objects.filter(internship=internship)
        .order_by("-month")
        .prefetch_related("alarms")
    )
    limits = limits_of(division=internship.division_id, on=on)
    person = internship.person
    return Rights(
        internship=internship,
        agreement=agreement,
        terms=terms_today(agreement, on=on),
        months=months,
        latest=pay_state(months[0], on=on) if months else None,
        account=account_of(person_id=person.pk),
        insurance=list(
            InsuredIntern.objects.filter(internship=internship, ends_on__gt=on)
            .select_related("policy")
            .order_by("policy__kind", "pk")
        ),
        checks=checks_of(internship_ids=[internship.pk], on=on)[internship.pk],
        forbidden=forbidden_for(
            student=student_facts(person, member=None, on=on), on=on, limits=limits
        ),
        complaints=list(own_complaints(actor).select_related("handler")[:20]),
    )


def terms_today(agreement: Agreement | None, *, on: datetime.date) -> list[Any]:
    """The terms in force, grouped and in words; those of the first day before it."""
    if agreement is None:
        return []
    terms = effective_terms(agreement=agreement, on=max(on, agreement.starts_on))
    return list(grouped_terms(kind=kind_of(agreement), terms=terms)) if terms else []


def pay_state(record: PayRecord, *, on: datetime.date) -> PayState:
    return PayState(
        internship_id=record.internship_id,
        standing=standing_of(facts_of(record), on=on),
        record_id=record.pk,
        due_amount=record.due_amount,
        paid_amount=record.paid_amount,
        due_on=record.due_on,
        paid_on=record.paid_on,
        days_late=max((on - record.due_on).days, 0),
    )


def checks_of(*, internship_ids: Collection[int], on: datetime.date) -> dict[int, list[RightCheck]]:
    """The five rights of each internship, in a constant number of queries (权益清单)."""
    rows = list(Internship.objects.filter(pk__in=internship_ids).select_related("post__industry"))
    keys = [row.pk for row in rows]
    missing = missing_of(internship_ids=keys, on=on)
    pay = worst_pay(keys, on=on)
    law: dict[str, Limits] = {}
    for row in rows:
        if row.division_id not in law:
            law[row.division_id] = limits_of(division=row.division_id, on=on)
    problems = {row.post_id: hours_problem(row, limits=law[row.division_id]) for row in rows}
    return {
        row.pk: checks(
            missing=frozenset(item.code for item in missing.get(row.pk, [])),
            pay_label=STANDING_LABELS[pay.get(row.pk, Standing.NONE)],
            pay_met=pay_met(pay.get(row.pk, Standing.NONE)),
            hours_problem=problems[row.post_id],
        )
        for row in rows
    }


def worst_pay(internship_ids: Collection[int], *, on: datetime.date) -> dict[int, Standing]:
    """The worst standing among the months of each internship."""
    order = (Standing.LATE, Standing.LOW, Standing.CONTRARY, Standing.PAID, Standing.WAITING)
    found: dict[int, Standing] = {}
    for row in PayRecord.objects.filter(internship_id__in=internship_ids):
        now = standing_of(facts_of(row), on=on)
        known = found.get(row.internship_id)
        if known is None or order.index(now) < order.index(known):
            found[row.internship_id] = now
    return found


def pay_met(standing: Standing) -> bool | None:
    """Whether pay is in order; None while nothing was due."""
    if standing in (Standing.NONE, Standing.WAITING):
        return None
    return standing == Standing.PAID


def hours_problem(internship: Internship, *, limits: Limits) -> str:
    """What stands against the working time of the post, or nothing (IN-19)."""
    case = Case(limits=limits, post=post_facts(internship.post))
    for rule in WORKING_TIME_RULES:
        if rule.code != "IN-19" or rule.needs != {"post"}:
            continue
        finding = rule.finding(case)
        if finding is not None and finding.blocks:
            return finding.sentence
    return ""
