"""Close a claim on which nothing is open any more."""

from __future__ import annotations

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.events.claims import ClaimMoved
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.claim_openness import is_open
from silian.governance.incentives.workflow.claims import claim as life


def settle_if_done(claim: Claim) -> bool:
    """Settle an approved claim of a locked row when all is paid and recovered (结清)."""
    if claim.state != ClaimState.APPROVED or is_open(claim):
        return False
    claim.state = life.target("settle", state=ClaimState(claim.state))
    claim.save(update_fields=["state"])
    record(system_actor(), "incentives.claim.settled", claim)
    publish(ClaimMoved(claim_id=claim.pk, step="settle"))
    return True
