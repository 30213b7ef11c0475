"""Joint projects of organisations, from agreements and from modules above (合作关系).

A module above offers what it knows::

    register_tie(deals_with)

The reader gives every organisation that had a joint project with the applicant since a day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Protocol

from django.db.models import Q

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement, Party
from silian.casework.reviews.rules.conflicts import Tie

__all__ = ["Tie", "TieReader", "register_tie", "ties_of"]  # what modules above enter by
LASTING = (AgreementState.ACTIVE, AgreementState.SUSPENDED)
OVER = (AgreementState.ENDED, AgreementState.TERMINATED)


class TieReader(Protocol):
    """Gives the organisations tied to an applicant in the period ``[since, on]``."""

    def __call__(
        self, *, organisation_id: int, since: datetime.date, on: datetime.date
    ) -> Iterable[Tie]: ...


_readers: list[TieReader] = []


def register_tie(reader: TieReader) -> TieReader:
    """Offer ties that a module knows; used in its ``panels.py``."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def ties_of(*, organisation_id: int, since: datetime.date, on: datetime.date) -> list[Tie]:
    """All joint projects of an organisation since a day, from every source."""
    found = agreement_ties(organisation_id=organisation_id, since=since, on=on)
    for reader in _readers:
        found += list(reader(organisation_id=organisation_id, since=since, on=on))
    return found


def agreement_ties(*, organisation_id: int, since: datetime.date, on: datetime.date) -> list[Tie]:
    """Agreements among organisations that held in the period; those with a person do not count.

    An agreement with a student or teacher serves that person and is no joint project.
    """
    own = Party.objects.filter(organisation_id=organisation_id)
    personal = Party.objects.filter(person__isnull=False)
    rows = (
        Agreement.objects.filter(pk__in=own.values("agreement_id"), starts_on__lte=on)
        .filter(Q(state__in=LASTING) | Q(state__in=OVER, ends_on__gt=since))
        .exclude(pk__in=personal.values("agreement_id"))
    )
    others = Party.objects.filter(agreement__in=rows).exclude(organisation_id=organisation_id)
    return [
        Tie(
            organisation_id=party.organisation_id,
            what=f"协议 {party.agreement.number}《{party.agreement.title}》"[:120],
            until=None if party.agreement.state in LASTING else party.agreement.ends_on,
        )
        for party in others.select_related("agreement").order_by("agreement_id", "pk")
        if party.organisation_id is not None
    ]
