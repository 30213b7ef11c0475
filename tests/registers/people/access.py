"""Who may open which address of the register of people."""

from __future__ import annotations

from typing import Any

from silian.registers.people.models import Person
from tests.access import HIDDEN, OK, Row, only, public, signed_in
from tests.registers.people.factories import make_own_student
from tests.world import World

STAFF = ("enterprise", "rival", "school")


def the_student(world: World) -> Person:
    """The student of the cast; made once for all the roles that are tried."""
    known = Person.objects.filter(user=world.student.user).first()
    return known or make_own_student(world)


def own_student(world: World) -> int:
    return the_student(world).pk


def a_request(world: World) -> dict[str, Any]:
    from silian.registers.people.choices import RequestKind
    from tests.registers.people.test_rights import ask

    person = the_student(world)
    request = person.requests.first() or ask(world, RequestKind.CORRECTION)
    return {"request_id": request.pk}  # type: ignore[attr-defined]


def a_consent(world: World) -> dict[str, Any]:
    from tests.registers.people.test_rights import consent

    the_student(world)
    return {"consent_id": consent(world).pk}  # type: ignore[attr-defined]


def an_affiliation(world: World) -> dict[str, Any]:
    return {"affiliation_id": the_student(world).affiliations.get().pk}


def a_person(world: World) -> dict[str, Any]:
    return {"person_id": own_student(world)}


def nothing(world: World) -> dict[str, Any]:
    own_student(world)
    return {}


ENDED = only("school", otherwise=403, kwargs=an_affiliation)
ACCESS: dict[str, Row] = {
    "people:person_list": only(*STAFF),
    "people:person_new": only(*STAFF),
    "people:person_detail": only("school", "student", otherwise=HIDDEN, kwargs=a_person),
    "people:person_reveal": only(
        "school",
        "student",
        otherwise=HIDDEN,
        method="post",
        kwargs=a_person,
        data=lambda world: {"reason": "核对三方协议身份"},
    ),
    "people:affiliation_end": Row(
        statuses={**ENDED.statuses, "enterprise": HIDDEN, "rival": HIDDEN}, kwargs=an_affiliation
    ),
    "people:my_data": signed_in(),
    "people:my_copy": only("student", otherwise=HIDDEN, method="post", kwargs=nothing),
    "people:consent_give": only(
        "student",
        status=302,
        otherwise=HIDDEN,
        method="post",
        kwargs=nothing,
        data=lambda world: {"purpose": "matching"},
    ),
    "people:consent_withdraw": only(
        "student", status=302, otherwise=HIDDEN, method="post", kwargs=a_consent
    ),
    "people:request_new": only("student", otherwise=HIDDEN, kwargs=nothing),
    "people:request_list": signed_in(),
    "people:request_answer": only(
        "school", "student", status=OK, otherwise=HIDDEN, kwargs=a_request
    ),
    "people:privacy": public(),
}
