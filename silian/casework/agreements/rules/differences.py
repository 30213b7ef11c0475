"""What changed between two sets of terms, and for whom it matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from silian.casework.agreements.choices import Better
from silian.casework.agreements.registry import AgreementKind, TermField
from silian.foundation.kernel.typed_values import measure, shown

GOT_BETTER, GOT_WORSE, CHANGED = "变好", "变差", "有变化"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One changed term for the difference page (条款差异)."""

    term: TermField
    before: str
    after: str
    consequence: str

    @property
    def label(self) -> str:
        return self.term.label

    @property
    def group(self) -> str:
        return self.term.group


def differences(
    *, kind: AgreementKind, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Difference]:
    """Every term whose value differs, in the order of the kind."""
    return [
        Difference(
            term=term,
            before=shown(term, before.get(term.code)),
            after=shown(term, after.get(term.code)),
            consequence=consequence(term, before.get(term.code), after.get(term.code)),
        )
        for term in kind.all_terms
        if before.get(term.code) != after.get(term.code)
    ]


def consequence(term: TermField, before: Any, after: Any) -> str:
    """变好 or 变差 where the term says which way is better, else 有变化."""
    old, new = measure(term, before), measure(term, after)
    if term.better == Better.NONE or old is None or new is None or old == new:
        return CHANGED
    is_better = new > old if term.better == Better.HIGHER else new < old
    return GOT_BETTER if is_better else GOT_WORSE


def real_changes(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Of proposed changes those that change something."""
    return {code: value for code, value in changes.items() if before.get(code) != value}


def roles_concerned(*, kind: AgreementKind, codes: Iterable[str]) -> set[str]:
    """The roles whose signatures a change of these terms needs (须签字的角色).

    A change that is not substantive concerns nobody.
    """
    terms = [kind.terms_by_code[code] for code in codes]
    return {
        role.code for role in kind.roles if any(term.is_concern_of(role.code) for term in terms)
    }
