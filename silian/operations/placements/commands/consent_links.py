"""Single-use links by which a guardian without an account answers."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.casework.agreements.choices import SigningMethod
from silian.casework.agreements.commands.single_use_links import (
    count_wrong_answer,
    issue_link,
    spend_link,
)
from silian.casework.agreements.queries.signing import is_known_as
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
from silian.operations.placements.queries.consents import open_link

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
    token = issue_link(ConsentLink(consent=row), others=row.links, actor=actor, now=now)
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
        if not spend_link(link, now=now):
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
    if person and is_known_as(
        name=name, last_four=tail, known_name=person.name, numbers=[person.phone_mask]
    ):
        return link
    count_wrong_answer(link, now=now)
    raise DomainError(UNKNOWN, field="name")
