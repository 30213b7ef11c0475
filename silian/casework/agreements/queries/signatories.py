"""Which accounts can sign for a party, for notices and for chasing."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from silian.casework.agreements.models import Party, Signature
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership
from silian.registers.people.models import Person
from silian.registers.people.queries import is_minor_on


def signatory_user_ids(
    *, signatures: Sequence[Signature], on: datetime.date
) -> dict[int, list[int]]:
    """For each signature the accounts that can give it, in two queries (签署人账号)."""
    parties = [row.party for row in signatures]
    by_party = user_ids_of_parties(parties=parties, on=on)
    return {row.pk: by_party[row.party_id] for row in signatures}


def user_ids_of_parties(*, parties: Sequence[Party], on: datetime.date) -> dict[int, list[int]]:
    """For each party its own account and its guardian's, or the managers of the organisation."""
    managers = managers_of(
        {party.organisation_id for party in parties if party.organisation_id}, on=on
    )
    people = people_with_guardians({party.person_id for party in parties if party.person_id})
    found: dict[int, list[int]] = {}
    for party in parties:
        if party.organisation_id:
            found[party.pk] = managers[party.organisation_id]
        else:
            person = people.get(party.person_id or 0)
            found[party.pk] = accounts_of(person, on=on) if person else []
    return found


def managers_of(organisation_ids: set[int], *, on: datetime.date) -> defaultdict[int, list[int]]:
    """Who may bind each organisation: managers, and coordinators of departments."""
    department = Q(role=Role.COORDINATOR, organisation__kind=OrganisationKind.GOVERNMENT)
    rows = (
        Membership.objects.in_force(on=on)
        .filter(Q(role=Role.MANAGER) | department, organisation_id__in=organisation_ids)
        .values_list("organisation_id", "user_id")
        .distinct()
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for organisation_id, user_id in rows.order_by("user_id"):
        found[organisation_id].append(user_id)
    return found


def people_with_guardians(person_ids: set[int]) -> dict[int, Person]:
    return Person.objects.select_related("guardian").in_bulk(person_ids)


def accounts_of(person: Person, *, on: datetime.date) -> list[int]:
    """A person's own account, and the guardian's while the person is a minor."""
    accounts = [person.user_id] if person.user_id else []
    guardian = person.guardian
    if guardian and guardian.user_id and is_minor_on(person=person, on=on):
        accounts.append(guardian.user_id)
    return accounts
