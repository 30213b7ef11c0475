"""Signatures on paper, recorded with their scan by the organiser (线下签署登记)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from silian.casework.agreements.choices import SigningMethod
from silian.casework.agreements.commands.links import expected_person
from silian.casework.agreements.commands.signing import locked_signature, put_signature
from silian.casework.agreements.commands.single_use_links import stop_links
from silian.casework.agreements.models import Signature
from silian.casework.agreements.permissions.signing import Capacity, require_sender
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.registry import AgreementKind
from silian.casework.agreements.rules.paper_signatures import reason_day_unfit
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.file_checks import JPEG, PDF, PNG
from silian.foundation.kernel.files import store_upload

SCANS = (PDF, JPEG, PNG)


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """What the recorder read on the paper (纸质签署)."""

    name: str
    signed_on: datetime.date
    scan: UploadedFile[bytes]


@transaction.atomic
def record_paper_signature(
    *, signature_id: int, actor: Actor, paper: OnPaper, now: datetime.datetime
) -> Signature:
    """Keep that a party signed the very text on paper, with the scan and who recorded it.

    It stands as 线下签署 and names no account; the recorder answers for scan and day.
    Basis: 民法典第四百六十九条、第四百九十条; 电子签名法第三条.
    """
    row = locked_signature(signature_id)
    kind = kind_of(row.version.agreement)
    require_sender(actor, row.version.agreement, roles=kind.drafters)
    put_out_on = timezone.localdate(row.version.sent_at or now)
    capacity = capacity_on_paper(row, name=paper.name, kind=kind, on=paper.signed_on)
    proof = proof_of_paper(
        paper, subject=row, actor=actor, put_out_on=put_out_on, today=timezone.localdate(now)
    )
    stop_links(row.links, now=now)
    signed = put_signature(
        row,
        actor=Actor(name=paper.name.strip(), address=actor.address),
        capacity=capacity,
        method=SigningMethod.PAPER,
        agreed_sha256=row.version.sha256,
        now=now,
        proof=proof,
    )
    record(actor, "agreements.signature.recorded", row, detail={"file": proof["file"]})
    return signed


def proof_of_paper(
    paper: OnPaper,
    *,
    subject: Model,
    actor: Actor,
    put_out_on: datetime.date,
    today: datetime.date,
) -> dict[str, Any]:
    """Keep the scan; what the signature then says of it (线下签署存证)."""
    problem = reason_day_unfit(signed_on=paper.signed_on, put_out_on=put_out_on, today=today)
    if problem:
        raise DomainError(problem, field="signed_on")
    stored = store_upload(upload=paper.scan, subject=subject, actor=actor, kinds=SCANS)
    return {
        "file": stored.pk,
        "scan_sha256": stored.sha256,
        "signed_on": paper.signed_on.isoformat(),
        "recorded_by": actor.user_id,
        "recorded_by_name": f"{actor.organisation_name} {actor.name}".strip(),
    }


def capacity_on_paper(
    row: Signature, *, name: str, kind: AgreementKind, on: datetime.date
) -> Capacity:
    """In which capacity the named person signed: as the party, its guardian or its officer."""
    person = row.party.person
    if person is None:
        return Capacity(on_behalf=f"代表“{row.party.name}”在纸质文本上签字盖章")
    if name.strip() == person.name:
        return Capacity()
    guardian = person.guardian
    if guardian is not None and name.strip() == guardian.name:
        expected_person(row, person_id=guardian.pk, kind=kind, on=on)
        return Capacity(on_behalf="监护人代未成年当事人签署")
    raise DomainError(
        f"应由{person.name}本人或其未成年时的监护人签字，姓名与登记的不一致，请核对扫描件。",
        field="name",
    )
