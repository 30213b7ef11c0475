"""Consents and agreements of the demonstration's internships, all at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from silian.casework.agreements.choices import SigningMethod
from silian.casework.agreements.demo.agreements import SeedAgreement, seed_agreements
from silian.operations.placements.choices.internships import (
    ConsentGiver,
    ConsentState,
    InternshipState,
)
from silian.operations.placements.commands.agreements import parties_of
from silian.operations.placements.commands.consents import notice_of
from silian.operations.placements.models import Internship, InternshipConsent
from silian.operations.placements.queries.agreement_terms import KIND, terms_of
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.operations.placements.rules.consents import digest, notice_text

READY, UNSIGNED = "ready", "unsigned"
BEFORE_START, LATELY = datetime.timedelta(days=15), datetime.timedelta(days=3)
SIGNED_SO_FAR = (
    frozenset({"school", "host", "guardian"}),
    frozenset({"student", "guardian"}),
    frozenset({"guardian"}),
    frozenset({"student", "guardian", "host"}),
)
REFUSAL = "班次里写着夜班，和实习方案不一致，请改好再签。"
ONE_REFUSES_IN = 40
Lacks = Sequence[tuple[Internship, str]]


@dataclass
class PaperMaker:
    """Writes what belongs to internships of known standing."""

    on: datetime.date
    now: datetime.datetime

    def write(self, rows: Lacks) -> None:
        loaded = self.loaded(rows)
        InternshipConsent.objects.bulk_create(list(self.consents(loaded)), batch_size=2_000)
        seeds = list(self.agreements(loaded))
        seed_agreements(seeds, now=self.now)

    def loaded(self, rows: Lacks) -> Lacks:
        """The rows again, with the names that papers print."""
        known = Internship.objects.select_related(
            "person__guardian", "post", "organisation", "school", "plan", "teacher", "mentor"
        ).in_bulk([row.pk for row, _ in rows])
        return [(known[row.pk], lack) for row, lack in rows]

    def consents(self, rows: Lacks) -> Iterator[InternshipConsent]:
        """Given for all that go on; one guardian in a while still reads."""
        for place, (row, lack) in enumerate(rows):
            if row.state == InternshipState.PLANNED:
                continue
            for giver in ConsentGiver:
                waits = lack not in (READY, UNSIGNED) or (
                    lack == UNSIGNED and place % 5 == 0 and giver == ConsentGiver.GUARDIAN
                )
                yield self.consent(row, giver=giver, is_given=not waits)

    def consent(self, row: Internship, *, giver: ConsentGiver, is_given: bool) -> InternshipConsent:
        text = notice_text(notice_of(row))
        person = row.person if giver == ConsentGiver.STUDENT else row.person.guardian
        asked_at = self.sent_at(row) - datetime.timedelta(days=2)
        has_account = person is not None and person.user_id is not None
        method = SigningMethod.ACCOUNT if has_account else SigningMethod.LINK
        return InternshipConsent(
            internship=row,
            giver=giver,
            person=person,
            giver_name=person.name if person else f"{row.person.name[:1]}家长",
            state=ConsentState.GIVEN if is_given else ConsentState.WAITING,
            text=text,
            sha256=digest(text),
            method=method if is_given else "",
            asked_at=asked_at,
            due_at=asked_at + datetime.timedelta(days=7),
            acted_at=asked_at + datetime.timedelta(hours=20) if is_given else None,
        )

    def sent_at(self, row: Internship) -> datetime.datetime:
        """When the agreement went out: before the start, or lately for who has not begun."""
        day = row.starts_on - BEFORE_START if row.started_on else self.on - LATELY
        return datetime.datetime.combine(day, datetime.time(2), tzinfo=datetime.UTC)

    def agreements(self, rows: Lacks) -> Iterator[SeedAgreement]:
        unsigned = 0
        for place, (row, lack) in enumerate(rows):
            if lack not in (READY, UNSIGNED):
                continue
            unsigned += lack == UNSIGNED
            refuses = lack == UNSIGNED and unsigned % ONE_REFUSES_IN == 1
            some = SIGNED_SO_FAR[place % len(SIGNED_SO_FAR)]
            yield SeedAgreement(
                kind=KIND,
                title=f"{row.school.name}岗位实习三方协议",
                division_id=row.division_id,
                organiser_id=row.school_id,
                parties=parties_of(row),
                terms=terms_of(row),
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                signed=None if lack == READY else some,
                sent_at=self.sent_at(row),
                refused_by="student" if refuses else "",
                refusal=REFUSAL,
                source=AGREEMENT_SOURCE,
                source_id=row.pk,
            )
