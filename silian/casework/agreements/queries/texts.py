"""The full text of a version as its parties read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from silian.casework.agreements.choices import VersionKind
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.terms import differences_of
from silian.casework.agreements.registry import AgreementKind
from silian.casework.agreements.rules.texts import (
    Heading,
    PartyLine,
    agreement_text,
    amendment_text,
)
from silian.foundation.kernel.typed_values import UNSET


def heading_of(agreement: Agreement, *, kind: AgreementKind) -> Heading:
    return Heading(
        number=agreement.number,
        title=agreement.title,
        parties=[
            PartyLine(role=kind.role_label(party.role), name=party.name)
            for party in agreement.parties.all()
        ],
    )


def rendered_text(version: AgreementVersion) -> str:
    """The text that the version's terms give; what is sealed when it is sent (生成文本)."""
    agreement = version.agreement
    kind = kind_of(agreement)
    heading = heading_of(agreement, kind=kind)
    if version.kind == VersionKind.BASE:
        return agreement_text(kind=kind, heading=heading, terms=version.changes)
    return amendment_text(
        kind=kind,
        heading=heading,
        label=VersionKind(version.kind).label,
        changed=differences_of(version),
        effective_from=version.effective_from.isoformat(),
        reason=version.reason,
    )


def text_of_version(*, version: AgreementVersion) -> str:
    """The sealed text of a version that was sent, else what would be sealed now (协议全文)."""
    return version.text or rendered_text(version)


def preview_text(*, kind: AgreementKind, terms: Mapping[str, Any]) -> str:
    """The text of a kind with given terms and no parties, for those who configure it (预览)."""
    heading = Heading(
        number=UNSET,
        title="预览",
        parties=[PartyLine(role=role.label, name=UNSET) for role in kind.roles],
    )
    return agreement_text(kind=kind, heading=heading, terms=terms)
