"""What a proposed change would do, before it is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from silian.casework.agreements.models import Agreement
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.terms import latest_terms
from silian.casework.agreements.registry import AgreementKind
from silian.casework.agreements.rules.differences import (
    Difference,
    differences,
    real_changes,
    roles_concerned,
)
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.typed_values import normalised


@dataclass(frozen=True, kw_only=True)
class ChangePreview:
    """The differences, who has to sign, and who need not (修订预览)."""

    differences: Sequence[Difference]
    signers: Sequence[str]
    others: Sequence[str]


def change_preview(*, agreement: Agreement, typed: Mapping[str, Any]) -> ChangePreview:
    """What the typed terms would change; a box that is not yet readable is left out."""
    kind, before = kind_of(agreement), latest_terms(agreement=agreement)
    real = real_changes(before, readable(kind, typed))
    concerned = roles_concerned(kind=kind, codes=real)
    parties = list(agreement.parties.all())
    signing = [party for party in parties if party.role in concerned] or (parties if real else [])
    return ChangePreview(
        differences=differences(kind=kind, before=before, after={**before, **real}),
        signers=[party.name for party in signing],
        others=[party.name for party in parties if party not in signing] if real else [],
    )


def readable(kind: AgreementKind, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The typed values that are whole."""
    kept: dict[str, Any] = {}
    for code, value in typed.items():
        term = kind.terms_by_code.get(code)
        if term is None:
            continue
        try:
            kept[code] = normalised(term, value)
        except DomainError:
            continue
    return kept
