"""For every state and seat the commands answer as the published table says."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from silian.casework.agreements.choices import AgreementState, LifeEventKind, Seat
from silian.casework.agreements.commands.amending import propose_amendment, renew
from silian.casework.agreements.commands.drafting import (
    PartyDraft,
    reopen,
    revise_draft,
    withdraw,
)
from silian.casework.agreements.commands.life import resume, suspend, terminate
from silian.casework.agreements.commands.sending import send_for_signature
from silian.casework.agreements.demo.agreements import SeedAgreement, seed_agreements
from silian.casework.agreements.models import Agreement, LifeEvent
from silian.casework.agreements.permissions.agreements import agreements_visible_to
from silian.casework.agreements.permissions.seats import seats_of
from silian.casework.agreements.workflow.actions import may_take
from silian.foundation.kernel.errors import DomainError
from silian.registers.people.models import Person as Registered
from tests.casework.agreements.core import stage
from tests.world import COUNTY, Person, World

pytestmark = pytest.mark.django_db
S = AgreementState
TODAY = datetime.date(2026, 3, 18)
PAST, FUTURE = datetime.date(2026, 1, 5), datetime.date(2026, 4, 1)


def test_the_published_table_is_current() -> None:
    call_command("agreement_actions", "--check", stdout=StringIO())


def seeded(world: World, state: S) -> Agreement:
    """The agreement of the cast in a state."""
    runs = state in (S.ACTIVE, S.SUSPENDED, S.TERMINATED, S.ENDED)
    facts: dict[str, Any] = {"starts_on": PAST if runs else FUTURE, "ends_on": stage.ENDS}
    if state == S.ENDED:
        facts["ends_on"] = datetime.date(2026, 3, 1)
    sent = {S.DRAFT: None, S.LAPSED: datetime.date(2026, 1, 6)}.get(state, PAST - stage.ONE_DAY)
    if state in (S.SIGNING, S.REFUSED, S.WITHDRAWN):
        sent = datetime.date(2026, 3, 17)
    row = SeedAgreement(
        kind="internship",
        title="岗位实习协议",
        division_id=COUNTY,
        organiser_id=world.school.organisation.pk,
        parties=[
            PartyDraft(role="student", person_id=stage.student_of(world).pk),
            PartyDraft(role="host", organisation_id=world.enterprise.organisation.pk),
            PartyDraft(role="school", organisation_id=world.school.organisation.pk),
        ],
        terms=stage.INTERNSHIP,
        signed=None if runs else frozenset(),
        sent_at=stage.on(sent) if sent else None,
        refused_by="student" if state == S.REFUSED else "",
        **facts,
    )
    (agreement,) = seed_agreements([row], now=stage.NOW)
    if state in (S.SUSPENDED, S.TERMINATED):
        kind = LifeEventKind.SUSPENDED if state == S.SUSPENDED else LifeEventKind.TERMINATED
        LifeEvent.objects.create(agreement=agreement, kind=kind, on=PAST)
        Agreement.objects.filter(pk=agreement.pk).update(state=state)
    if state == S.WITHDRAWN:
        facts = {"actor": world.school.actor, "now": stage.NOW}
        withdraw(agreement_id=agreement.pk, reason="信息有误", **facts)
    agreement.refresh_from_db()
    assert agreement.state == state
    return agreement


Taken = Callable[[Agreement, Any], object]
NOW = {"now": stage.NOW}
REASON = {"reason": "双方协商一致"}


def told(agreement: Agreement, actor: Any) -> dict[str, Any]:
    return {"agreement_id": agreement.pk, "actor": actor}


STEPS: dict[str, Taken] = {
    "revise": lambda a, who: revise_draft(
        **told(a, who),
        title="改名",
        terms=stage.INTERNSHIP,
        starts_on=FUTURE,
        ends_on=stage.ENDS,
    ),
    "send": lambda a, who: send_for_signature(**told(a, who), **NOW),
    "withdraw": lambda a, who: withdraw(**told(a, who), **REASON, **NOW),
    "reopen": lambda a, who: reopen(**told(a, who)),
    "amend": lambda a, who: propose_amendment(
        **told(a, who), changes={"pay": "3400"}, effective_from=FUTURE, **REASON, **NOW
    ),
    "renew": lambda a, who: renew(
        **told(a, who), ends_on=datetime.date(2028, 1, 1), **REASON, **NOW
    ),
    "suspend": lambda a, who: suspend(**told(a, who), on=TODAY, **REASON, **NOW),
    "resume": lambda a, who: resume(**told(a, who), on=TODAY, **REASON, **NOW),
    "terminate": lambda a, who: terminate(**told(a, who), on=TODAY, at_once=True, **REASON, **NOW),
}


def members(world: World) -> dict[Seat, Person]:
    guardian = stage.student_of(world).guardian
    Registered.objects.filter(pk=guardian.pk).update(user=world.expert.user)
    return {
        Seat.ORGANISER: world.school,
        Seat.DRAFTER: world.teacher,
        Seat.PARTY: world.enterprise,
        Seat.PERSON: world.student,
        Seat.GUARDIAN: world.expert,
        Seat.OFFICIAL: world.coordinator,
        Seat.STRANGER: world.rival,
    }


def is_taken(step: Taken, agreement: Agreement, actor: Any) -> bool:
    """Whether the command goes through; nothing of it stays."""
    try:
        with transaction.atomic():
            step(agreement, actor)
            transaction.set_rollback(True)
    except DomainError:
        return False
    return True


@pytest.mark.parametrize("state", list(S), ids=str)
def test_every_command_answers_as_the_table_says(world: World, state: S) -> None:
    agreement, seats = seeded(world, state), members(world)
    for seat, member in seats.items():
        actor = member.actor
        assert seats_of(actor, agreement) == frozenset({seat})
        for name, step in STEPS.items():
            expected = may_take(name, seat=seat, state=state)
            assert is_taken(step, agreement, actor) is expected, (seat, name)


@pytest.mark.parametrize("state", list(S), ids=str)
def test_who_sees_an_agreement_is_who_the_table_says(world: World, state: S) -> None:
    agreement, seats = seeded(world, state), members(world)
    for seat, member in seats.items():
        if seat == Seat.DRAFTER:
            continue  # sees what the teacher drafted, which nobody seeded
        seen = agreements_visible_to(member.actor).filter(pk=agreement.pk).exists()
        reads = may_take("read", seat=seat, state=state)
        assert seen is (reads or may_take("read_draft", seat=seat, state=state)), seat
