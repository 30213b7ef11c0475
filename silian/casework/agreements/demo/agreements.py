"""Writes hundreds of agreements at once, as if they had been drafted, sent and signed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from silian.casework.agreements.choices import (
    AgreementState,
    LifeEventKind,
    SignatureState,
    SigningMethod,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.commands.drafting import PartyDraft, name_of_party
from silian.casework.agreements.commands.numbering import take_numbers
from silian.casework.agreements.models import (
    Agreement,
    AgreementVersion,
    LifeEvent,
    Party,
    Signature,
)
from silian.casework.agreements.registry import ENDS_ON, STARTS_ON, AgreementKind, kind_named
from silian.casework.agreements.rules.texts import Heading, PartyLine, agreement_text, digest
from silian.casework.agreements.rules.values import normalised_terms
from silian.foundation.kernel.check_codes import LENGTH, LETTERS
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.kernel.working_days import deadline
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

BATCH = 1_000
HOURS_BETWEEN_SIGNATURES = 5
SIGNED_STATES = frozenset({AgreementState.ACTIVE, AgreementState.ENDED})


@dataclass(frozen=True, kw_only=True)
class SeedAgreement:
    """One agreement to write; ``terms`` leaves out the period (演示协议).

    ``signed`` are the roles that have signed; None means all. Without ``sent_at`` it is a draft.
    The state follows: everybody signed → in force, or ended when the last day is past; sent and
    not whole → in signing, or lapsed when the signing period is over. ``refused_by`` is the role
    that refused, with ``refusal`` as its words.
    """

    kind: str
    title: str
    division_id: str
    organiser_id: int
    parties: Sequence[PartyDraft]
    terms: Mapping[str, Any]
    starts_on: datetime.date
    ends_on: datetime.date
    signed: frozenset[str] | None = None
    sent_at: datetime.datetime | None = None
    refused_by: str = ""
    refusal: str = "对报酬和工作时间有不同意见，请先协商。"
    source: str = ""
    source_id: int | None = None
    is_demo: bool = True

    def has_signed(self, role: str) -> bool:
        return self.signed is None or role in self.signed


@dataclass
class Sowing:
    """What is known once for all rows: the day, the calendar, the names."""

    now: datetime.datetime
    rows: Sequence[SeedAgreement]
    organisations: dict[int, Organisation] = field(init=False)
    people: dict[int, Person] = field(init=False)

    def __post_init__(self) -> None:
        drafts = [party for row in self.rows for party in row.parties]
        self.calendar = site_calendar()
        self.deadlines: dict[tuple[datetime.date, int], datetime.datetime] = {}
        self.organisations = Organisation.objects.in_bulk(
            {party.organisation_id for party in drafts if party.organisation_id is not None}
        )
        self.people = Person.objects.in_bulk(
            {party.person_id for party in drafts if party.person_id is not None}
        )

    def name_of(self, draft: PartyDraft) -> str:
        return draft.name or name_of_party(draft, self.organisations, self.people)

    def signer_of(self, party: Party) -> str:
        """Who acted for a party: the person, or the contact of the organisation."""
        if party.organisation_id is None:
            return party.name[:60]
        return self.organisations[party.organisation_id].contact_name or "单位经办人"

    def sign_by(self, row: SeedAgreement, kind: AgreementKind) -> datetime.datetime:
        """The end of the signing period, counted once for each day of sending."""
        sent = timezone.localtime(row.sent_at)
        key = (sent.date(), kind.signing_working_days)
        if key not in self.deadlines:
            self.deadlines[key] = deadline(
                sent, calendar=self.calendar, working_days=kind.signing_working_days
            ).due_at
        due = self.deadlines[key]
        return min(due, midnight(row.starts_on)) if kind.signed_before_start else due

    def state_of(self, row: SeedAgreement, kind: AgreementKind) -> AgreementState:
        if row.sent_at is None:
            return AgreementState.DRAFT
        if row.refused_by:
            return AgreementState.REFUSED
        if all(row.has_signed(party.role) for party in row.parties):
            over = row.ends_on <= timezone.localdate(self.now)
            return AgreementState.ENDED if over else AgreementState.ACTIVE
        late = self.sign_by(row, kind) <= self.now
        return AgreementState.LAPSED if late else AgreementState.SIGNING


def seed_agreements(rows: Sequence[SeedAgreement], *, now: datetime.datetime) -> list[Agreement]:
    """Write the rows with parties, base version and signatures; gives them back in their order."""
    if not rows:
        return []
    sowing = Sowing(now=now, rows=rows)
    kinds = {row.kind: kind_named(row.kind) for row in rows}
    agreements = Agreement.objects.bulk_create(
        [
            agreement_row(row, number=number, state=sowing.state_of(row, kinds[row.kind]))
            for row, number in zip(rows, numbers_for(rows), strict=True)
        ],
        batch_size=BATCH,
    )
    pairs = list(zip(rows, agreements, strict=True))
    parties = write_parties(pairs, sowing=sowing, kinds=kinds)
    versions = AgreementVersion.objects.bulk_create(
        [
            version_row(row, agreement, parties[agreement.pk], sowing, kinds[row.kind])
            for row, agreement in pairs
        ],
        batch_size=BATCH,
    )
    Signature.objects.bulk_create(
        [
            signature
            for (row, _), version in zip(pairs, versions, strict=True)
            for signature in signature_rows(row, version, parties[version.agreement_id], sowing)
        ],
        batch_size=BATCH,
    )
    finish(agreements)
    return agreements


def finish(agreements: Sequence[Agreement]) -> None:
    """Note what ended, and date each draft back to the day on which it was sent."""
    LifeEvent.objects.bulk_create(
        LifeEvent(agreement=agreement, kind=LifeEventKind.ENDED, on=agreement.ends_on)
        for agreement in agreements
        if agreement.state == AgreementState.ENDED
    )
    sent = AgreementVersion.objects.filter(agreement=OuterRef("pk"), sent_at__isnull=False)
    rows = Agreement.objects.filter(pk__in=[agreement.pk for agreement in agreements])
    rows.filter(Exists(sent)).update(created_at=Subquery(sent.values("sent_at")[:1]))


def numbers_for(rows: Sequence[SeedAgreement]) -> list[str]:
    """A number for each row, the series of each division and year read once."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups[(row.division_id, row.starts_on.year)].append(place)
    numbers = [""] * len(rows)
    for (division, year), places in sorted(groups.items()):
        taken = take_numbers(division_id=division, year=year, count=len(places))
        for place, number in zip(places, taken, strict=True):
            numbers[place] = number
    return numbers


def agreement_row(row: SeedAgreement, *, number: str, state: AgreementState) -> Agreement:
    signed = state in SIGNED_STATES
    return Agreement(
        number=number,
        kind=row.kind,
        title=row.title,
        division_id=row.division_id,
        organiser_id=row.organiser_id,
        state=state,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        source=row.source,
        source_id=row.source_id,
        activated_at=last_signed_at(row) if signed else None,
        is_demo=row.is_demo,
    )


def write_parties(
    pairs: Sequence[tuple[SeedAgreement, Agreement]],
    *,
    sowing: Sowing,
    kinds: Mapping[str, AgreementKind],
) -> dict[int, list[Party]]:
    """The parties of every agreement, by its id, in the order of signing."""
    made = Party.objects.bulk_create(
        [
            Party(
                agreement=agreement,
                role=draft.role,
                organisation_id=draft.organisation_id,
                person_id=draft.person_id,
                name=sowing.name_of(draft)[:200],
                order=kinds[row.kind].roles_by_code[draft.role].order,
            )
            for row, agreement in pairs
            for draft in row.parties
        ],
        batch_size=BATCH,
    )
    found: dict[int, list[Party]] = defaultdict(list)
    for party in sorted(made, key=lambda party: (party.order, party.pk)):
        found[party.agreement_id].append(party)
    return found


VERSION_STATES = {
    AgreementState.DRAFT: VersionState.DRAFT,
    AgreementState.SIGNING: VersionState.SIGNING,
    AgreementState.LAPSED: VersionState.LAPSED,
    AgreementState.REFUSED: VersionState.REFUSED,
    AgreementState.ACTIVE: VersionState.SIGNED,
    AgreementState.ENDED: VersionState.SIGNED,
}


def version_row(
    row: SeedAgreement,
    agreement: Agreement,
    parties: Sequence[Party],
    sowing: Sowing,
    kind: AgreementKind,
) -> AgreementVersion:
    """The base version, sealed when it was sent."""
    terms = normalised_terms(kind, {**row.terms, STARTS_ON: row.starts_on, ENDS_ON: row.ends_on})
    state = VERSION_STATES[AgreementState(agreement.state)]
    version = AgreementVersion(
        agreement=agreement,
        number=1,
        kind=VersionKind.BASE,
        state=state,
        changes=terms,
        effective_from=row.starts_on,
    )
    if row.sent_at is None:
        return version
    lines = [PartyLine(role=kind.role_label(party.role), name=party.name) for party in parties]
    heading = Heading(number=agreement.number, title=agreement.title, parties=lines)
    version.text = agreement_text(kind=kind, heading=heading, terms=terms)
    version.sha256 = digest(version.text)
    version.check_code = code_of(version.sha256)
    version.sent_at, version.sign_by = row.sent_at, sowing.sign_by(row, kind)
    version.signed_at = last_signed_at(row) if state == VersionState.SIGNED else None
    return version


def signature_rows(
    row: SeedAgreement, version: AgreementVersion, parties: Sequence[Party], sowing: Sowing
) -> Iterator[Signature]:
    """One signature for each party of what was sent, signed where the row says so."""
    if row.sent_at is None:
        return
    for party in parties:
        signature = Signature(version=version, party=party, order=party.order)
        refused = party.role == row.refused_by
        if refused or row.has_signed(party.role):
            signature.state = SignatureState.REFUSED if refused else SignatureState.SIGNED
            signature.reason = row.refusal if refused else ""
            signature.signer_name = sowing.signer_of(party)
            signature.method = SigningMethod.ACCOUNT
            signature.acted_at = acted_at(row, order=party.order)
            signature.proof = {"sha256": version.sha256}
        yield signature


def acted_at(row: SeedAgreement, *, order: int) -> datetime.datetime:
    assert row.sent_at is not None
    return row.sent_at + datetime.timedelta(hours=HOURS_BETWEEN_SIGNATURES * order)


def last_signed_at(row: SeedAgreement) -> datetime.datetime:
    """The moment of the last signature of a row that everybody signed."""
    roles = kind_named(row.kind).roles_by_code
    return acted_at(row, order=max(roles[party.role].order for party in row.parties))


def code_of(sha256: str) -> str:
    """A check code drawn from the digest, so that the same seed gives the same city."""
    number = int(sha256, 16)
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
