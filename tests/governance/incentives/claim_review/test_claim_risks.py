"""Signals that auditors look for: facts that repeat, overlap or are too smooth."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.choices.risks import RiskKind, RiskState
from silian.governance.incentives.commands.claim_risks import look_for_risks, settle_risk
from silian.governance.incentives.models import ClaimRisk
from silian.governance.incentives.rules.risks import (
    Stay,
    in_two_places,
    overburdened,
    passed_without_exception,
    shared,
)
from silian.operations.placements.choices.internships import InternshipState
from silian.registers.people.models import Affiliation, Person
from tests.governance.incentives.claim_review.stage import NOW, handed_in, make_set, risk
from tests.operations.placements.stage import make_host, make_internship, make_post
from tests.world import World

DAYS = (datetime.date(2025, 3, 1), datetime.date(2025, 4, 1), datetime.date(2025, 5, 1))


def stay(person: int, unit: int, first: int, last: int) -> Stay:
    return Stay(person=person, unit=unit, starts=DAYS[first], ends=DAYS[last])


def test_two_stays_that_only_touch_do_not_overlap() -> None:
    assert in_two_places([stay(1, 1, 0, 1)], [stay(1, 2, 1, 2)]) == []
    assert len(in_two_places([stay(1, 1, 0, 2)], [stay(1, 2, 1, 2)])) == 1
    assert in_two_places([stay(1, 1, 0, 2)], [stay(1, 1, 1, 2), stay(2, 2, 0, 2)]) == []


def test_only_values_of_several_people_are_shared() -> None:
    assert shared([("a", 1), ("a", 1), ("b", 2), ("", 3), ("", 4)]) == {}
    assert shared([("a", 2), ("a", 1)]) == {"a": [1, 2]}


def test_a_small_batch_may_pass_wholly() -> None:
    assert not passed_without_exception(heads=19, passed=19)
    assert passed_without_exception(heads=20, passed=20)
    assert not passed_without_exception(heads=20, passed=19)


def test_a_mentor_with_too_many_wards_stands_out() -> None:
    assert overburdened({1: 15, 2: 16}) == {2: 16}


@pytest.mark.django_db
def test_a_shared_phone_and_a_teacher_give_signals_once(world: World) -> None:
    claim = handed_in(world, make_set(world))
    people = list(Person.objects.filter(pk__in=claim.items.values("person")).order_by("pk"))
    for person in people:
        person.phone_cipher = encrypted("13800000001")
        person.save()
    Affiliation.objects.create(
        person=people[0], organisation=world.school.organisation, kind="teacher",
        starts_on=DAYS[0],
    )  # fmt: skip
    assert look_for_risks(claim_id=claim.pk, now=NOW) == 2
    look_for_risks(claim_id=claim.pk, now=NOW)
    kinds = ClaimRisk.objects.values_list("kind", flat=True)
    assert sorted(kinds) == [RiskKind.PUBLIC_PAYROLL, RiskKind.SAME_PHONE]


@pytest.mark.django_db
def test_an_internship_elsewhere_at_the_same_time_gives_a_signal(world: World) -> None:
    claim = handed_in(world, make_set(world))
    host = make_host(world, organisation=world.rival.organisation)
    row = make_internship(
        world, host=host, post=make_post(world, organisation=host.organisation),
        state=InternshipState.FINISHED, starts_on=DAYS[1], ends_on=DAYS[2],
    )  # fmt: skip
    claim.items.filter(label="学生0").update(person=row.person)
    assert look_for_risks(claim_id=claim.pk, now=NOW) == 1
    assert ClaimRisk.objects.get().kind == RiskKind.TWO_EMPLOYERS


@pytest.mark.django_db
def test_a_reviewer_settles_a_signal_with_a_finding(world: World) -> None:
    row = risk(handed_in(world, make_set(world)))
    with pytest.raises(DomainError, match="核实了什么"):
        settle_risk(
            risk_id=row.pk, confirmed=False, finding="", actor=world.reviewer.actor, now=NOW
        )
    with pytest.raises(NotAllowed):
        settle_risk(
            risk_id=row.pk, confirmed=False, finding="属实", actor=world.school.actor, now=NOW
        )
    done = settle_risk(
        risk_id=row.pk, confirmed=False, finding="抽查 5 人均在岗", actor=world.reviewer.actor,
        now=NOW,
    )  # fmt: skip
    assert (done.state, done.settled_by) == (RiskState.CLEARED, world.reviewer.user)
