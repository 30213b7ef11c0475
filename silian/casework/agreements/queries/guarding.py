"""What the modules above find against a step of an agreement."""

from __future__ import annotations

import datetime

from silian.casework.agreements.choices import VersionKind
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.queries.terms import latest_terms
from silian.casework.agreements.registry import Finding, GuardStep, guards_of


def findings_of(
    *, agreement: Agreement, version: AgreementVersion, on: datetime.date, step: GuardStep
) -> list[Finding]:
    """What every guard of the kind says about the terms that would hold (核对结果)."""
    before = {} if version.kind == VersionKind.BASE else latest_terms(agreement=agreement)
    terms = {**before, **version.changes}
    return [
        finding
        for guard in guards_of(agreement.kind)
        for finding in guard(agreement=agreement, terms=terms, on=on, step=step)
    ]
