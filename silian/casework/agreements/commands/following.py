"""The agreement's own period follows its signed versions."""

from __future__ import annotations

import datetime

from silian.casework.agreements.choices import LifeEventKind, VersionKind
from silian.casework.agreements.models import Agreement, AgreementVersion, LifeEvent
from silian.casework.agreements.queries.terms import latest_terms
from silian.casework.agreements.registry import ENDS_ON, STARTS_ON
from silian.foundation.kernel.actors import Actor


def follow_terms(agreement: Agreement) -> None:
    """Set first and last day of the agreement to what base and signed changes say (期限随条款)."""
    signed = Agreement.objects.prefetch_related("versions").get(pk=agreement.pk)
    terms = latest_terms(agreement=signed)
    agreement.starts_on = datetime.date.fromisoformat(terms[STARTS_ON])
    agreement.ends_on = datetime.date.fromisoformat(terms[ENDS_ON])
    agreement.save(update_fields=["starts_on", "ends_on"])


def take_in_change(version: AgreementVersion, *, actor: Actor) -> None:
    """A signed renewal is a life event of its own (续签入账)."""
    if version.kind == VersionKind.RENEWAL:
        LifeEvent.objects.create(
            agreement_id=version.agreement_id,
            kind=LifeEventKind.RENEWED,
            on=version.effective_from,
            reason=version.reason,
            recorded_by_id=actor.user_id,
        )
