"""What anybody may learn of a signed version by its code or its copy (公开查验)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from silian.casework.agreements.choices import AgreementState, VersionKind, VersionState
from silian.casework.agreements.models import AgreementVersion
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.signing import signed_on_paper
from silian.casework.agreements.rules.signing import masked_party

RELATED = ("agreement__organiser", "agreement__division", "document")


@dataclass(frozen=True, kw_only=True)
class PublicFacts:
    """All that a stranger sees: kind, masked parties, days, and how it stands (查验结果)."""

    code: str
    kind: str
    version: str
    parties: list[tuple[str, str]]
    starts_on: datetime.date
    ends_on: datetime.date
    signed_on: datetime.date | None
    standing: str
    tone: str
    note: str


def signed_version(*, version_id: int) -> AgreementVersion | None:
    """A version that is signed by all, with what its copy shows."""
    rows = AgreementVersion.objects.select_related(*RELATED)
    return rows.filter(pk=version_id, state=VersionState.SIGNED).first()


def version_by_code(code: str) -> AgreementVersion | None:
    """The signed version that bears a check code; drafts and what is out are not told."""
    tidy = "".join(code.split()).upper().replace("-", "")
    rows = AgreementVersion.objects.select_related(*RELATED)
    return rows.filter(check_code=tidy, state=VersionState.SIGNED).first() if tidy else None


def version_by_file(sha256: str) -> AgreementVersion | None:
    """The signed version whose kept copy is exactly this file."""
    rows = AgreementVersion.objects.select_related(*RELATED)
    return rows.filter(document__sha256=sha256, state=VersionState.SIGNED).first()


def public_facts(version: AgreementVersion, *, on: datetime.date) -> PublicFacts:
    """What is shown of a signed version (公开信息)."""
    agreement = version.agreement
    kind = kind_of(agreement)
    standing, tone, note = public_standing(version, on=on)
    paper = signed_on_paper(version_id=version.pk).count()
    if paper:
        note += f"其中 {paper} 方线下签署，平台留存扫描件，不作为电子签名。"
    return PublicFacts(
        code=version.check_code or "",
        kind=kind.label,
        version=f"第 {version.number} 版（{version.get_kind_display()}）",
        parties=[
            (
                kind.role_label(party.role),
                masked_party(party.name, is_person=party.person_id is not None),
            )
            for party in agreement.parties.all()
        ],
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        signed_on=timezone.localdate(version.signed_at) if version.signed_at else None,
        standing=standing,
        tone=tone,
        note=note,
    )


def public_standing(version: AgreementVersion, *, on: datetime.date) -> tuple[str, str, str]:
    """Word, tone and a sentence: in force, changed later, suspended or over (当前效力)."""
    agreement = version.agreement
    if agreement.state == AgreementState.TERMINATED:
        return "已解除", "late", "这份协议已经解除，不再履行。"
    if agreement.state == AgreementState.SUSPENDED:
        return "中止中", "watch", "这份协议现在中止履行。"
    if agreement.state == AgreementState.ENDED or on >= agreement.ends_on:
        return "已到期", "unset", "这份协议已到终止日。"
    later = later_change(version)
    if later is not None:
        return "有效，后有修订", "watch", f"之后另有第 {later.number} 版修订，请连同修订一起看。"
    if on < agreement.starts_on:
        return "已签齐，未到起始日", "ok", "各方已签齐，从起始日起履行。"
    return "有效", "ok", "各方已签齐，内容与平台留存的一致。"


def later_change(version: AgreementVersion) -> AgreementVersion | None:
    """The newest signed amendment or renewal after this version (后续修订)."""
    rows = version.agreement.versions.filter(
        state=VersionState.SIGNED, number__gt=version.number
    ).exclude(kind=VersionKind.BASE)
    return rows.order_by("-number").first()
