"""What a payroll sheet may pay."""

from __future__ import annotations

import datetime

from silian.operations.placements.models.pay import PayRecord
from silian.operations.placements.queries.pay import accounts_in_force
from silian.operations.placements.rules.pay_sheets import Owed
from silian.registers.programmes.models import ClassMember


def owed_by_number(*, organisation_id: int, month: datetime.date) -> dict[str, Owed]:
    """The months of a host's interns by student number, in three queries.

    A number that two schools give twice names nobody.
    """
    records = list(
        PayRecord.objects.filter(
            internship__organisation_id=organisation_id, month=month
        ).select_related("internship__person")
    )
    people = [row.internship.person_id for row in records]
    accounts = accounts_in_force(person_ids=people)
    numbers = dict(
        ClassMember.objects.filter(person_id__in=people)
        .order_by("starts_on", "pk")
        .values_list("person_id", "number")
    )
    found: dict[str, Owed] = {}
    twice: set[str] = set()
    for row in records:
        number = numbers.get(row.internship.person_id, "")
        if number in found:
            twice.add(number)
        found[number] = Owed(
            pay_record_id=row.pk,
            name=row.internship.person.name,
            has_account=row.internship.person_id in accounts,
            unpaid=row.unpaid,
        )
    return {key: value for key, value in found.items() if key and key not in twice}
