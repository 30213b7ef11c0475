"""Reads of the register of people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.encryption import decrypted
from silian.registers.people.choices import AffiliationKind, ConsentPurpose, RequestState
from silian.registers.people.gateways import blind_index
from silian.registers.people.models import Affiliation, Consent, Person, PersonalDataRequest
from silian.registers.people.permissions import people_visible_to, requests_visible_to
from silian.registers.people.rules import (
    id_number_problem,
    is_minor,
    masked_name,
    normalised_id_number,
    reason_problem,
)

EXPORT_FORMAT = "silian-person-1"


def person_of(actor: Actor) -> Person | None:
    """The register's entry of the person who acts, if there is one."""
    if actor.user_id is None:
        return None
    return Person.objects.filter(user_id=actor.user_id, erased_at__isnull=True).first()


def person_by_id_number(id_number: str) -> Person | None:
    """The person with this identity number, found by the blind index."""
    index = blind_index(normalised_id_number(id_number))
    return Person.objects.filter(id_number_index=index).first() if index else None


def people_by_id_numbers(id_numbers: Iterable[str]) -> dict[str, Person]:
    """People by identity number, guardians with them; one query (按证件号查找)."""
    indexes = {blind_index(normalised_id_number(number)): number for number in id_numbers if number}
    rows = Person.objects.filter(id_number_index__in=list(indexes)).select_related("guardian")
    return {indexes[row.id_number_index]: row for row in rows}


def reason_not_an_id_number(text: str) -> str | None:
    """Why a text is no resident identity number, or None (证件号校验)."""
    return id_number_problem(text)


def phone_of(person: Person) -> str:
    """The full phone number, for comparison only; never shown (手机号比对)."""
    return decrypted(person.phone_cipher)


def name_mask(name: str) -> str:
    """A name as those see it who need not know it: 林＊禾."""
    return masked_name(name)


def index_of_number(text: str) -> str:
    """The keyed digest by which an account or identity number is found (盲索引)."""
    return blind_index(text)


def reason_not_stated(reason: str) -> str | None:
    """Why the words given for seeing a number are not a reason, or None."""
    return reason_problem(reason)


def is_minor_on(*, person: Person, on: datetime.date) -> bool:
    """Whether a guardian must act for the person too (是否未成年)."""
    return is_minor(born=person.born_on, on=on)


def people_of_organisation(
    *, actor: Actor, on: datetime.date, kind: str = "", text: str = ""
) -> QuerySet[Affiliation]:
    """The people who belong to the actor's organisation on the day."""
    rows = (
        Affiliation.objects.in_force(on=on)
        .filter(organisation=actor.organisation_id, person__in=people_visible_to(actor, on=on))
        .select_related("person")
    )
    if kind in AffiliationKind.values:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(person__name__icontains=text) | rows.filter(number__startswith=text)
    return rows


def consents_in_force(*, person: Person) -> QuerySet[Consent]:
    return person.consents.filter(withdrawn_at__isnull=True).select_related("recipient")


def has_consented(
    *, person_id: int, purpose: ConsentPurpose, recipient_id: int | None = None
) -> bool:
    """Whether a consent to the purpose, for that recipient, is in force (是否已同意)."""
    return Consent.objects.filter(
        person_id=person_id,
        purpose=purpose,
        recipient_id=recipient_id,
        withdrawn_at__isnull=True,
    ).exists()


def requests_waiting_for(actor: Actor) -> QuerySet[PersonalDataRequest]:
    """Requests that the actor's organisation has still to answer, most urgent first."""
    return (
        requests_visible_to(actor)
        .filter(state=RequestState.OPEN, handler_id=actor.organisation_id)
        .select_related("person")
        .order_by("due_at")
    )


def personal_data(*, person: Person) -> dict[str, Any]:
    """Everything that the register holds about a person, for their own copy (个人信息副本).

    Basis: 个人信息保护法第四十五条.
    """
    return {
        "format": EXPORT_FORMAT,
        "name": person.name,
        "born_on": as_text(person.born_on),
        "id_number": decrypted(person.id_number_cipher),
        "phone": decrypted(person.phone_cipher),
        "email": person.email,
        "affiliations": affiliations_data(person),
        "consents": consents_data(person),
        "reveals": reveals_data(person),
    }


def as_text(moment: datetime.date | None) -> str | None:
    return moment.isoformat() if moment else None


def affiliations_data(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "organisation": item.organisation.name,
            "kind": item.get_kind_display(),
            "number": item.number,
            "unit": item.unit,
            "starts_on": as_text(item.starts_on),
            "ends_on": as_text(item.ends_on),
        }
        for item in person.affiliations.select_related("organisation").order_by("starts_on")
    ]


def consents_data(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "purpose": item.get_purpose_display(),
            "recipient": item.recipient.name if item.recipient else None,
            "data_kinds": item.data_kinds,
            "notice_version": item.notice_version,
            "given_at": as_text(item.given_at),
            "withdrawn_at": as_text(item.withdrawn_at),
        }
        for item in person.consents.select_related("recipient").order_by("given_at")
    ]


def reveals_data(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "organisation": item.organisation.name if item.organisation else None,
            "reason": item.reason,
            "seen_at": as_text(item.seen_at),
        }
        for item in person.reveals.select_related("organisation").order_by("seen_at")
    ]
