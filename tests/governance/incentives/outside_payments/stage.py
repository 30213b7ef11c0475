"""A labour office, people with numbers, and subsidies that they received elsewhere."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.foundation.kernel.encryption import encrypted
from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.commands.outside_payments import enter_payment
from silian.governance.incentives.models import Claim, OutsidePayment
from silian.governance.incentives.rules.outside_payments import PaymentSaid
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.people.models import Person as Human
from silian.registers.people.queries import index_of_number
from tests.casework.ledgers.stage import Books
from tests.governance.incentives.appropriation.stage import office
from tests.governance.incentives.claims import stage as claims
from tests.governance.incentives.stage import NOW
from tests.world import CITY, Person, World, make_member, make_organisation

TODAY = NOW.date()
NUMBERS = ("110101199003074258", "110101199103071011", "110101199203071027")
FROM, UNTIL = datetime.date(2025, 10, 1), datetime.date(2025, 11, 1)


def labour(world: World) -> Person:
    """A clerk of the bureau that answers for labour."""
    if "labour" not in world.people:
        bureau = make_organisation(
            name="青澜市人社局（登记）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
        )
        world.people["labour"] = make_member(
            username="labour", organisation=bureau, role=Role.REVIEWER, jurisdiction_id=CITY
        )
        office(world, "labour", bureau)
    return world.people["labour"]


def said(**values: Any) -> PaymentSaid:
    facts: dict[str, Any] = {
        "name": "演示职工1", "id_number": NUMBERS[0], "kind": "upskill", "occupation": "",
        "level": "高级工", "starts_on": FROM, "ends_on": UNTIL, "amount": Decimal(1500),
        "authority": "失业保险经办机构", "source": "2025 年第四批名册",
        "paid_on": datetime.date(2025, 12, 20),
    }  # fmt: skip
    return PaymentSaid(**{**facts, **values})


def entered(world: World, **values: Any) -> OutsidePayment:
    return enter_payment(said=said(**values), actor=labour(world).actor, now=NOW, today=TODAY)


def numbered(claim: Claim) -> list[Human]:
    """The people of a claim, each with an identity number."""
    people = list(Human.objects.filter(pk__in=claim.items.values("person")).order_by("pk"))
    for person, number in zip(people, NUMBERS, strict=False):
        person.id_number_cipher, person.id_number_index = encrypted(number), index_of_number(number)
        person.save()
    return people


def drafted(world: World, *, people: int = 2, place: str = "") -> tuple[Claim, Books]:
    """A filled claim for apprentices with numbers; ``place`` is whose rulebook counts."""
    call, books = claims.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    if place:
        call.place = place
        call.save(update_fields=["place"])
    programme = claims.programme(world, people=people)
    claim = claims.filled(world, claims.started(world, call, subject_id=programme.pk))
    numbered(claim)
    return claim, books


def handed_in(world: World, **values: Any) -> tuple[Claim, Books]:
    claim, books = drafted(world, **values)
    return claims.submitted(world, claim), books
