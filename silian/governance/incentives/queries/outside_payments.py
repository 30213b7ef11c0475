"""Reads of the register of subsidies paid outside the platform."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from silian.foundation.reference.choices import Catalogue
from silian.foundation.reference.jurisdictions import widening
from silian.foundation.reference.queries.entries import usable_entries
from silian.governance.incentives.models.outside_payments import OutsidePayment
from silian.governance.incentives.rules.outside_payments import PaymentSaid
from silian.registers.people.models import Person
from silian.registers.people.queries import index_of_number


def content_key(said: PaymentSaid) -> str:
    """What tells a payment from all others without telling anything of it (内容标识)."""
    return index_of_number(said.content)


def keys_taken(keys: Iterable[str], *, division: str) -> set[str]:
    """Which contents stand in the register of a region already (已登记)."""
    rows = OutsidePayment.objects.standing().filter(division=division, content_key__in=list(keys))
    return set(rows.values_list("content_key", flat=True))


def keys_withdrawn(keys: Iterable[str], *, division: str) -> dict[str, str]:
    """Which contents were withdrawn there, with the reason (已撤销)."""
    rows = OutsidePayment.objects.filter(
        division=division, content_key__in=list(keys), withdrawn_at__isnull=False
    )
    return dict(rows.order_by("pk").values_list("content_key", "reason"))


def unknown_occupations(codes: Iterable[str]) -> set[str]:
    """Codes that no occupation of the catalogue in use has (未知职业编码)."""
    wanted = {code for code in codes if code}
    if not wanted:
        return set()
    rows = usable_entries(catalogue=Catalogue.OCCUPATION).filter(code__in=wanted)
    return wanted - set(rows.values_list("code", flat=True))


def received_by(people: Collection[int]) -> dict[int, list[OutsidePayment]]:
    """What people of the register received elsewhere, by person; two queries (已领取补贴)."""
    indexes = dict(
        Person.objects.filter(pk__in=people)
        .exclude(id_number_index="")
        .values_list("id_number_index", "pk")
    )
    rows = OutsidePayment.objects.standing().filter(id_number_index__in=list(indexes))
    found: dict[int, list[OutsidePayment]] = defaultdict(list)
    for row in rows.order_by("starts_on", "pk"):
        found[indexes[row.id_number_index]].append(row)
    return found


def people_without_number(people: Collection[int]) -> set[int]:
    """People who cannot be compared because no identity number is registered (无证件号)."""
    rows = Person.objects.filter(pk__in=people, id_number_index="")
    return set(rows.values_list("pk", flat=True))


def register_until(division: str) -> tuple[int, datetime.date | None]:
    """How many payments the registers of a region and around it hold, and the last day paid."""
    near = Q(division__path__contains=[division]) | Q(division__in=list(widening(division)))
    rows = OutsidePayment.objects.standing().filter(near)
    last = rows.order_by("-paid_on").values_list("paid_on", flat=True).first()
    return rows.count(), last


def people_of_payments(*, payment_id: int = 0, batch_id: int = 0) -> set[int]:
    """People of the register whom newly registered payments concern (涉及人员)."""
    rows = OutsidePayment.objects.standing()
    rows = rows.filter(batch_id=batch_id) if batch_id else rows.filter(pk=payment_id)
    indexes = rows.exclude(id_number_index="").values("id_number_index")
    return set(Person.objects.filter(id_number_index__in=indexes).values_list("pk", flat=True))
