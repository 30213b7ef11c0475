"""Calls as pages show them: what may be claimed, whether this unit already did (申领通知)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.jurisdictions import widening
from silian.governance.incentives.choices.claims import (
    CLAIMS_HELD,
    Applicants,
    CallState,
    ClaimScheme,
    StepKind,
)
from silian.governance.incentives.gateways.claim_rules import ClaimRule, claim_rule
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.models import Claim, ClaimCall, FunctionOffice
from silian.governance.incentives.permissions.claims import calls_visible_to, may_read_own_claims
from silian.governance.incentives.queries.calculations import Basis, basis_of
from silian.governance.incentives.queries.claim_apprentices import programmes_to_claim
from silian.governance.incentives.queries.claim_students import VERIFIED
from silian.operations.placements.models import Apprenticeship, Internship
from silian.registers.organisations.models import Organisation

ONE_DAY = datetime.timedelta(days=1)
HANDED_IN = Q(claims__submitted_at__isnull=False) & ~Q(claims__state="withdrawn")


@dataclass(frozen=True, kw_only=True)
class CallBasis:
    """By which provisions a call pays; none while the region has set nothing (标准和依据)."""

    title: str
    version: str
    provisions: list[Basis]


def rule_of_call(call: ClaimCall, *, on: datetime.date) -> ClaimRule | None:
    """The rule by which claims of the call are computed today (适用规则)."""
    return claim_rule(
        scheme=call.scheme,
        place=call.place,
        division=call.division_id,
        on=rule_day(call, on=on),
        known_on=on,
    )


def opening_facts(call: ClaimCall, *, on: datetime.date) -> dict[str, Any]:
    """What decides whether the call may be issued today (发布条件)."""
    left_out = call.left_out.exclude(basis="").filter(reason="")
    return {
        "has_rule": rule_of_call(call, on=on) is not None,
        "decisions": call.steps.filter(kind=StepKind.DECIDE).count(),
        "pays_advance": call.pays_advance,
        "takes_advance": book_for(call.scheme).takes_advance,
        "undecided": list(left_out.values_list("title", flat=True)),
        "is_over": call.closes_on is not None and call.closes_on < on,
    }


def rule_day(call: ClaimCall, *, on: datetime.date) -> datetime.date:
    """The last day that counts so far; a rule of later days is not asked."""
    return max(min(call.covers_until - ONE_DAY, on), call.covers_from)


def with_claims(rows: QuerySet[ClaimCall]) -> QuerySet[ClaimCall]:
    """Calls with how many claims were handed in and what they plan."""
    return rows.select_related("division", "owner", "line").annotate(
        claims_in=Count("claims", filter=HANDED_IN, distinct=True),
        planned_in=Sum("claims__planned", filter=HANDED_IN),
    )


def open_calls(actor: Actor, *, on: datetime.date) -> QuerySet[ClaimCall]:
    """Calls that take claims on the day, for units of their region and below (受理中的通知)."""
    rows = calls_visible_to(actor).filter(state=CallState.OPEN, opens_on__lte=on)
    return rows.filter(Q(closes_on__isnull=True) | Q(closes_on__gte=on))


def calls_for_unit(
    organisation: Organisation, actor: Actor, *, on: datetime.date
) -> list[ClaimCall]:
    """Calls of the unit's region and the wider ones, for its kind (本地受理中的通知)."""
    places = [code for code in widening(organisation.division_id) if code]
    rows = open_calls(actor, on=on).filter(division_id__in=places).order_by("closes_on", "pk")
    return [row for row in rows if Applicants(row.applicants).admits(organisation.kind)]


def calls_by_rule(
    organisation: Organisation, actor: Actor, *, on: datetime.date
) -> list[tuple[str, ClaimCall]]:
    """Calls of the unit's region with the rule by which each pays (受理中的通知)."""
    rows = calls_for_unit(organisation, actor, on=on)
    return [(book_for(row.scheme).rule, row) for row in rows]


def calls_not_claimed(actor: Actor, *, on: datetime.date) -> list[ClaimCall]:
    """Open calls for which the actor's unit has no claim yet (还没有申领的通知)."""
    if not may_read_own_claims(actor):
        return []
    unit = Organisation.objects.get(pk=actor.organisation_id or 0)
    held = Claim.objects.filter(organisation=unit, state__in=CLAIMS_HELD).values("call_id")
    rows = calls_for_unit(unit, actor, on=on)
    taken = {row["call_id"] for row in held}
    return [row for row in rows if has_something(row, unit.pk, claimed=row.pk in taken)]


def has_something(call: ClaimCall, organisation_id: int, *, claimed: bool) -> bool:
    """Whether the unit still has something to claim under the call (有可申领的事项)."""
    if call.scheme == ClaimScheme.APPRENTICESHIP:
        return bool(subjects_left(call, organisation_id))
    if call.scheme == ClaimScheme.INTERNSHIP:
        return not claimed and had_interns(organisation_id, call)
    return not claimed


def had_interns(organisation_id: int, call: ClaimCall) -> bool:
    rows = Internship.objects.filter(organisation_id=organisation_id, state__in=VERIFIED)
    return rows.filter(started_on__lt=call.covers_until, ends_on__gt=call.covers_from).exists()


def subjects_left(call: ClaimCall, organisation_id: int) -> list[Apprenticeship]:
    """Apprenticeships of the unit that the call covers and no claim holds (可申领的项目)."""
    if call.scheme != ClaimScheme.APPRENTICESHIP:
        return []
    covers = (call.covers_from, call.covers_until)
    held = Claim.objects.filter(
        call=call, organisation_id=organisation_id, state__in=CLAIMS_HELD
    ).values_list("subject_id", flat=True)
    taken = set(held)
    return [
        row for row in programmes_to_claim(organisation_id, covers=covers) if row.pk not in taken
    ]


def basis_of_call(call: ClaimCall, *, on: datetime.date) -> CallBasis | None:
    rule = rule_of_call(call, on=on)
    if rule is None:
        return None
    return CallBasis(
        title=rule.compiled.rule.title,
        version=rule.version,
        provisions=[basis_of(each) for each in rule.compiled.provisions],
    )


def suggested_offices(actor: Actor) -> dict[str, int]:
    """The office of each function in the actor's region; ``lead`` is the actor's own (职能单位)."""
    rows = FunctionOffice.objects.filter(division_id=actor.jurisdiction, ends_on__isnull=True)
    found = dict(rows.order_by("-pk").values_list("function", "organisation_id"))
    return {**found, "lead": actor.organisation_id or 0}
