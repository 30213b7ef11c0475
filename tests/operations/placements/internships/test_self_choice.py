"""Students who found a host themselves."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.internships import (
    Arrangement,
    InternshipState,
    SelfChoiceState,
)
from silian.operations.placements.commands.consents import answer_consent
from silian.operations.placements.commands.self_choices import (
    apply_for_choice,
    approve_choice,
    refuse_choice,
    take_guardian_answer,
    withdraw_choice,
)
from silian.operations.placements.models import Internship, SelfChoice
from tests.operations.placements import stage
from tests.world import COUNTY, World

pytestmark = pytest.mark.django_db
BEFORE = stage.local_now(datetime.date(2026, 2, 2))


def facts(world: World) -> dict[str, Any]:
    return {
        "organisation_id": world.enterprise.organisation.pk,
        "title": "装配调试",
        "division_id": COUNTY,
        "address": "高新区三厂",
        "tasks": ["装配", "调试"],
        "daily_hours": Decimal(8),
        "weekly_days": 5,
        "shift_starts": datetime.time(8, 30),
        "shift_ends": datetime.time(17, 30),
        "pay": Decimal(3500),
        "post_wage": Decimal(4200),
        "staff_in_post": 60,
        "mentor_name": "演示师傅",
        "reason": "离家近",
        "starts_on": stage.STARTS,
        "ends_on": stage.ENDS,
    }


def applied(world: World) -> SelfChoice:
    student = stage.own_student(world)
    stage.guardian_member(world)
    school_class = student.class_memberships.get().school_class
    stage.make_plan(world, school_class=school_class, hosts=(stage.make_host(world),))
    return apply_for_choice(actor=world.student.actor, facts=facts(world), now=BEFORE)


def answered(world: World, choice: SelfChoice, *, agrees: bool) -> SelfChoice:
    row = choice.consents.get(giver="guardian")
    answer_consent(
        consent_id=row.pk,
        actor=stage.guardian_member(world).actor,
        agrees=agrees,
        agreed_sha256=row.sha256,
        now=BEFORE,
    )
    return take_guardian_answer(choice_id=choice.pk, now=BEFORE)


def approved(world: World, choice: SelfChoice) -> Internship:
    return approve_choice(
        choice_id=choice.pk,
        actor=world.school.actor,
        teacher_id=stage.teacher_person(world).pk,
        now=BEFORE,
    )


def test_home_agrees_first_then_the_school_checks(world: World) -> None:
    choice = applied(world)
    assert choice.state == SelfChoiceState.WITH_GUARDIAN
    choice = answered(world, choice, agrees=True)
    assert choice.state == SelfChoiceState.SUBMITTED
    assert choice.due_at is not None


def test_a_guardian_who_refuses_closes_the_application(world: World) -> None:
    choice = answered(world, applied(world), agrees=False)
    assert choice.state == SelfChoiceState.WITHDRAWN


def test_the_school_cannot_approve_before_home_agreed(world: World) -> None:
    with pytest.raises(DomainError, match="待家长同意"):
        approved(world, applied(world))


def test_an_approved_choice_is_an_internship_like_any_other(world: World) -> None:
    made = approved(world, answered(world, applied(world), agrees=True))
    assert (made.arrangement, made.state) == (Arrangement.SELF, InternshipState.PLANNED)
    assert made.post.headcount == 1
    assert made.self_choice.state == SelfChoiceState.APPROVED


def test_what_the_school_had_arranged_makes_way(world: World) -> None:
    choice = answered(world, applied(world), agrees=True)
    before = stage.make_internship(world, student=stage.own_student(world))
    approved(world, choice)
    before.refresh_from_db()
    assert before.state == InternshipState.CANCELLED


def test_a_night_shift_is_refused_here_too(world: World) -> None:
    choice = answered(world, applied(world), agrees=True)
    SelfChoice.objects.filter(pk=choice.pk).update(
        shift_starts=datetime.time(22), shift_ends=datetime.time(6)
    )
    with pytest.raises(DomainError, match="IN-19"):
        approved(world, choice)


def test_a_host_off_the_list_is_refused(world: World) -> None:
    choice = answered(world, applied(world), agrees=True)
    SelfChoice.objects.filter(pk=choice.pk).update(organisation=world.rival.organisation)
    with pytest.raises(DomainError, match="实习单位名单"):
        approved(world, choice)


def test_a_refusal_tells_why(world: World) -> None:
    choice = answered(world, applied(world), agrees=True)
    with pytest.raises(DomainError, match="请写明"):
        refuse_choice(choice_id=choice.pk, actor=world.school.actor, reason=" ", now=BEFORE)
    refused = refuse_choice(
        choice_id=choice.pk, actor=world.school.actor, reason="岗位与专业无关", now=BEFORE
    )
    assert refused.decision == "岗位与专业无关"


def test_only_the_student_withdraws(world: World) -> None:
    choice = applied(world)
    with pytest.raises(NotAllowed):
        withdraw_choice(choice_id=choice.pk, actor=world.school.actor)
    assert withdraw_choice(choice_id=choice.pk, actor=world.student.actor).state == "withdrawn"
