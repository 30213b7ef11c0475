"""The copy of a signed version that every party owns: typeset and sealed."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from silian.casework.agreements.choices import SignatureState
from silian.casework.agreements.exports.agreement_pdf import (
    SignatureLine,
    SignedText,
    agreement_pdf,
)
from silian.casework.agreements.models import AgreementVersion, Signature
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.signing import method_words
from silian.casework.agreements.registry import AgreementKind

REASON = "各方签署齐全"


def signed_copy(version: AgreementVersion) -> bytes:
    """The sealed PDF of a signed version (协议正本)."""
    from silian.foundation.kernel.pdf_seals import sealed  # pyHanko only when it seals

    return sealed(
        agreement_pdf(signed_text(version)),
        reason=REASON,
        location=version.agreement.division.name,
    )


def signed_text(version: AgreementVersion) -> SignedText:
    """What the copy shows of a version."""
    kind = kind_of(version.agreement)
    rows = version.signatures.filter(state=SignatureState.SIGNED).select_related("party")
    return SignedText(
        number=version.agreement.number,
        version=f"第 {version.number} 版（{version.get_kind_display()}）",
        text=version.text,
        sha256=version.sha256,
        check_code=version.check_code or "",
        check_url=check_url(version),
        completed_at=moment(version.signed_at),
        is_demo=version.agreement.is_demo,
        signatures=[line_of(row, kind=kind) for row in rows.order_by("acted_at", "pk")],
    )


def check_url(version: AgreementVersion) -> str:
    """Where anybody checks the copy (查验地址)."""
    return settings.SITE_URL + reverse("agreements:check_code", args=[version.check_code])


def line_of(row: Signature, *, kind: AgreementKind) -> SignatureLine:
    return SignatureLine(
        role=kind.role_label(row.party.role),
        party=row.party.name,
        signer=row.signer_name,
        on_behalf=row.on_behalf,
        method=method_words(row),
        signed_at=moment(row.acted_at),
    )


def moment(at: datetime.datetime | None) -> str:
    """A moment on paper: 2026年3月18日 14:05."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
