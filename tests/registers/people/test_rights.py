from __future__ import annotations

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.people import commands, queries
from silian.registers.people.choices import ConsentPurpose, RequestKind, RequestState
from silian.registers.people.models import Reveal
from tests.registers.people.factories import ID_NUMBER, NOW, make_own_student, make_student
from tests.world import World


def test_a_number_is_revealed_only_for_a_reason_that_is_kept(world: World) -> None:
    person = make_student(world)
    with pytest.raises(DomainError, match="事由"):
        commands.reveal_id_number(person=person, actor=world.school.actor, reason="看看", now=NOW)
    shown = commands.reveal_id_number(
        person=person, actor=world.school.actor, reason="核对三方协议身份", now=NOW
    )
    assert shown == ID_NUMBER
    assert Reveal.objects.get().reason == "核对三方协议身份"


def test_a_stranger_cannot_reveal(world: World) -> None:
    person = make_student(world)
    with pytest.raises(NotAllowed):
        commands.reveal_id_number(
            person=person, actor=world.rival.actor, reason="核对三方协议身份", now=NOW
        )


def consent(world: World, **values: object) -> object:
    return commands.give_consent(
        person=world.student.user.person,
        actor=world.student.actor,
        purpose=ConsentPurpose.SHARE_RESUME,
        data_kinds=["姓名"],
        notice_version="test",
        now=NOW,
        **values,
    )


def test_consent_is_given_for_one_recipient_and_withdrawn_again(world: World) -> None:
    person = make_own_student(world)
    given = consent(world, recipient_id=world.enterprise.organisation.pk)
    asked = {"person_id": person.pk, "purpose": ConsentPurpose.SHARE_RESUME}
    assert queries.has_consented(**asked, recipient_id=world.enterprise.organisation.pk)
    assert not queries.has_consented(**asked, recipient_id=world.rival.organisation.pk)
    commands.withdraw_consent(consent_id=given.pk, actor=world.student.actor, now=NOW)
    assert not queries.has_consented(**asked, recipient_id=world.enterprise.organisation.pk)


def test_consenting_twice_is_consenting_once(world: World) -> None:
    person = make_own_student(world)
    assert consent(world) == consent(world)
    assert person.consents.count() == 1


def test_the_school_cannot_consent_for_its_student(world: World) -> None:
    person = make_own_student(world)
    with pytest.raises(NotAllowed):
        commands.give_consent(
            person=person,
            actor=world.school.actor,
            purpose=ConsentPurpose.PROFILE,
            data_kinds=[],
            notice_version="test",
            now=NOW,
        )


def test_a_guardian_may_consent_for_a_ward(world: World) -> None:
    ward = make_student(world)
    guardian = make_student(world, name="林父（演示）", id_number="440524188001010014", number="P1")
    guardian.user = world.student.user
    guardian.save()
    ward.guardian = guardian
    ward.save()
    given = commands.give_consent(
        person=ward,
        actor=world.student.actor,
        purpose=ConsentPurpose.PLACEMENT,
        data_kinds=["姓名"],
        notice_version="test",
        now=NOW,
    )
    assert given.given_by == world.student.user


def ask(world: World, kind: RequestKind) -> object:
    return commands.request_data_change(
        person=world.student.user.person,
        actor=world.student.actor,
        kind=kind,
        text="手机号已更换",
        now=NOW,
    )


def test_a_request_goes_to_the_school_with_a_clock(world: World) -> None:
    make_own_student(world)
    request = ask(world, RequestKind.CORRECTION)
    assert request.handler == world.school.organisation
    assert request.due_at > NOW
    assert list(queries.requests_waiting_for(world.school.actor)) == [request]


def test_the_same_request_is_not_opened_twice(world: World) -> None:
    make_own_student(world)
    ask(world, RequestKind.CORRECTION)
    with pytest.raises(DomainError, match="正在办理"):
        ask(world, RequestKind.CORRECTION)


def test_a_granted_deletion_leaves_a_row_without_a_person(world: World) -> None:
    person = make_own_student(world)
    request = ask(world, RequestKind.DELETION)
    commands.close_data_request(
        request_id=request.pk, actor=world.school.actor, granted=True, answer="已删除", now=NOW
    )
    person.refresh_from_db()
    assert (person.name, person.id_number_cipher, person.user) == ("已删除", "", None)
    assert queries.person_by_id_number(ID_NUMBER) is None


def test_a_refusal_needs_an_answer_and_only_the_handler_gives_it(world: World) -> None:
    make_own_student(world)
    request = ask(world, RequestKind.CORRECTION)
    with pytest.raises(DomainError, match="答复"):
        commands.close_data_request(
            request_id=request.pk, actor=world.school.actor, granted=False, answer=" ", now=NOW
        )
    with pytest.raises(NotAllowed):
        commands.close_data_request(
            request_id=request.pk, actor=world.rival.actor, granted=True, answer="好", now=NOW
        )
    request.refresh_from_db()
    assert request.state == RequestState.OPEN


def test_the_copy_holds_everything_and_is_on_record(world: World) -> None:
    make_own_student(world)
    response = world.student.client.post(reverse("people:my_copy"))
    copy = response.json()
    assert copy["id_number"] == ID_NUMBER
    assert copy["affiliations"][0]["organisation"] == world.school.organisation.name
    assert response["Cache-Control"] == "no-store"
