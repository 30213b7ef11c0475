"""Signing on the page of an agreement: how far it is, what is one's own to do, the copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from silian.casework.agreements.choices import SignatureState, VersionState
from silian.casework.agreements.models import Agreement, AgreementVersion, Signature
from silian.casework.agreements.permissions.signing import signatures_signable_by
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.signing import (
    signed_on_paper,
    signing_chain,
    waiting_before,
)
from silian.casework.agreements.queries.signing_page import StepLine, chain_lines
from silian.foundation.kernel.actors import Actor


@dataclass(frozen=True, kw_only=True)
class SigningOverview:
    """What the page of an agreement shows of its signing (签署情况)."""

    version: AgreementVersion
    steps: Sequence[StepLine]
    own: Signature | None
    is_own_turn: bool
    signed: int
    needed: int
    copies: Sequence[AgreementVersion]
    is_open: bool
    on_paper: Sequence[Signature]


def signing_overview(*, agreement: Agreement, actor: Actor) -> SigningOverview | None:
    """The version that is out, else the newest signed one; None before anything was sent."""
    versions = [version for version in agreement.versions.all() if version.sent_at]
    if not versions:
        return None
    newest = max(versions, key=lambda version: version.number)
    rows = signing_chain(version=newest)
    kind = kind_of(agreement)
    own = signatures_signable_by(actor).filter(version=newest).order_by("order", "pk").first()
    return SigningOverview(
        version=newest,
        steps=chain_lines(rows, kind=kind),
        own=own,
        is_own_turn=own is not None and not waiting_before(signature=own),
        signed=sum(row.state == SignatureState.SIGNED for row in rows),
        needed=len(rows),
        copies=[version for version in versions if version.document_id],
        is_open=newest.state == VersionState.SIGNING,
        on_paper=list(signed_on_paper(version_id=newest.pk)),
    )
