"""Reads of signatures: what waits, whose turn it is, who signed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from silian.casework.agreements.choices import SignatureState, SigningMethod, VersionState
from silian.casework.agreements.models import (
    AgreementVersion,
    Party,
    Signature,
    SigningLink,
    SigningQuestion,
)
from silian.casework.agreements.permissions.signing import (
    questions_answered_by,
    signatures_signable_by,
)
from silian.casework.agreements.rules.paper_signatures import paper_words
from silian.casework.agreements.rules.signing import same_person, tail_of
from silian.foundation.kernel.actors import Actor

DUE_SOON = datetime.timedelta(days=3)  # a reminder still reaches people in time
RELATED = (
    "party__organisation",
    "party__person__guardian",
    "version__agreement__organiser",
)


def with_turn(rows: QuerySet[Signature]) -> QuerySet[Any]:
    """Signatures with ``is_waiting_for_others``: somebody must sign before (未轮到)."""
    earlier = Signature.objects.filter(
        version=OuterRef("version"), state=SignatureState.WAITING, order__lt=OuterRef("order")
    )
    return rows.annotate(is_waiting_for_others=Exists(earlier))


def waiting_signatures(
    *, agreement_ids: Sequence[int] | None = None, on: datetime.datetime | None = None
) -> QuerySet[Signature]:
    """Signatures still missing on what is out, whose turn it is first (未签名单).

    ``on`` leaves only those whose signing period is over at that moment.
    """
    rows = Signature.objects.filter(
        state=SignatureState.WAITING, version__state=VersionState.SIGNING
    )
    if agreement_ids is not None:
        rows = rows.filter(version__agreement_id__in=list(agreement_ids))
    if on is not None:
        rows = rows.filter(version__sign_by__lte=on)
    return with_turn(rows).select_related(*RELATED).order_by("version__sign_by", "order", "pk")


def inbox_of(actor: Actor) -> QuerySet[Signature]:
    """What the actor can sign now: its turn has come (待签)."""
    rows = with_turn(signatures_signable_by(actor)).filter(is_waiting_for_others=False)
    return rows.select_related(*RELATED)


def with_links(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Signatures with ``open_link_id``: a link is out that still works (在外链接)."""
    out = SigningLink.objects.filter(
        signature=OuterRef("pk"),
        used_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=Now(),
    )
    return rows.annotate(open_link_id=Subquery(out.order_by("-pk").values("pk")[:1]))


@dataclass(frozen=True, kw_only=True)
class WaitingFigures:
    """How many are not signed, how many of them can be chased now (未签汇总)."""

    agreements: int
    now: int
    later: int
    due_soon: int


def waiting_figures(rows: QuerySet[Any], *, now: datetime.datetime) -> WaitingFigures:
    soon = now + DUE_SOON
    sums = rows.aggregate(
        agreements=Count("version", distinct=True),
        turn=Count("pk", filter=Q(is_waiting_for_others=False)),
        later=Count("pk", filter=Q(is_waiting_for_others=True)),
        soon=Count("version", distinct=True, filter=Q(version__sign_by__lte=soon)),
    )
    return WaitingFigures(
        agreements=sums["agreements"],
        now=sums["turn"],
        later=sums["later"],
        due_soon=sums["soon"],
    )


def open_questions(actor: Actor) -> QuerySet[SigningQuestion]:
    """Questions that the actor's organisation has to answer, most urgent first (待答复)."""
    return (
        questions_answered_by(actor)
        .filter(answered_at__isnull=True)
        .select_related("signature__party", "signature__version__agreement")
        .order_by("due_at")
    )


def method_words(row: Signature) -> str:
    """How a party signed, in words; on paper never as an electronic signature (签署方式)."""
    if row.method != SigningMethod.PAPER:
        return str(row.get_method_display())
    by = str(row.proof.get("recorded_by_name", ""))
    return paper_words(signed_on=str(row.proof.get("signed_on", "")), recorded_by=by)


def signed_on_paper(*, version_id: int) -> QuerySet[Signature]:
    """The signatures of a version that were given on paper (线下签署)."""
    return Signature.objects.filter(
        version_id=version_id, state=SignatureState.SIGNED, method=SigningMethod.PAPER
    ).select_related("party")


def signing_chain(*, version: AgreementVersion) -> list[Signature]:
    """The signatures of a version in their order, dropped ones left out (签署进度)."""
    rows = version.signatures.exclude(state=SignatureState.DROPPED)
    return list(rows.select_related("party").order_by("order", "pk"))


def waiting_before(*, signature: Signature) -> int:
    """How many have to sign before this one (先签方)."""
    return Signature.objects.filter(
        version_id=signature.version_id,
        state=SignatureState.WAITING,
        order__lt=signature.order,
    ).count()


def link_by_token(token: str) -> SigningLink | None:
    """The link that a token opens, whatever its state."""
    rows = SigningLink.objects.opened_by(token).select_related(
        "person",
        "signature__party__organisation",
        "signature__party__person__guardian",
        "signature__version__agreement",
    )
    return rows.first()


def is_known_as(*, name: str, last_four: str, known_name: str, numbers: Iterable[str]) -> bool:
    """Whether name and last four are the register's; ``numbers`` may be masked (核对身份)."""
    tails = [tail for number in numbers if (tail := tail_of(number))]
    return same_person(name=name, last_four=last_four, known_name=known_name, known_tails=tails)


def open_link(*, token: str, now: datetime.datetime) -> SigningLink | None:
    """The link while it still works; None alike for unknown, used, revoked and expired ones."""
    link = link_by_token(token)
    if link is None or link.used_at or link.revoked_at or link.expires_at <= now:
        return None
    signature = link.signature
    waits = signature.state == SignatureState.WAITING
    return link if waits and signature.version.state == VersionState.SIGNING else None


def known_tails(*, link: SigningLink) -> tuple[str, list[str]]:
    """Name and last four characters that the register holds of who is expected (核对依据)."""
    person = link.person
    if person is not None:
        tails = [tail_of(person.phone_mask), tail_of(person.id_number_mask)]
        return person.name, [tail for tail in tails if tail]
    organisation = link.signature.party.organisation
    if organisation is None:
        return "", []
    tail = tail_of(organisation.contact_phone)
    return organisation.contact_name, [tail] if tail else []


def parties_of(*, agreement_id: int) -> list[Party]:
    return list(
        Party.objects.filter(agreement_id=agreement_id).select_related("organisation", "person")
    )
