"""People for the tests."""

from __future__ import annotations

import datetime
from typing import Any

from silian.registers.people import commands
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Person
from tests.world import TODAY, World

NOW = datetime.datetime(2026, 3, 18, 9, 30, tzinfo=datetime.UTC)
ID_NUMBER = "11010519491231002X"
OTHER_ID_NUMBER = "440524188001010014"


def make_student(world: World, **values: Any) -> Person:
    """A student of the school, entered by its manager."""
    given: dict[str, Any] = {
        "name": "林晓（演示）",
        "kind": AffiliationKind.STUDENT,
        "starts_on": TODAY,
        "id_number": ID_NUMBER,
        "phone": "13900000000",
        "number": "2024001",
    }
    affiliation = commands.register_person(actor=world.school.actor, **{**given, **values})
    return affiliation.person


def make_own_student(world: World, **values: Any) -> Person:
    """The student of the cast, with a register entry tied to the account."""
    person = make_student(world, **values)
    person.user = world.student.user
    person.save(update_fields=["user"])
    return person
