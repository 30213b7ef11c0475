from __future__ import annotations

import pytest

from silian.foundation.kernel.encryption import decrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.registers.people import commands, queries
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Person
from silian.registers.people.permissions import people_visible_to
from tests.registers.people.factories import ID_NUMBER, make_student
from tests.world import TODAY, World


def test_numbers_are_stored_encrypted_and_shown_masked(world: World) -> None:
    person = make_student(world)
    assert person.id_number_mask == "110***********002X"
    assert ID_NUMBER not in person.id_number_cipher
    assert decrypted(person.id_number_cipher) == ID_NUMBER
    assert person.phone_mask == "139****0000"


def test_a_person_is_found_by_number_without_decrypting(world: World) -> None:
    person = make_student(world)
    assert queries.person_by_id_number("11010519491231002x") == person
    assert queries.person_by_id_number("") is None


def test_a_known_person_gets_a_second_affiliation_not_a_second_row(world: World) -> None:
    person = make_student(world)
    commands.register_person(
        actor=world.enterprise.actor,
        name=person.name,
        kind=AffiliationKind.EMPLOYEE,
        starts_on=TODAY,
        id_number=ID_NUMBER,
    )
    assert Person.objects.count() == 1
    assert person.affiliations.count() == 2


def test_a_number_under_another_name_is_refused(world: World) -> None:
    make_student(world)
    with pytest.raises(DomainError, match="其他姓名"):
        make_student(world, name="王某（演示）", number="2024002")


def test_a_number_of_a_student_is_given_once(world: World) -> None:
    make_student(world)
    with pytest.raises(DomainError, match="2024001"):
        make_student(world, name="王某（演示）", id_number="")


def test_a_malformed_identity_number_is_refused_at_its_field(world: World) -> None:
    with pytest.raises(DomainError) as refusal:
        make_student(world, id_number="110105194912310021")
    assert refusal.value.field == "id_number"


def test_a_teacher_may_not_enter_people(world: World) -> None:
    with pytest.raises(NotAllowed):
        commands.register_person(
            actor=world.teacher.actor, name="甲", kind=AffiliationKind.STUDENT, starts_on=TODAY
        )


def test_staff_see_their_own_people_only(world: World) -> None:
    person = make_student(world)
    assert list(people_visible_to(world.school.actor, on=TODAY)) == [person]
    assert not people_visible_to(world.enterprise.actor, on=TODAY).exists()
    assert not people_visible_to(world.coordinator.actor, on=TODAY).exists()


def test_after_leaving_staff_see_the_person_no_more(world: World) -> None:
    person = make_student(world)
    affiliation = person.affiliations.get()
    commands.end_affiliation(affiliation_id=affiliation.pk, actor=world.school.actor, on=TODAY)
    assert not people_visible_to(world.school.actor, on=TODAY).exists()


def test_another_organisation_cannot_end_an_affiliation(world: World) -> None:
    affiliation = make_student(world).affiliations.get()
    with pytest.raises(NotAllowed):
        commands.end_affiliation(
            affiliation_id=affiliation.pk, actor=world.enterprise.actor, on=TODAY
        )


def test_the_audit_trail_names_the_act_and_not_the_number(world: World) -> None:
    make_student(world)
    entry = AuditEntry.objects.get(action="people.affiliation.added")
    assert ID_NUMBER not in str(entry.detail) + entry.object_label
