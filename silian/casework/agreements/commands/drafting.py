"""Draft, revise, reopen and withdraw agreements."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from silian.casework.agreements.choices import AgreementState, VersionKind, VersionState
from silian.casework.agreements.commands.numbering import take_numbers
from silian.casework.agreements.models import Agreement, AgreementVersion, Party
from silian.casework.agreements.permissions.agreements import require_drafter, require_editor
from silian.casework.agreements.queries.kinds import kind_for_drafting, kind_of
from silian.casework.agreements.registry import ENDS_ON, STARTS_ON, AgreementKind
from silian.casework.agreements.rules.parties import reason_parties_unfit
from silian.casework.agreements.rules.values import normalised_terms
from silian.casework.agreements.workflow.agreement import agreement as agreement_workflow
from silian.casework.agreements.workflow.version import version as version_workflow
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person


@dataclass(frozen=True, kw_only=True)
class PartyDraft:
    """A party to be: an organisation or a person in a role; the name is read from the register."""

    role: str
    organisation_id: int | None = None
    person_id: int | None = None
    name: str = ""


@transaction.atomic
def draft_agreement(
    *,
    actor: Actor,
    kind: str,
    title: str,
    division_id: str,
    parties: Sequence[PartyDraft],
    terms: Mapping[str, Any],
    starts_on: datetime.date,
    ends_on: datetime.date,
    source: str = "",
    source_id: int | None = None,
    organiser_id: int | None = None,
    is_demo: bool = False,
) -> Agreement:
    """Start an agreement with a draft version; only the system names the organiser (起草协议)."""
    declared, version = kind_for_drafting(kind)
    organiser = organiser_of(actor, organiser_id)
    require_drafter(actor, declared, organiser_id=organiser)
    whole = checked_terms(declared, terms, starts_on=starts_on, ends_on=ends_on)
    check_parties(declared, parties)
    agreement = Agreement.objects.create(
        number=take_numbers(division_id=division_id, year=starts_on.year)[0],
        kind=declared.code,
        kind_version=version,
        title=checked_title(title),
        division_id=division_id,
        organiser_id=organiser,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        source_id=source_id,
        is_demo=is_demo,
    )
    set_parties(agreement, declared, parties)
    add_base(agreement, whole, actor=actor)
    record(actor, "agreements.agreement.drafted", agreement)
    return agreement


def organiser_of(actor: Actor, organiser_id: int | None) -> int:
    """The unit that organises: the one named, else the actor's own."""
    organiser = organiser_id or actor.organisation_id
    if organiser is None:
        raise DomainError("协议须有发起单位。请以单位身份办理。")
    return organiser


@transaction.atomic
def revise_draft(
    *,
    agreement_id: int,
    actor: Actor,
    title: str,
    terms: Mapping[str, Any],
    starts_on: datetime.date,
    ends_on: datetime.date,
    parties: Sequence[PartyDraft] | None = None,
) -> Agreement:
    """Change a draft: title, terms, period and, if given, the parties (修改草稿)."""
    agreement = locked_agreement(agreement_id)
    kind = kind_of(agreement)
    require_editor(actor, agreement, kind)
    if agreement.state != AgreementState.DRAFT:
        raise WrongState("协议已送签，不能直接修改。请撤回后重新起草，或提出修订。")
    version = agreement.versions.get(state=VersionState.DRAFT)
    version.changes = checked_terms(kind, terms, starts_on=starts_on, ends_on=ends_on)
    version.effective_from = starts_on
    version.save(update_fields=["changes", "effective_from"])
    agreement.title = checked_title(title)
    agreement.starts_on, agreement.ends_on = starts_on, ends_on
    agreement.save(update_fields=["title", "starts_on", "ends_on"])
    if parties is not None:
        check_parties(kind, parties)
        agreement.parties.all().delete()
        set_parties(agreement, kind, parties)
    record(actor, "agreements.agreement.revised", agreement)
    return agreement


@transaction.atomic
def reopen(*, agreement_id: int, actor: Actor) -> Agreement:
    """Draft a refused or lapsed agreement anew, from its last terms (重新起草)."""
    agreement = locked_agreement(agreement_id)
    require_editor(actor, agreement, kind_of(agreement))
    agreement.state = agreement_workflow.target("reopen", state=AgreementState(agreement.state))
    agreement.save(update_fields=["state"])
    last = agreement.versions.order_by("-number").first()
    if last is not None:
        add_base(agreement, dict(last.changes), actor=actor, replaces=last)
    record(actor, "agreements.agreement.reopened", agreement)
    return agreement


@transaction.atomic
def withdraw(*, agreement_id: int, actor: Actor, reason: str, now: datetime.datetime) -> Agreement:
    """Take back an agreement that is not yet in force (撤回)."""
    agreement = locked_agreement(agreement_id)
    require_editor(actor, agreement, kind_of(agreement))
    agreement.state = agreement_workflow.target("withdraw", state=AgreementState(agreement.state))
    agreement.save(update_fields=["state"])
    for version in agreement.versions.filter(state__in=OPEN_STATES):
        version.state = version_workflow.target("withdraw", state=VersionState(version.state))
        version.save(update_fields=["state"])
    record(actor, "agreements.agreement.withdrawn", agreement, reason=reason)
    return agreement


OPEN_STATES = (VersionState.DRAFT, VersionState.SIGNING)
LONGEST_TITLE = 200


def locked_agreement(agreement_id: int) -> Agreement:
    """The agreement, locked until the transaction ends."""
    return (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("organiser", "division")
        .get(pk=agreement_id)
    )


def checked_title(title: str) -> str:
    name = title.strip()
    if not name:
        raise DomainError("请填写协议名称。", field="title")
    if len(name) > LONGEST_TITLE:
        raise DomainError(f"协议名称不能超过 {LONGEST_TITLE} 字。", field="title")
    return name


def checked_terms(
    kind: AgreementKind,
    terms: Mapping[str, Any],
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
) -> dict[str, Any]:
    """Every term of the kind as it is kept, the period among them."""
    if ends_on <= starts_on:
        raise DomainError("终止日须晚于起始日。请核对起止日期。", field=ENDS_ON)
    return normalised_terms(kind, {**terms, STARTS_ON: starts_on, ENDS_ON: ends_on})


def check_parties(kind: AgreementKind, parties: Sequence[PartyDraft]) -> None:
    reason = reason_parties_unfit(
        kind=kind,
        parties=[(party.role, party.organisation_id, party.person_id) for party in parties],
    )
    if reason:
        raise DomainError(reason, field="parties")


def set_parties(agreement: Agreement, kind: AgreementKind, parties: Sequence[PartyDraft]) -> None:
    organisations = Organisation.objects.in_bulk(
        [party.organisation_id for party in parties if party.organisation_id]
    )
    people = Person.objects.in_bulk([party.person_id for party in parties if party.person_id])
    Party.objects.bulk_create(
        Party(
            agreement=agreement,
            role=party.role,
            organisation_id=party.organisation_id,
            person_id=party.person_id,
            name=party.name or name_of_party(party, organisations, people),
            order=kind.roles_by_code[party.role].order,
        )
        for party in parties
    )


def name_of_party(
    party: PartyDraft, organisations: Mapping[int, Organisation], people: Mapping[int, Person]
) -> str:
    if party.organisation_id is not None:
        return organisations[party.organisation_id].name
    return people[party.person_id].name if party.person_id is not None else ""


def add_base(
    agreement: Agreement,
    terms: Mapping[str, Any],
    *,
    actor: Actor,
    replaces: AgreementVersion | None = None,
) -> AgreementVersion:
    """The next base version as a draft."""
    return AgreementVersion.objects.create(
        agreement=agreement,
        number=next_version_number(agreement),
        kind=VersionKind.BASE,
        changes=dict(terms),
        effective_from=agreement.starts_on,
        replaces=replaces,
        made_by_id=actor.user_id,
    )


def next_version_number(agreement: Agreement) -> int:
    highest: int | None = agreement.versions.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1
