"""Order classes and apprenticeships as the tests need them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.casework.agreements.choices import SignatureState
from silian.casework.agreements.commands.signing import sign
from silian.casework.agreements.models import Signature
from silian.casework.agreements.queries.reading import agreement_of
from silian.foundation.kernel.actors import Actor
from silian.operations.placements.commands.apprentices import enrol_apprentice
from silian.operations.placements.commands.apprenticeships import (
    draft_apprenticeship,
    file_apprenticeship,
    plan_rotation,
    start_apprenticeship,
    submit_apprenticeship,
)
from silian.operations.placements.commands.order_rosters import enrol_students
from silian.operations.placements.commands.orders import SOURCE, draft_order, send_order
from silian.operations.placements.models import Apprentice, Apprenticeship, ClassOrder
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation, Person
from silian.registers.programmes.models import SchoolClass
from tests.operations.placements.stage import (
    make_class,
    make_person,
    make_student,
    teacher_person,
)
from tests.world import World

TODAY = timezone.localdate()
NOW = timezone.localtime()
DAY = datetime.timedelta(days=1)
ORDER_TERMS = {
    "hire_promise": 20,
    "training": "第一学年在校学基础，第二学年每周三天到企业。",
    "selection": "自愿报名，双向选择，可以退出。",
    "breach": "企业少录用的，按人数支付学校重新安置的费用。",
}


def order_card(world: World, **values: Any) -> dict[str, Any]:
    """What an enterprise writes of an order of 20."""
    facts: dict[str, Any] = {
        "title": "数控订单班",
        "programme": make_class(world).cohort.programme,
        "occupation": None,
        "shortage_reference": "",
        "head_count": 20,
        "wage": Decimal(5200),
        "commitments": "提供师傅和设备，合格即录用。",
        "terms": ORDER_TERMS,
        "starts_on": TODAY + DAY,
        "ends_on": TODAY + 400 * DAY,
    }
    return {**facts, **values}


def drafted_order(world: World, **values: Any) -> ClassOrder:
    return draft_order(actor=world.enterprise.actor, card=order_card(world, **values), today=TODAY)


def sign_all(source: str, source_id: int, *, actors: Iterable[Actor]) -> None:
    """Everybody signs the open version, whoever's turn it is."""
    agreement = agreement_of(source, source_id)
    assert agreement is not None
    for actor in actors:
        waiting = Signature.objects.filter(
            version__agreement=agreement, state=SignatureState.WAITING
        ).select_related("party", "version")
        for row in waiting:
            own = {row.party.organisation_id, getattr(row.party.person, "user_id", None)}
            if {actor.organisation_id, actor.user_id} & own:
                sign(
                    signature_id=row.pk,
                    actor=actor,
                    now=NOW,
                    agreed_sha256=row.version.sha256,
                )


def running_order(world: World, **values: Any) -> ClassOrder:
    """An order that both sides signed."""
    order = drafted_order(world, **values)
    send_order(order_id=order.pk, actor=world.enterprise.actor, now=NOW)
    sign_all(SOURCE, order.pk, actors=[world.enterprise.actor, world.school.actor])
    from silian.operations.placements.commands.orders import note_agreement

    note_agreement(order_id=order.pk, signed=True, actor=world.school.actor, on=TODAY)
    return ClassOrder.objects.get(pk=order.pk)


def with_students(world: World, *, count: int = 3, **values: Any) -> ClassOrder:
    """A running order with students of one class."""
    order = running_order(world, **values)
    school_class = make_class(world)
    for number in range(count):
        make_student(world, school_class=school_class, name=f"演示学生{number}")
    enrol(world, order, school_class)
    return order


def enrol(world: World, order: ClassOrder, school_class: SchoolClass) -> None:
    enrol_students(
        order_id=order.pk,
        class_ids=[school_class.pk],
        numbers=[],
        actor=world.school.actor,
        on=TODAY,
    )


def member_ids(order: ClassOrder) -> list[int]:
    return list(order.members.order_by("pk").values_list("pk", flat=True))


def apprenticeship_card(world: World, **values: Any) -> dict[str, Any]:
    """An enterprise apprenticeship of a year for 中级工."""
    facts: dict[str, Any] = {
        "scheme": "enterprise",
        "title": "数控车工学徒培养",
        "enterprise": world.enterprise.organisation,
        "school": world.school.organisation,
        "programme": None,
        "occupation": None,
        "level": "中级工",
        "months": 12,
        "theory_hours": 200,
        "practice_hours": 300,
        "is_pilot": False,
        "terms": {"plan": "师带徒，每周一天理论。", "fee": "3000", **CLOSING},
        "starts_on": TODAY,
        "ends_on": TODAY + 365 * DAY,
    }
    return {**facts, **values}


CLOSING = {"assessment": "过程和结业考核各占一半。", "breach": "依法承担。"}


def drafted_apprenticeship(world: World, **values: Any) -> Apprenticeship:
    row = draft_apprenticeship(
        actor=world.enterprise.actor, card=apprenticeship_card(world, **values), today=TODAY
    )
    return plan_rotation(
        apprenticeship_id=row.pk,
        actor=world.enterprise.actor,
        places=[("车间", ["车削"], 1, 6), ("检测室", ["检测"], 7, 12)],
        wages=[(1, Decimal(3500)), (7, Decimal(4200))],
    )


def submitted_apprenticeship(world: World, **values: Any) -> Apprenticeship:
    row = drafted_apprenticeship(world, **values)
    return submit_apprenticeship(apprenticeship_id=row.pk, actor=world.enterprise.actor, on=TODAY)


def running_apprenticeship(world: World, **values: Any) -> Apprenticeship:
    row = submitted_apprenticeship(world, **values)
    file_apprenticeship(
        apprenticeship_id=row.pk, actor=world.reviewer.actor, number="青人社备 1 号", on=TODAY
    )
    return start_apprenticeship(apprenticeship_id=row.pk, actor=world.enterprise.actor, on=TODAY)


def employee(world: World, *, name: str = "演示职工", user: Any = None) -> Person:
    """Somebody who works at the enterprise."""
    person = make_person(name=name, user=user)
    Affiliation.objects.create(
        person=person,
        organisation=world.enterprise.organisation,
        kind=AffiliationKind.EMPLOYEE,
        starts_on=TODAY - 400 * DAY,
    )
    return person


def enrolled(world: World, row: Apprenticeship | None = None, **values: Any) -> Apprentice:
    """An apprentice on the roster with nothing filled in."""
    row = row or running_apprenticeship(world)
    return enrol_apprentice(
        apprenticeship_id=row.pk,
        person_id=values.pop("person", None).pk if "person" in values else employee(world).pk,
        starts_on=TODAY,
        actor=world.enterprise.actor,
        on=TODAY,
    )


def complete_papers(world: World, row: Apprentice) -> Apprentice:
    """Everything that the law asks before the training begins, but the agreement."""
    Apprentice.objects.filter(pk=row.pk).update(
        contract_number="劳 2026-1",
        contract_starts_on=TODAY,
        contract_ends_on=TODAY + 730 * DAY,
        student_number="注 2026001",
        enterprise_mentor=employee(world, name="演示师傅"),
        school_mentor=teacher_person(world),
    )
    return Apprentice.objects.get(pk=row.pk)
