"""Seal a version: its text and digest stand still, and a place to sign opens for each party."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from django.utils import timezone

from silian.casework.agreements.choices import VersionKind
from silian.casework.agreements.models import Agreement, AgreementVersion, Party, Signature
from silian.casework.agreements.queries.guarding import findings_of
from silian.casework.agreements.queries.texts import rendered_text
from silian.casework.agreements.registry import AgreementKind, Finding, GuardStep
from silian.casework.agreements.rules.signing import last_moment_to_sign, reason_dated_back
from silian.casework.agreements.rules.texts import digest
from silian.casework.agreements.workflow.version import version as version_steps
from silian.foundation.kernel.check_codes import new_check_code
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.site_calendar import site_deadline


def seal(
    *, version: AgreementVersion, agreement: Agreement, kind: AgreementKind, now: datetime.datetime
) -> None:
    """Fix text, digest, check code and signing period of a draft version (封存文本).

    Basis: 电子签名法第五条: 能够可靠地保证自最终形成时起，内容保持完整、未被更改.
    """
    version.state = version_steps.target("send", state=version.state)
    version.text = rendered_text(version)
    version.sha256 = digest(version.text)
    version.check_code = version.check_code or new_check_code()
    version.sent_at = now
    version.sign_by = signing_closes(version=version, kind=kind, now=now)
    version.save(update_fields=["state", "text", "sha256", "check_code", "sent_at", "sign_by"])


def signing_closes(
    *, version: AgreementVersion, kind: AgreementKind, now: datetime.datetime
) -> datetime.datetime:
    """The moment after which nobody signs any more, in working days of this site (签署期限)."""
    return last_moment_to_sign(
        due_at=site_deadline(now, working_days=kind.signing_working_days).due_at,
        starts_on=version.effective_from,
        is_base=version.kind == VersionKind.BASE,
        before_start=kind.signed_before_start,
        zone=timezone.get_current_timezone(),
    )


def refuse_dated_back(
    *, version: AgreementVersion, kind: AgreementKind, now: datetime.datetime
) -> None:
    """Raise when a base would take effect in the past (倒签); a late change moves its own day."""
    if version.kind != VersionKind.BASE:
        return
    reason = reason_dated_back(
        before_start=kind.signed_before_start,
        starts_on=version.effective_from,
        today=timezone.localdate(now),
    )
    if reason:
        raise DomainError(reason, field="starts_on")


def asking_step(version: AgreementVersion, *, base: GuardStep) -> GuardStep:
    """What guards are asked for: a change is an amendment at sending and at the end alike."""
    return base if version.kind == VersionKind.BASE else "amend"


def refuse_findings(
    *, agreement: Agreement, version: AgreementVersion, step: GuardStep, now: datetime.datetime
) -> list[Finding]:
    """Raise with what the modules above found against the step; give back the mere hints."""
    found = findings_of(agreement=agreement, version=version, on=timezone.localdate(now), step=step)
    blocking = [item for item in found if item.blocks]
    if blocking:
        raise DomainError("".join(item.sentence for item in blocking))
    return found


def parties_to_sign(
    *, version: AgreementVersion, kind: AgreementKind, parties: Iterable[Party]
) -> list[Party]:
    """All for the base; for a change those whom a changed term concerns, else all (须签各方)."""
    everybody = list(parties)
    if version.kind == VersionKind.BASE:
        return everybody
    return concerned_parties(changes=version.changes, kind=kind, parties=everybody) or everybody


def concerned_parties(
    *, changes: Mapping[str, object], kind: AgreementKind, parties: Iterable[Party]
) -> list[Party]:
    """The parties whose signature a change of these terms needs anew (改动所涉各方)."""
    terms = [kind.terms_by_code[code] for code in changes if code in kind.terms_by_code]
    return [party for party in parties if any(term.is_concern_of(party.role) for term in terms)]


def open_signatures(*, version: AgreementVersion, parties: Iterable[Party]) -> list[Signature]:
    """One waiting signature for each party, in the order of signing (待签位)."""
    return Signature.objects.bulk_create(
        [Signature(version=version, party=party, order=party.order) for party in parties]
    )
