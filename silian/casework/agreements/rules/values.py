"""The values of all terms of a kind, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from silian.casework.agreements.registry import AgreementKind
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.typed_values import normalised


def normalised_terms(
    kind: AgreementKind, terms: Mapping[str, Any], *, partial: bool = False
) -> dict[str, Any]:
    """The terms as they are kept; raises the refusal of the first that is wrong or missing.

    ``partial`` takes only the terms that are given, as an amendment does.
    """
    unknown = sorted(set(terms) - set(kind.terms_by_code))
    if unknown:
        raise DomainError(f"“{kind.label}”没有这些条款：{'、'.join(unknown)}。请核对条款名称。")
    kept: dict[str, Any] = {}
    for term in kind.all_terms:
        if term.code not in terms and partial:
            continue
        kept[term.code] = normalised(term, terms.get(term.code))
    return kept
