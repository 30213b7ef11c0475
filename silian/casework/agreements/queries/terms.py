"""Terms in force on a day, the standing of an agreement, and what a version changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from silian.casework.agreements.choices import Standing, VersionKind, VersionState
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.registry import ENDS_ON, AgreementKind
from silian.casework.agreements.rules import differences as difference_rules
from silian.casework.agreements.rules import folding
from silian.casework.agreements.rules.differences import Difference
from silian.foundation.kernel.typed_values import shown


def change_of(version: AgreementVersion) -> folding.Change:
    return folding.Change(
        number=version.number,
        kind=version.kind,
        state=version.state,
        effective_from=version.effective_from,
        changes=version.changes,
    )


def effective_terms(*, agreement: Agreement, on: datetime.date) -> dict[str, Any]:
    """The terms in force on a day; empty before the first effective day (当日有效条款).

    Prefetch ``versions`` to read many agreements at once.
    """
    return folding.effective_terms(map(change_of, agreement.versions.all()), on=on)


def latest_terms(*, agreement: Agreement) -> dict[str, Any]:
    """Base and all signed changes, also those of days to come; the draft's for a draft."""
    versions = list(agreement.versions.all())
    signed = [version for version in versions if version.state == VersionState.SIGNED]
    folded = folding.effective_terms(map(change_of, signed), on=datetime.date.max)
    if folded:
        return folded
    bases = [version for version in versions if version.kind == VersionKind.BASE]
    return dict(max(bases, key=lambda version: version.number).changes) if bases else {}


def turns_of(agreement: Agreement) -> list[folding.Turn]:
    return [folding.Turn(kind=event.kind, on=event.on) for event in agreement.life_events.all()]


def standing_of(*, agreement: Agreement, on: datetime.date) -> Standing:
    """How an agreement stands on a day, from its signed versions and life events (当日效力)."""
    bases = [
        version.effective_from
        for version in agreement.versions.all()
        if version.kind == VersionKind.BASE and version.state == VersionState.SIGNED
    ]
    ends = effective_terms(agreement=agreement, on=on).get(ENDS_ON)
    return folding.standing(
        starts_on=min(bases) if bases else None,
        ends_on=datetime.date.fromisoformat(ends) if ends else None,
        turns=turns_of(agreement),
        on=on,
    )


def suspended_periods(*, agreement: Agreement) -> list[tuple[datetime.date, datetime.date | None]]:
    """The half-open periods during which the agreement was suspended (中止期间)."""
    return folding.suspended_periods(turns_of(agreement))


def terms_before(version: AgreementVersion) -> dict[str, Any]:
    """What held, or was on the table, before a version: the ground of its difference page."""
    if version.replaces is not None and version.kind == VersionKind.BASE:
        return dict(version.replaces.changes)
    if version.kind == VersionKind.BASE:
        return {}
    signed = [
        other
        for other in version.agreement.versions.all()
        if other.state == VersionState.SIGNED and other.number < version.number
    ]
    return folding.effective_terms(map(change_of, signed), on=version.effective_from)


def differences(
    *, before: Mapping[str, Any], after: Mapping[str, Any], kind: AgreementKind
) -> list[Difference]:
    """Every changed term, before and after, with its consequence (条款差异)."""
    return difference_rules.differences(kind=kind, before=before, after=after)


def differences_of(version: AgreementVersion) -> list[Difference]:
    """What a version changes; nothing for a first base."""
    before = terms_before(version)
    if not before:
        return []
    kind = kind_of(version.agreement)
    return differences(before=before, after={**before, **version.changes}, kind=kind)


@dataclass(frozen=True, kw_only=True)
class TermGroup:
    """The terms under one heading, as a reader sees them (条款分组)."""

    heading: str
    rows: Sequence[tuple[str, str]]


def grouped_terms(*, kind: AgreementKind, terms: Mapping[str, Any]) -> list[TermGroup]:
    """Terms by heading in the order of the kind, values in words."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for term in kind.all_terms:
        line = (term.label, shown(term, terms.get(term.code)))
        groups.setdefault(term.group or "约定", []).append(line)
    return [TermGroup(heading=heading, rows=rows) for heading, rows in groups.items()]
