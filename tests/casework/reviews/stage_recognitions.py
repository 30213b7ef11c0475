"""Recognitions for the tests, given by the module's own command."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from silian.casework.reviews.choices.deciding import DecisionGround, Outcome
from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.commands.recognitions import Grounds, recognise
from silian.casework.reviews.models import (
    Campaign,
    Dossier,
    DossierDecision,
    DossierSeat,
    Recognition,
)
from silian.foundation.kernel.actors import system_actor
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Organisation
from tests.casework.reviews import stage
from tests.world import Person, World

DAY = datetime.timedelta(days=1)
REPORT = {
    "code": "yearly_report",
    "label": "年度报告",
    "kind": "yearly_report",
    "in_states": ["incubating", "certified", "warned"],
    "month": 1,
    "day": 31,
    "year_offset": 1,
    "is_public": True,
}
PLAN = {
    "code": "plan",
    "label": "三年规划",
    "kind": "plan",
    "in_states": ["incubating"],
    "days_after": "60",
    "is_public": True,
}
RECHECK = {
    "code": "recheck",
    "label": "年度复核",
    "kind": "recheck",
    "in_states": ["certified"],
    "month": 6,
    "day": 30,
    "year_offset": 1,
}
EXITS = [
    {"code": "false_information", "label": "提供虚假信息", "basis": "办法第二十条"},
    {"code": "dissolved", "label": "主体解散", "bans": False},
]
BENEFITS = [
    {"code": "tax", "label": "投资抵免", "in_states": ["incubating", "certified", "warned"]},
    {"code": "land", "label": "土地支持", "in_states": ["certified"]},
]
CONSEQUENCE: dict[str, Any] = {
    "first_state": "incubating",
    "least_incubation_days": "365",
    "certificate_prefix": "CJQY",
    "validity_months": "36",
    "duties": [PLAN, REPORT, RECHECK],
    "grace_days": "30",
    "misses_to_removal": "2",
    "reply_days": "5",
    "removed_shown_months": "12",
    "exits": EXITS,
    "ban_years": "5",
    "benefits": BENEFITS,
}


def campaign_of(world: World, **facts: Any) -> Campaign:
    """A batch whose positive decisions bring the consequence above, changed by ``facts``."""
    version = stage.published(world, consequence={**CONSEQUENCE, **facts})
    return stage.open_campaign(world, version=version)


def decided(dossier: Dossier, *, outcome: Outcome = Outcome.RECOGNISE) -> DossierDecision:
    return DossierDecision.objects.create(
        dossier=dossier,
        outcome=outcome,
        ground=DecisionGround.VOTE,
        reason="经集体审定，符合认定条件。",
        basis="办法第十二条",
        decided_at=timezone.now(),
    )


def recognised(
    campaign: Campaign,
    holder: Organisation,
    *,
    on: datetime.date | None = None,
    applicant: Person | None = None,
    **facts: Any,
) -> Recognition:
    """A recognition of a holder, given on a day; by default four hundred days ago."""
    day = on or timezone.localdate() - 400 * DAY
    dossier = stage.dossier_of(campaign, holder, state=DossierState.RECOGNISED, **facts)
    if applicant is not None:
        DossierSeat.objects.create(
            dossier=dossier,
            user=applicant.user,
            role=SeatRole.APPLICANT,
            organisation=holder,
            taken_at=timezone.now(),
        )
    return recognise(dossier=dossier, decision=decided(dossier), on=day, actor=system_actor())


def incubating(world: World, **facts: Any) -> Recognition:
    return recognised(campaign_of(world), world.enterprise.organisation, **facts)


def certified(world: World, **facts: Any) -> Recognition:
    """Certified at once, four hundred days ago, for three years."""
    campaign = campaign_of(world, first_state="certified")
    return recognised(campaign, world.enterprise.organisation, **facts)


def grounds(**facts: Any) -> Grounds:
    given = {"reason": "核查属实", "basis": "办法第二十条", "on": timezone.localdate()}
    return Grounds(**{**given, **facts})


def second(world: World) -> Person:
    """Another official of the owning department, made once."""
    if "second" not in world.people:
        world.people["second"] = stage.colleague(world, role=Role.COORDINATOR)
    return world.people["second"]
