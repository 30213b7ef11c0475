"""Which units a call's facts entitle, and to how much: many units at once (可申领单位).

The facts are those behind “我能享受什么”: internships and apprenticeships of the register. The sum
is the one that a claim started today would show, computed by the same functions.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import subtree_prefix
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.choices.claims import (
    CLAIMS_HELD,
    Applicants,
    ClaimScheme,
    ClaimState,
)
from silian.governance.incentives.gateways.claim_rules import ClaimRule
from silian.governance.incentives.models import Claim, ClaimCall, HostAssessment
from silian.governance.incentives.queries.claim_amounts import amounts_of
from silian.governance.incentives.queries.claim_apprentices import (
    CLAIMABLE,
    apprentice_draft,
)
from silian.governance.incentives.queries.claim_assessments import years_of
from silian.governance.incentives.queries.claim_drafts import Asked, DraftItem, taken_days
from silian.governance.incentives.queries.claim_students import (
    VERIFIED,
    breaks_rule,
    items_of_stay,
    stays_of,
)
from silian.operations.placements.choices.internships import KINDS_IN_POST
from silian.operations.placements.choices.orders import ApprenticeScheme
from silian.operations.placements.models import Apprentice, Apprenticeship, Internship
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

ZERO, ONE_DAY = Decimal(0), datetime.timedelta(days=1)
KINDS = (OrganisationKind.ENTERPRISE, OrganisationKind.SCHOOL)
Subjects = dict[int, list[DraftItem]]


@dataclass(frozen=True, kw_only=True)
class Due:
    """What a unit could still claim under a call; ``claim_id`` is its draft (可申领)."""

    organisation_id: int
    amount: Decimal
    claim_id: int | None = None


@dataclass
class Held:
    """What a unit has under a call: subjects in a claim, and the sum of its drafts (已申领)."""

    subjects: set[int] = field(default_factory=set)
    drafted: Decimal = ZERO
    claim_id: int | None = None


def units_of_call(call: ClaimCall) -> QuerySet[Organisation]:
    """Verified units of the region and kind that have something a claim could count, or a draft."""
    kinds = [kind for kind in KINDS if Applicants(call.applicants).admits(kind)]
    rows = Organisation.objects.filter(
        kind__in=kinds,
        state=OrganisationState.VERIFIED,
        division__code__startswith=subtree_prefix(call.division_id),
    )
    drafts = Claim.objects.filter(call=call, state=ClaimState.DRAFT).values("organisation")
    seen = Q(pk__in=drafts)
    if call.scheme == ClaimScheme.INTERNSHIP:
        seen |= Q(pk__in=internships_in(call).values("organisation"))
    if call.scheme == ClaimScheme.APPRENTICESHIP:
        seen |= Q(pk__in=programmes_in(call).values("enterprise"))
    return rows.filter(seen).order_by("pk")


def internships_in(call: ClaimCall) -> QuerySet[Internship]:
    return Internship.objects.filter(
        state__in=VERIFIED,
        kind__in=sorted(KINDS_IN_POST),
        started_on__isnull=False,
        started_on__lt=call.covers_until,
        ends_on__gt=call.covers_from,
    )


def programmes_in(call: ClaimCall) -> QuerySet[Apprenticeship]:
    return Apprenticeship.objects.filter(
        scheme=ApprenticeScheme.ENTERPRISE,
        state__in=CLAIMABLE,
        starts_on__gte=call.covers_from,
        starts_on__lt=call.covers_until,
    )


def dues_of(
    call: ClaimCall, *, rule: ClaimRule, keys: Sequence[int], on: datetime.date
) -> list[Due]:
    """What each unit could still claim today, in a constant number of queries (可申领金额)."""
    held = held_of(call, keys)
    read = READERS.get(ClaimScheme(call.scheme))
    drafted = read(call, rule, keys, on) if read else {}
    found = []
    for key in keys:
        mine = held.get(key, Held())
        items = [
            item
            for subject, items in drafted.get(key, {}).items()
            if subject not in mine.subjects
            for item in items
        ]
        amount = mine.drafted + planned(rule, items)
        if amount or mine.claim_id:
            found.append(Due(organisation_id=key, amount=amount, claim_id=mine.claim_id))
    return found


def planned(rule: ClaimRule, items: Sequence[DraftItem]) -> Decimal:
    counted = [each for each in items if each.counts]
    return amounts_of(rule=rule, items=counted).planned if counted else ZERO


def held_of(call: ClaimCall, keys: Sequence[int]) -> dict[int, Held]:
    """Claims of the units under the call, drafts apart from those handed in."""
    found: dict[int, Held] = defaultdict(Held)
    rows = Claim.objects.filter(call=call, organisation__in=keys, state__in=CLAIMS_HELD)
    columns = ("pk", "organisation_id", "subject_id", "state", "planned")
    for pk, unit, subject, state, sum_ in rows.order_by("-pk").values_list(*columns):
        found[unit].subjects.add(subject)
        if state == ClaimState.DRAFT:
            found[unit].drafted += sum_
            found[unit].claim_id = pk
    return found


def student_drafts(
    call: ClaimCall, rule: ClaimRule, keys: Sequence[int], on: datetime.date
) -> Mapping[int, Subjects]:
    """Interns of each unit; a unit that failed a year's assessment is not entitled."""
    rows = internships_in(call).filter(organisation__in=keys, started_on__lte=on)
    rows = rows.select_related("person", "school").prefetch_related("interruptions")
    by_unit: dict[int, list[Internship]] = defaultdict(list)
    for row in rows.order_by("organisation", "person__name", "person_id", "started_on"):
        by_unit[row.organisation_id].append(row)
    people = {row.person_id for held in by_unit.values() for row in held}
    taken = taken_days(people, family=ClaimScheme.INTERNSHIP, claim_id=0)
    failed = failed_years(keys)
    found: dict[int, Subjects] = {}
    for unit, held in by_unit.items():
        asked = asked_of(call, rule, unit, on=on)
        breaks = breaks_rule(asked)
        items = [
            item
            for stay in stays_of(held)
            for item in items_of_stay(stay, asked, taken.get(stay[0].person_id, []), breaks)
            if item.counts
        ]
        if not failed[unit] & set(years_of(items)):
            found[unit] = {0: items}
    return found


def failed_years(keys: Sequence[int]) -> dict[int, set[int]]:
    """The years in which a unit failed the assessment (考核未通过年度)."""
    rows = HostAssessment.objects.filter(organisation__in=keys, state=AssessmentState.FAILED)
    found: dict[int, set[int]] = defaultdict(set)
    for unit, year in rows.values_list("organisation_id", "year"):
        found[unit].add(year)
    return found


def apprentice_drafts(
    call: ClaimCall, rule: ClaimRule, keys: Sequence[int], on: datetime.date
) -> Mapping[int, Subjects]:
    """Apprentices of each unit, programme by programme."""
    programmes = programmes_in(call).filter(enterprise__in=keys)
    rows = Apprentice.objects.filter(apprenticeship__in=programmes).prefetch_related("breaks")
    rows = rows.select_related("person", "apprenticeship__school", "apprenticeship__occupation")
    held = list(rows.order_by("pk"))
    people = {row.person_id for row in held}
    taken = taken_days(people, family=ClaimScheme.APPRENTICESHIP, claim_id=0)
    found: dict[int, Subjects] = defaultdict(lambda: defaultdict(list))
    for row in held:
        unit = row.apprenticeship.enterprise_id
        breaks = breaks_rule(asked_of(call, rule, unit, on=on))
        item = apprentice_draft(row, rule=breaks, taken=taken.get(row.person_id, []))
        found[unit][row.apprenticeship_id].append(item)
    return found


def asked_of(call: ClaimCall, rule: ClaimRule, unit: int, *, on: datetime.date) -> Asked:
    return Asked(
        rule=rule,
        organisation_id=unit,
        subject_id=0,
        period=(call.covers_from, min(call.covers_until, on + ONE_DAY)),
        covers=(call.covers_from, call.covers_until),
        claim_id=0,
    )


Reader = Callable[[ClaimCall, ClaimRule, Sequence[int], datetime.date], Mapping[int, Subjects]]
READERS: dict[ClaimScheme, Reader] = {
    ClaimScheme.INTERNSHIP: student_drafts,
    ClaimScheme.APPRENTICESHIP: apprentice_drafts,
}
