"""Single-use links by which a guardian without an account answers."""

from __future__ import annotations

import datetime
import secrets

from django.db import transaction
from django.db.models import F

from silian.casework.agreements.choices import SigningMethod
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.operations.placements.choices.internships import (
    ConsentState,
)
from silian.operations.placements.commands.consents import locked_consent, put_answer
from silian.operations.placements.models import ConsentLink, InternshipConsent
from silian.operations.placements.permissions.internships import (
    consents_visible_to,
    require_school_clerk,
)
from silian.operations.placements.queries.consents import digest_of, open_link
from silian.operations.placements.rules.consents import is_named

LINK_DAYS = datetime.timedelta(days=7)  # a week: long enough to read, short enough to be lost
MOST_ATTEMPTS = 5  # wrong answers; then somebody is guessing and the link closes
TOKEN_BYTES = 24  # 192 bits: an address that nobody finds by trying
CLOSED = "这个链接已经用过、作废或过期，请向学校索取新的链接。"
UNKNOWN = "姓名或手机号后四位与学校登记的不一致，请核对后再试。"


@transaction.atomic
def make_consent_link(*, consent_id: int, actor: Actor, now: datetime.datetime) -> str:
    """Make a link for the guardian and give its token, once (生成同意书链接)."""
    require_school_clerk(actor)
    row = locked_consent(consent_id)
    if not consents_visible_to(actor).filter(pk=row.pk).exists():
        raise InternshipConsent.DoesNotExist
    if row.state != ConsentState.WAITING:
        raise WrongState("这份同意书已经答复，不需要链接。")
    if row.person is None or not row.person.phone_mask:
        raise DomainError("学籍里没有家长的姓名和手机号，无法核对身份。请先补登家长信息。")
    row.links.filter(used_at=None, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    ConsentLink.objects.create(
        consent=row,
        token_digest=digest_of(token),
        made_by_id=actor.user_id,
        made_at=now,
        expires_at=now + LINK_DAYS,
    )
    record(actor, "placements.consent.link_made", row)
    return token


def answer_by_link(
    *,
    token: str,
    name: str,
    tail: str,
    agrees: bool,
    agreed_sha256: str,
    now: datetime.datetime,
    reason: str = "",
    address: str = "",
) -> InternshipConsent:
    """Agree or refuse with a single-use link, after name and phone were compared (链接答复)."""
    link = confirmed_link(token=token, name=name, tail=tail, now=now)
    with transaction.atomic():
        row = locked_consent(link.consent_id)
        used = ConsentLink.objects.filter(
            pk=link.pk, used_at=None, revoked_at=None, expires_at__gt=now
        ).update(used_at=now)
        if not used:
            raise WrongState(CLOSED)
        return put_answer(
            row,
            actor=Actor(name=row.giver_name, address=address),
            agrees=agrees,
            agreed_sha256=agreed_sha256,
            method=SigningMethod.LINK,
            reason=reason,
            now=now,
        )


def confirmed_link(*, token: str, name: str, tail: str, now: datetime.datetime) -> ConsentLink:
    """The open link when the person is the one asked; the fifth wrong answer closes it."""
    link = open_link(token=token, now=now)
    if link is None:
        raise WrongState(CLOSED)
    person = link.consent.person
    if person and is_named(
        name=name, tail=tail, known_name=person.name, known_mask=person.phone_mask
    ):
        return link
    ConsentLink.objects.filter(pk=link.pk).update(failed_attempts=F("failed_attempts") + 1)
    ConsentLink.objects.filter(pk=link.pk, failed_attempts__gte=MOST_ATTEMPTS).update(
        revoked_at=now
    )
    raise DomainError(UNKNOWN, field="name")
