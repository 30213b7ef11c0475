"""What the modules above find against a step of an agreement."""

from __future__ import annotations

import datetime
from typing import Any

from silian.casework.agreements.choices import VersionKind
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.queries.terms import latest_terms
from silian.casework.agreements.registry import Finding, GuardStep, guards_of


def terms_with(version: AgreementVersion) -> dict[str, Any]:
    """All terms as they would hold once the version is signed (签后条款)."""
    is_base = version.kind == VersionKind.BASE
    before = {} if is_base else latest_terms(agreement=version.agreement)
    return {**before, **version.changes}


def findings_of(
    *, agreement: Agreement, version: AgreementVersion, on: datetime.date, step: GuardStep
) -> list[Finding]:
    """What every guard of the kind says about the terms that would hold (核对结果)."""
    terms = terms_with(version)
    return [
        finding
        for guard in guards_of(agreement.kind)
        for finding in guard(agreement=agreement, terms=terms, on=on, step=step)
    ]
