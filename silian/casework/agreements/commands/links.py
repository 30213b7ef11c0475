"""Single-use links by which people without an account sign, refuse or ask."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.casework.agreements.choices import SignatureState, SigningMethod, VersionState
from silian.casework.agreements.commands.signing import (
    locked_signature,
    put_refusal,
    put_signature,
)
from silian.casework.agreements.commands.single_use_links import (
    count_wrong_answer,
    issue_link,
    spend_link,
)
from silian.casework.agreements.errors import IdentityNotConfirmed, LinkClosed
from silian.casework.agreements.models import Signature, SigningLink
from silian.casework.agreements.permissions.signing import Capacity, require_sender
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.signing import known_tails, open_link
from silian.casework.agreements.registry import AgreementKind
from silian.casework.agreements.rules.signing import same_person
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.registers.people.models import Person
from silian.registers.people.queries import is_minor_on


@transaction.atomic
def make_link(
    *, signature_id: int, actor: Actor, now: datetime.datetime, person_id: int | None = None
) -> str:
    """Make a link for the person who is to sign, and give its token, once (生成签署链接).

    ``person_id`` names the guardian of a minor; without it the party itself, or the contact of an
    organisation, is expected. An earlier link of the same signature stops working.
    """
    row = locked_signature(signature_id)
    agreement = row.version.agreement
    kind = kind_of(agreement)
    require_sender(actor, agreement, roles=kind.drafters)
    if row.state != SignatureState.WAITING or row.version.state != VersionState.SIGNING:
        raise WrongState("这一方不在待签，不需要签署链接。")
    person = expected_person(row, person_id=person_id, kind=kind, on=timezone.localdate(now))
    link = SigningLink(
        signature=row,
        person=person,
        sent_to=expected_name(row, person)[:60],
        phone_mask=person.phone_mask if person else "",
    )
    refuse_unknown(link)
    token = issue_link(link, others=row.links, actor=actor, now=now, last=row.version.sign_by)
    record(actor, "agreements.link.made", row, detail={"link": link.pk, "to": link.sent_to})
    return token


def expected_person(
    row: Signature, *, person_id: int | None, kind: AgreementKind, on: datetime.date
) -> Person | None:
    """Who is to use the link: the party, or the guardian of a minor where the role allows it."""
    party = row.party
    if party.person is None:
        return None
    if person_id in (None, party.person_id):
        return party.person
    role = kind.roles_by_code.get(party.role)
    allowed = [item for item in (role.stand_ins if role else ()) if item.is_guardian]
    minor = is_minor_on(person=party.person, on=on)
    fit = any(minor or not item.only_minors for item in allowed)
    if party.person.guardian_id != person_id or not fit:
        raise DomainError("只能把链接发给当事人本人，或未成年当事人在册的监护人。", field="person")
    return party.person.guardian


def expected_name(row: Signature, person: Person | None) -> str:
    if person is not None:
        return person.name
    return row.party.organisation.contact_name if row.party.organisation else ""


def refuse_unknown(link: SigningLink) -> None:
    """Raise when the register holds nothing by which the person could prove to be the one."""
    name, tails = known_tails(link=link)
    if not name or not tails:
        raise DomainError(
            "名录里没有这位签署人的姓名和手机号（或证件号），无法核对身份。请先补登记，再生成链接。",
            field="person",
        )


@transaction.atomic
def revoke_link(*, link_id: int, actor: Actor, now: datetime.datetime) -> SigningLink:
    """Stop a link before anybody used it (作废签署链接)."""
    link = SigningLink.objects.select_for_update(of=("self",)).get(pk=link_id)
    agreement = link.signature.version.agreement
    require_sender(actor, agreement, roles=kind_of(agreement).drafters)
    if link.used_at or link.revoked_at:
        raise WrongState("这个链接已经用过或已作废，不需要再作废。")
    link.revoked_at = now
    link.save(update_fields=["revoked_at"])
    record(actor, "agreements.link.revoked", link.signature, detail={"link": link.pk})
    return link


def confirm_identity(
    *, token: str, name: str, last_four: str, now: datetime.datetime
) -> SigningLink:
    """The link, when name and last four characters are those on the register (核对身份).

    A wrong answer is counted at once, in a transaction of its own; the fifth closes the link.
    """
    link = open_link(token=token, now=now)
    if link is None:
        raise LinkClosed
    known_name, tails = known_tails(link=link)
    if same_person(name=name, last_four=last_four, known_name=known_name, known_tails=tails):
        return link
    count_wrong_answer(link, now=now)
    raise IdentityNotConfirmed


def open_with_identity(
    *, token: str, name: str, last_four: str, now: datetime.datetime
) -> SigningLink:
    """Let somebody who proved to be the one read the text; keeps when that first was (打开)."""
    link = confirm_identity(token=token, name=name, last_four=last_four, now=now)
    SigningLink.objects.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=now)
    return link


def sign_by_link(
    *,
    token: str,
    name: str,
    last_four: str,
    agreed_sha256: str,
    now: datetime.datetime,
    address: str = "",
) -> Signature:
    """Sign with a single-use link (链接签署)."""
    link = confirm_identity(token=token, name=name, last_four=last_four, now=now)
    with transaction.atomic():
        row, actor, capacity = use_link(link, now=now, address=address)
        return put_signature(
            row,
            actor=actor,
            capacity=capacity,
            method=SigningMethod.LINK,
            agreed_sha256=agreed_sha256,
            now=now,
        )


def refuse_by_link(
    *,
    token: str,
    name: str,
    last_four: str,
    reason: str,
    now: datetime.datetime,
    address: str = "",
) -> Signature:
    """Refuse with a single-use link (链接拒签)."""
    link = confirm_identity(token=token, name=name, last_four=last_four, now=now)
    with transaction.atomic():
        row, actor, capacity = use_link(link, now=now, address=address)
        return put_refusal(
            row,
            actor=actor,
            capacity=capacity,
            method=SigningMethod.LINK,
            reason=reason,
            now=now,
        )


def use_link(
    link: SigningLink, *, now: datetime.datetime, address: str
) -> tuple[Signature, Actor, Capacity]:
    """Mark the link as used behind the lock of its signature; who uses it second finds it used."""
    row = locked_signature(link.signature_id)
    if not spend_link(link, now=now):
        raise LinkClosed
    return row, link_actor(link, address=address), capacity_by_link(row, link=link)


def link_actor(link: SigningLink, *, address: str) -> Actor:
    """Who acts without an account: named, from an address, in no role."""
    return Actor(name=link.sent_to, address=address)


def capacity_by_link(row: Signature, *, link: SigningLink) -> Capacity:
    """For an organisation its contact, for a minor the guardian, else the party itself."""
    if row.party.organisation_id is not None:
        return Capacity(on_behalf=f"作为“{row.party.name}”登记的联系人，经发起单位授权链接签署")
    if link.person_id == row.party.person_id:
        return Capacity()
    return Capacity(on_behalf="监护人代未成年当事人签署")
