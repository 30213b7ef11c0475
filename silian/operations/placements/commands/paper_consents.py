"""Consents answered on paper, recorded with their scan by the school (线下答复登记)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.casework.agreements.choices import SigningMethod
from silian.casework.agreements.commands.paper_signatures import OnPaper, proof_of_paper
from silian.casework.agreements.commands.single_use_links import stop_links
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.operations.placements.commands.consents import locked_consent, put_answer
from silian.operations.placements.models import InternshipConsent
from silian.operations.placements.permissions.internships import (
    consents_visible_to,
    require_school_clerk,
)


@transaction.atomic
def record_paper_consent(
    *,
    consent_id: int,
    actor: Actor,
    agrees: bool,
    paper: OnPaper,
    now: datetime.datetime,
    reason: str = "",
) -> InternshipConsent:
    """Keep what student or guardian answered on paper, with the scan (登记线下答复).

    The person who signed is the one asked; the clerk who recorded it stands beside, never as the
    one who answered. Basis: 教职成〔2021〕4号第十五条; 电子签名法第三条.
    """
    require_school_clerk(actor)
    row = locked_consent(consent_id)
    if not consents_visible_to(actor).filter(pk=row.pk).exists():
        raise InternshipConsent.DoesNotExist
    refuse_other_name(row, name=paper.name)
    proof = proof_of_paper(
        paper,
        subject=row,
        actor=actor,
        put_out_on=timezone.localdate(row.asked_at),
        today=timezone.localdate(now),
    )
    stop_links(row.links, now=now)
    row.giver_name = row.giver_name or paper.name.strip()[:60]
    answered = put_answer(
        row,
        actor=Actor(name=paper.name.strip(), address=actor.address),
        agrees=agrees,
        agreed_sha256=row.sha256,
        method=SigningMethod.PAPER,
        reason=reason,
        now=now,
        proof=proof,
    )
    record(actor, "placements.consent.recorded", row, detail={"file": proof["file"]})
    return answered


def refuse_other_name(row: InternshipConsent, *, name: str) -> None:
    """Only the person asked answers, on paper too."""
    if row.person is not None and name.strip() != row.person.name:
        raise DomainError(
            f"应由登记的{row.get_giver_display()}本人签字，姓名与登记的不一致，请核对扫描件。",
            field="name",
        )
