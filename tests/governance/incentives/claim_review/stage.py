"""A call of the education bureau, a claim with people of two schools, and its steps."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from silian.casework.ledgers.commands.funds import designate_office
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.encryption import encrypted
from silian.governance.incentives.choices.claims import (
    CallState,
    ClaimScheme,
    ClaimState,
    Silence,
    StepKind,
)
from silian.governance.incentives.commands.claim_steps import start_review
from silian.governance.incentives.models import (
    CallStep,
    Claim,
    ClaimCall,
    ClaimItem,
    ClaimNotice,
    ClaimRisk,
    ClaimStep,
)
from silian.governance.incentives.models.claim_review import NoticeLine, NoticeObjection
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.people.models import Person as Human
from tests.casework.ledgers.stage import grant, make_line
from tests.world import CITY, Person, World, make_member, make_organisation

DAY = datetime.date(2026, 3, 18)  # a Wednesday
NOW = datetime.datetime(2026, 3, 18, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
SERIAL = count(1)


def at(day: datetime.date) -> datetime.datetime:
    """The morning of a day."""
    return NOW.replace(year=day.year, month=day.month, day=day.day)


@dataclass
class Set:
    """Who takes part: the call, the second office, the finance bureau."""

    call: ClaimCall
    labour: Person
    treasury: Person


def make_set(world: World, *, silence: Silence = Silence.REMIND, budget: str = "500000") -> Set:
    """A standing call led by the bureau of the world's reviewer: schools, labour, decision."""
    finance = make_organisation(
        name=f"财政局{next(SERIAL)}", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    labour = make_organisation(
        name=f"人社局{next(SERIAL)}", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    clerk, officer = (
        make_member(
            username=f"official-{next(SERIAL)}", organisation=unit, role=Role.REVIEWER,
            jurisdiction_id=CITY,
        )
        for unit in (finance, labour)
    )  # fmt: skip
    office = designate_office(
        division=CITY, organisation_id=finance.pk, basis="三定规定", on=DAY, actor=system_actor()
    )
    lead = world.reviewer.organisation
    line = make_line(office, owner_id=lead.pk, actor=clerk.actor)
    grant(line, budget, actor=clerk.actor)
    call = ClaimCall.objects.create(
        number=f"SL2026-{next(SERIAL):04d}", scheme=ClaimScheme.INTERNSHIP, title="实习成本补助",
        division_id=CITY, place="411200", owner=lead, line=line,
        covers_from=datetime.date(2025, 1, 1), covers_until=datetime.date(2026, 1, 1),
        opens_on=datetime.date(2026, 1, 1), notice_days=5, appeal_days=60,
        state=CallState.OPEN, opened_at=NOW,
    )  # fmt: skip
    for order, kind, title, unit in (
        (1, StepKind.CERTIFY, "学校核对", None),
        (2, StepKind.CHECK, "人社审核", labour),
        (3, StepKind.DECIDE, "审定", lead),
    ):
        CallStep.objects.create(
            call=call, order=order, kind=kind, title=title, office=unit, working_days=5,
            on_silence=Silence.REMIND if kind == StepKind.DECIDE else silence,
        )  # fmt: skip
    return Set(call=call, labour=officer, treasury=clerk)


def make_claim(world: World, given: Set, *, heads: int = 2, **values: Any) -> Claim:
    """A draft of the world's enterprise with students of the world's school, 200 yuan a month."""
    facts: dict[str, Any] = {
        "number": f"SL{next(SERIAL):06d}", "call": given.call,
        "organisation": world.enterprise.organisation, "rule": "R12", "rule_on": DAY,
        "rule_version": "test", "planned": Decimal(600 * heads),
        "entered_by": world.enterprise.user, "is_demo": True,
    }  # fmt: skip
    claim = Claim.objects.create(**{**facts, **values})
    for number in range(heads):
        person = Human.objects.create(name=f"学生{number}", is_demo=True)
        ClaimItem.objects.create(
            claim=claim, family=given.call.scheme, label=f"学生{number}", person=person,
            school=world.school.organisation, source_type="internship",
            starts_on=datetime.date(2025, 3, 1), ends_on=datetime.date(2025, 6, 1),
            units=Decimal(3), unit="个月", amount=Decimal(600),
        )  # fmt: skip
    return claim


def handed_in(world: World, given: Set, *, on: datetime.date = DAY, **values: Any) -> Claim:
    """A claim under review with its steps made, as the hand-in leaves it."""
    claim = make_claim(world, given, state=ClaimState.REVIEW, submitted_at=at(on), **values)
    start_review(claim=claim, on=on, actor=world.enterprise.actor)
    return claim


def step(claim: Claim, order: int) -> ClaimStep:
    """The step of the newest round with that order."""
    return claim.steps.filter(order=order).order_by("-round").first()


def notice_line(world: World, given: Set, **values: Any) -> NoticeLine:
    """A claim on a running notice."""
    claim = make_claim(world, given, state=ClaimState.NOTICE, submitted_at=NOW, **values)
    claim.entitled = claim.planned
    claim.save()
    notice = ClaimNotice.objects.create(
        call=given.call, title="拟拨付公示", starts_on=DAY, ends_on=datetime.date(2026, 3, 25),
        contact="0398-0000000", published_at=NOW,
    )  # fmt: skip
    return NoticeLine.objects.create(
        notice=notice, claim=claim, organisation_name=claim.organisation.name, heads=2,
        amount=claim.entitled,
    )  # fmt: skip


def objection(line: NoticeLine) -> NoticeObjection:
    return NoticeObjection.objects.create(
        line=line, text="学生没有到岗", name_cipher=encrypted("某人"),
        contact_cipher=encrypted("13800000000"), raised_at=NOW,
    )  # fmt: skip


def risk(claim: Claim) -> ClaimRisk:
    return ClaimRisk.objects.create(
        claim=claim, kind="all_passed", detail="20 人全部合格，请抽查", found_at=NOW
    )
